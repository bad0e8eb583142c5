package io.tollgate.core.panel;

import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.GroupChange;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.read.LevelReader;

/** The answer of one read of the causes of a group's change: exact sums. Used by one thread. */
final class EffectAnswer extends PanelAnswer implements EffectReading {
    private final Group group;
    private final EffectScan scan;
    private final GroupChange change;
    private final GroupQuotients quotients;
    private final boolean isZero;
    private final int rateScale;
    private final int weightScale;
    private final int unitDigits;
    private Status status = outcome();

    EffectAnswer(final Group group, final EffectScan scan, final LevelReader reader, final GroupQuotients quotients) {
        super(reader, scan.levels());
        this.group = group;
        this.scan = scan;
        this.change = scan.change();
        this.quotients = quotients;
        isZero = group.missing() == MissingPolicy.AS_ZERO;
        rateScale = group.rateScale();
        weightScale = group.weightScale();
        unitDigits = group.rateUnitDigits();
    }

    @Override
    public EffectReading read(final long fromNs, final long toNs) {
        Instants.requireInRange(fromNs);
        Instants.requireInRange(toNs);
        fill(scan.between(fromNs, toNs));
        status = isRead() ? statusOfSums() : outcome();
        return this;
    }

    private Status statusOfSums() {
        final boolean isPartly = scan.roster().leftOutCount() > 0;
        final Status before = GroupAnswer.statusOfRates(change.before(), group.missing(), isPartly);
        final Status after = GroupAnswer.statusOfRates(change.after(), group.missing(), isPartly);
        return before.compareTo(after) < 0 ? before : after;
    }

    @Override
    public Group group() {
        return group;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public double before() {
        return status.hasValue() ? quotients.weighted(change.before(), isZero, rateScale) : Double.NaN;
    }

    @Override
    public double after() {
        return status.hasValue() ? quotients.weighted(change.after(), isZero, rateScale) : Double.NaN;
    }

    @Override
    public double change() {
        return status.hasValue() ? change.change(isZero, rateScale) : Double.NaN;
    }

    @Override
    public double exposureChange() {
        return status.hasValue()
                ? change.exposureChange(
                        rateScale + unitDigits, weightScale, scan.roster().denominator())
                : Double.NaN;
    }

    @Override
    public double rateEffect() {
        return status.hasValue() ? change.rateEffect(isZero, rateScale) : Double.NaN;
    }

    @Override
    public double mixEffect() {
        return status.hasValue() ? change.mixEffect(isZero, rateScale) : Double.NaN;
    }

    @Override
    public String toString() {
        return new ReadingText("EffectReading")
                .answer("change", status, change())
                .answer("rateEffect", status, rateEffect())
                .answer("mixEffect", status, mixEffect())
                .toString();
    }
}
