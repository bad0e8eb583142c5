package io.tollgate.core.panel;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.group.MemberTable;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.read.LevelCursor;
import java.util.Objects;

/**
 * The answer of one read of a group, or of a node of a hierarchy: exact sums, from which each metric is computed. Used
 * by one thread.
 */
public final class GroupAnswer implements GroupReading {
    /** The metrics in the text form. */
    private static final GroupMetric[] TOLD = {GroupMetric.SIMPLE, GroupMetric.WEIGHTED, GroupMetric.COVERED_SHARE};

    private final PanelRead panelRead;
    private final Group group;
    private final MemberTable roster;
    private final GroupScan.Node node;
    private final GroupSums sums;
    private final GroupQuotients quotients;
    private final boolean isZero;
    private final int rateScale;
    private final int weightScale;
    private final int unitDigits;
    private Status unread = Status.UNREAD;
    private boolean isPartlyCovered;
    private long atNs = Instants.NONE;
    private long lengthNs = 1;
    private long nextChangeAtNs = LevelCursor.NEVER;

    /** Creates an empty answer for a node of a scan. */
    GroupAnswer(final PanelRead read, final GroupScan scan, final String node, final GroupQuotients quotients) {
        panelRead = read;
        group = read.subject().group();
        this.roster = scan.roster();
        this.node = scan.node(node);
        this.sums = this.node.sums();
        this.quotients = quotients;
        isZero = group.missing() == MissingPolicy.AS_ZERO;
        rateScale = group.rateScale();
        weightScale = group.weightScale();
        unitDigits = group.rateUnitDigits();
    }

    @Override
    public GroupReading read(final long instantNs) {
        panelRead.read(instantNs);
        return this;
    }

    /** Returns the read that fills this answer. */
    public PanelRead panelRead() {
        return panelRead;
    }

    /** Sets the status of a group that was not read: CONTENDED or FORGOTTEN. */
    void none(final Status status, final long instantNs) {
        sums.clear();
        nextChangeAtNs = LevelCursor.NEVER;
        unread = status;
        atNs = instantNs;
    }

    /** Copies the kept sums of the node, which may change during the copy. */
    void take(final GroupSums kept) {
        sums.copyFrom(kept);
    }

    /** Completes the answer at an instant, after its sums were filled. */
    void at(final long instantNs, final long changesAtNs) {
        nextChangeAtNs = changesAtNs;
        unread = Status.OK;
        isPartlyCovered = false;
        atNs = instantNs;
        lengthNs = 1;
    }

    /** Completes the answer over a window, after its sums were filled. */
    void over(final long windowLengthNs, final long endNs) {
        unread = Status.OK;
        nextChangeAtNs = LevelCursor.NEVER;
        isPartlyCovered = node.coveredNs() != windowLengthNs;
        atNs = endNs;
        lengthNs = windowLengthNs;
    }

    @Override
    public Group group() {
        return group;
    }

    @Override
    public long atNs() {
        return atNs;
    }

    @Override
    public long nextChangeAtNs() {
        return nextChangeAtNs == LevelCursor.NEVER ? Instants.NONE : nextChangeAtNs;
    }

    @Override
    public int memberCount() {
        return sums.memberCount();
    }

    @Override
    public int knownCount() {
        return sums.knownCount();
    }

    @Override
    public int leftOutCount() {
        return unread == Status.OK ? roster.leftOutCount() : 0;
    }

    private boolean isPartly() {
        return isPartlyCovered || roster.leftOutCount() > 0;
    }

    @Override
    public Status status(final GroupMetric metric) {
        Objects.requireNonNull(metric, "metric=null, expected a metric");
        if (unread != Status.OK) {
            return unread;
        }
        return switch (metric) {
            case COVERED -> Status.OK;
            case HHI, HHI_POINTS, EFFECTIVE_NUMBER, COVERED_SHARE -> statusOfWeights();
            case HHI_NORMALISED -> sums.memberCount() == 1 ? Status.UNDEFINED : statusOfWeights();
            case SIMPLE, WEIGHTED, TRI, COVERAGE, FREQUENCY, IN_FORCE, EXPOSURE ->
                statusOfRates(sums, group.missing(), isPartly());
        };
    }

    private Status statusOfWeights() {
        if (sums.memberCount() == 0) {
            return Status.EMPTY;
        }
        return isPartly() ? Status.PARTIAL : Status.OK;
    }

    /** Returns the status of an average of the rates. */
    static Status statusOfRates(final GroupSums sums, final MissingPolicy missing, final boolean isPartlyCovered) {
        if (sums.memberCount() == 0 || missing == MissingPolicy.DROP_AND_RENORMALISE && sums.knownCount() == 0) {
            return Status.EMPTY;
        }
        if (sums.isAllKnown()) {
            return isPartlyCovered ? Status.PARTIAL : Status.OK;
        }
        return missing == MissingPolicy.FAIL ? Status.INSUFFICIENT : Status.PARTIAL;
    }

    @Override
    public double value(final GroupMetric metric) {
        if (!status(metric).hasValue()) {
            return Double.NaN;
        }
        return switch (metric) {
            case SIMPLE -> quotients.simple(sums, isZero, rateScale);
            case WEIGHTED -> quotients.weighted(sums, isZero, rateScale);
            case TRI -> quotients.restrictiveness(sums, isZero, rateScale);
            case COVERAGE -> quotients.coverage(sums, isZero);
            case FREQUENCY -> quotients.frequency(sums, isZero);
            case HHI -> quotients.concentration(sums);
            case HHI_POINTS -> quotients.concentrationPoints(sums);
            case HHI_NORMALISED -> quotients.concentrationNormalised(sums);
            case EFFECTIVE_NUMBER -> quotients.effectiveNumber(sums);
            case IN_FORCE -> quotients.inForce(sums, lengthNs);
            case EXPOSURE ->
                quotients.exposure(sums, lengthNs, rateScale + unitDigits, weightScale, roster.denominator());
            case COVERED ->
                sums.knownCount() == 0 ? 0 : quotients.covered(sums, lengthNs, weightScale, roster.denominator());
            case COVERED_SHARE -> quotients.coveredShare(sums);
        };
    }

    @Override
    public String toString() {
        final ReadingText text =
                new ReadingText("GroupReading").instant("at", atNs).add("members", memberCount());
        for (final GroupMetric metric : TOLD) {
            text.answer(metric.text(), status(metric), value(metric));
        }
        return text.toString();
    }

    /**
     * Compares the exact value of a metric with a threshold.
     *
     * @param metric    a metric that has a value; a concentration is compared as a double.
     * @param threshold to compare with.
     * @return the sign of the value minus the threshold.
     */
    public int compare(final GroupMetric metric, final Threshold threshold) {
        final double value = value(metric);
        final boolean isRoot = metric == GroupMetric.TRI;
        final double doubtful = isRoot ? 2 * Math.ulp(threshold.value()) : 0;
        if (Math.abs(value - threshold.value()) > doubtful) {
            return value < threshold.value() ? -1 : 1;
        }
        final boolean isReported = metric.isConcentration() || metric == GroupMetric.COVERED && sums.knownCount() == 0;
        return isReported ? 0 : quotients.compareLast(isRoot, threshold);
    }
}
