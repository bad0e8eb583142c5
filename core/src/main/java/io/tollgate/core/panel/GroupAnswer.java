package io.tollgate.core.panel;

import io.tollgate.api.Group;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.MissingPolicy;
import io.tollgate.api.Publisher;
import io.tollgate.api.Status;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelCursor;

/** The answer of one read of a group: exact sums, from which each metric is worked out. Used by one thread. */
final class GroupAnswer implements GroupReading {
    private final Group group;
    private final GroupScan scan;
    private final GroupState state;
    private final GroupSums sums;
    private final GroupQuotients quotients;
    private final boolean isZero;
    private final int rateScale;
    private final int weightScale;
    private final int unitDigits;
    private boolean isContended = true;
    private boolean isPartlyCovered;
    private long atNs;
    private long lengthNs = 1;
    private long nextChangeAtNs = LevelCursor.NEVER;

    /**
     * An empty answer.
     *
     * @param state what is kept of the group, null if it is not.
     */
    GroupAnswer(final Group group, final GroupScan scan, final GroupState state, final GroupQuotients quotients) {
        this.group = group;
        this.scan = scan;
        this.state = state;
        this.sums = scan.sums();
        this.quotients = quotients;
        isZero = group.missing() == MissingPolicy.AS_ZERO;
        rateScale = group.rateScale();
        weightScale = group.weightScale();
        unitDigits = group.rateUnitDigits();
    }

    /** What fills the sums. */
    GroupScan scan() {
        return scan;
    }

    boolean isMadeWith(final GroupQuotients readersQuotients) {
        return quotients == readersQuotients;
    }

    /** Becomes the answer "could not be read". */
    void contended(final long instantNs) {
        sums.clear();
        nextChangeAtNs = LevelCursor.NEVER;
        isContended = true;
        atNs = instantNs;
    }

    /** Becomes the answer at an instant, if what is kept of the group is of that instant. */
    boolean tryReadState(final long instantNs) {
        if (state == null || !state.tryRead(instantNs, this)) {
            return false;
        }
        at(instantNs, nextChangeAtNs);
        return true;
    }

    /** Takes over what is kept of the group. */
    void take(final GroupSums kept, final long untilNs) {
        sums.copyFrom(kept);
        nextChangeAtNs = untilNs;
    }

    /** Becomes the answer at an instant, whose sums were filled. */
    void at(final long instantNs, final long changesAtNs) {
        nextChangeAtNs = changesAtNs;
        isContended = false;
        isPartlyCovered = false;
        atNs = instantNs;
        lengthNs = 1;
    }

    /** Becomes the answer over a window, whose sums were filled. */
    void over(final long windowLengthNs, final long endNs) {
        isContended = false;
        nextChangeAtNs = LevelCursor.NEVER;
        isPartlyCovered = scan.coveredNs() != windowLengthNs;
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
        return nextChangeAtNs == LevelCursor.NEVER ? Publisher.NONE : nextChangeAtNs;
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
    public Status status(final GroupMetric metric) {
        if (isContended) {
            return Status.CONTENDED;
        }
        return switch (metric) {
            case COVERED -> Status.OK;
            case HHI, HHI_POINTS, EFFECTIVE_NUMBER, COVERED_SHARE -> statusOfWeights();
            case HHI_NORMALISED -> sums.memberCount() == 1 ? Status.UNDEFINED : statusOfWeights();
            case SIMPLE, WEIGHTED, TRI, COVERAGE, FREQUENCY, IN_FORCE, EXPOSURE ->
                statusOfRates(sums, group.missing(), isPartlyCovered);
        };
    }

    private Status statusOfWeights() {
        if (sums.memberCount() == 0) {
            return Status.EMPTY;
        }
        return isPartlyCovered ? Status.PARTIAL : Status.OK;
    }

    /** What an average of the rates is worth. */
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
            case EXPOSURE -> quotients.exposure(sums, lengthNs, rateScale + unitDigits, weightScale);
            case COVERED -> sums.knownCount() == 0 ? 0 : quotients.covered(sums, lengthNs, weightScale);
            case COVERED_SHARE -> quotients.coveredShare(sums);
        };
    }
}
