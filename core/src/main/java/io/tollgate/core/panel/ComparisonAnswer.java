package io.tollgate.core.panel;

import io.tollgate.api.panel.Agreement;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.ComparisonReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.window.WindowBounds;

/** The answer of one read of a comparison. Used by one thread. */
final class ComparisonAnswer extends PanelAnswer implements ComparisonReading {
    private final Comparison comparison;
    private final Window window;
    private final ComparisonScan scan;
    private final WindowBounds bounds = new WindowBounds();
    private final JointLevels joint;
    private final Quotients quotients = new Quotients();
    private final int scale;
    private long atNs = Instants.NONE;

    ComparisonAnswer(
            final Comparison comparison, final Window window, final ComparisonScan scan, final LevelReader reader) {
        super(reader, scan.levels());
        this.comparison = comparison;
        this.window = window;
        this.scan = scan;
        this.joint = scan.joint();
        scale = comparison.sources().get(0).definition().scale();
    }

    @Override
    public ComparisonReading read(final long instantNs) {
        Instants.requireInRange(instantNs);
        reader().resolve(window, instantNs, bounds);
        fill(scan.over(bounds.startNs(), instantNs));
        atNs = instantNs;
        if (!isRead()) {
            joint.clear();
        }
        return this;
    }

    @Override
    public Comparison comparison() {
        return comparison;
    }

    @Override
    public Status status() {
        if (!isRead()) {
            return outcome();
        }
        if (joint.mostKnown() < 2) {
            return joint.mostKnown() == 0 ? Status.EMPTY : Status.INSUFFICIENT;
        }
        return joint.isComplete() ? Status.OK : Status.PARTIAL;
    }

    @Override
    public long atNs() {
        return atNs;
    }

    @Override
    public double value(final int source) {
        return decimal(joint.lastValue(source));
    }

    @Override
    public long scaledValue(final int source) {
        return joint.lastValue(source);
    }

    private double decimal(final long value) {
        return value == Decimals.UNKNOWN ? Double.NaN : quotients.decimal(value, scale);
    }

    @Override
    public long lengthNs(final Agreement agreement) {
        return joint.lengthNs(agreement);
    }

    @Override
    public long differingNs(final int source, final int other) {
        return joint.differingNs(source, other);
    }

    @Override
    public double largestDifference() {
        return status().hasValue() ? quotients.decimal(joint.largest(), 0, scale) : Double.NaN;
    }

    @Override
    public long largestDifferenceAtNs() {
        return joint.largestAtNs();
    }

    @Override
    public int highest() {
        return joint.highest();
    }

    @Override
    public int lowest() {
        return joint.lowest();
    }

    @Override
    public long firstAtNs(final int source, final long scaledValue) {
        for (int stretch = 0; stretch < joint.heldCount(); stretch++) {
            if (joint.value(stretch, source) == scaledValue) {
                return joint.fromNs(stretch);
            }
        }
        return Instants.NONE;
    }

    @Override
    public long stretchCount() {
        return joint.count();
    }

    @Override
    public int heldCount() {
        return joint.heldCount();
    }

    @Override
    public long fromNs(final int stretch) {
        return joint.fromNs(stretch);
    }

    @Override
    public long untilNs(final int stretch) {
        return joint.untilNs(stretch);
    }

    @Override
    public Agreement agreement(final int stretch) {
        return joint.agreement(stretch);
    }

    @Override
    public long scaledValue(final int stretch, final int source) {
        return joint.value(stretch, source);
    }

    @Override
    public double value(final int stretch, final int source) {
        return decimal(joint.value(stretch, source));
    }

    @Override
    public String toString() {
        return new ReadingText("ComparisonReading")
                .instant("at", atNs)
                .answer("largestDifference", status(), largestDifference())
                .add("stretches", stretchCount())
                .toString();
    }
}
