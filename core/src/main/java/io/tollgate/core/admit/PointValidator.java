package io.tollgate.core.admit;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import org.agrona.MutableDirectBuffer;

/**
 * Validates an offered point against the store and the operations staged in the journal. Has no side effects. Engine
 * thread only.
 */
final class PointValidator {
    /** The result of {@link #examine} for a point that can be admitted. */
    static final int PASSED = 0;

    private final SeriesStore store;
    private final EngineClock clock;
    private final SeriesRecord series = new SeriesRecord();
    private final PointOperation offered = new PointOperation();
    private final EffectivePoint upcoming;
    private long reference;

    PointValidator(
            final SeriesStore store,
            final EngineClock clock,
            final OperationJournal journal,
            final StagedPoints collected) {
        this.store = store;
        this.clock = clock;
        upcoming = new EffectivePoint(store.blocks(), journal, collected);
    }

    /** Wraps an offered point on the ring. */
    void wrap(final MutableDirectBuffer buffer, final int offset) {
        offered.wrap(buffer, offset);
        wrapSeries();
    }

    /** Sets an offered point that does not come from the ring. */
    void set(
            final int type,
            final long seriesNumber,
            final long validTime,
            final long value,
            final long knowledgeTime,
            final long offeredReference) {
        offered.set(type, seriesNumber, validTime, value, knowledgeTime, offeredReference);
        wrapSeries();
    }

    private void wrapSeries() {
        final long number = offered.seriesNumber();
        final long address = store.recordAddress(number);
        if (address == 0 || series.wrap(address).seriesNumber() != number || !isPossible()) {
            throw damage();
        }
    }

    private boolean isPossible() {
        return isValuePossible()
                && offered.validTime() >= Instants.MIN
                && offered.validTime() <= Instants.MAX
                && offered.knowledgeTime() <= Instants.MAX;
    }

    private boolean isValuePossible() {
        return switch (offered.type()) {
            case OperationDescriptor.POINT -> offered.value() != Decimals.UNKNOWN;
            case OperationDescriptor.UNKNOWN -> offered.value() == Decimals.UNKNOWN && series.isStep();
            case OperationDescriptor.WITHDRAW -> true;
            default -> false;
        };
    }

    private IllegalStateException damage() {
        return RingDamage.exception(
                "operationType=" + OperationDescriptor.name(offered.type()) + " seriesNumber=" + offered.seriesNumber()
                        + " validTime=" + offered.validTime() + " value=" + offered.value() + " knowledgeTime="
                        + offered.knowledgeTime(),
                "a point or a withdrawal of a series of the engine, with times from " + Instants.MIN + " to "
                        + Instants.MAX + ", and a value if the type has one");
    }

    /** Wraps an offered point of a batch; its series was checked when it was added to the batch. */
    PointOperation wrapKnown(final MutableDirectBuffer buffer, final int offset) {
        offered.wrap(buffer, offset);
        series.wrap(store.recordAddress(offered.seriesNumber()));
        return offered;
    }

    /** Returns the offered point. */
    PointOperation offered() {
        return offered;
    }

    SeriesRecord series() {
        return series;
    }

    /** Returns true if the point has no knowledge time and the clock mode requires one. */
    boolean isKnowledgeMissing() {
        return offered.knowledgeTime() == Instants.NONE && clock.mode() == ClockMode.KNOWLEDGE;
    }

    /**
     * Returns the reason for which the point must be refused.
     *
     * @param knowledgeTime     of the point.
     * @param lastKnowledgeTime of the series.
     * @return the code of the reason, {@link #PASSED} if it can be admitted.
     */
    int examine(final long knowledgeTime, final long lastKnowledgeTime) {
        if (knowledgeTime < lastKnowledgeTime) {
            return RefusalReason.KNOWLEDGE_DECREASES.code();
        }
        if (offered.type() == OperationDescriptor.WITHDRAW) {
            return findsPoint() ? PASSED : RefusalReason.NO_SUCH_POINT.code();
        }
        if (series.isClosed() && series.isAfterLife(offered.validTime(), series.lifeEnd())) {
            return RefusalReason.SERIES_CLOSED.code();
        }
        final DuplicatePolicy policy = series.duplicatePolicy();
        if (policy == DuplicatePolicy.REJECT && upcoming.find(series, offered.validTime(), offered.reference())) {
            return RefusalReason.DUPLICATE.code();
        }
        if (policy == DuplicatePolicy.SUM
                && upcoming.find(series, offered.validTime(), offered.reference())
                && !upcoming.canAdd(offered.value())) {
            return RefusalReason.OVERFLOW.code();
        }
        return PASSED;
    }

    /** Finds the point to withdraw. Without a reference it is the only event at the instant. */
    private boolean findsPoint() {
        if (series.isNamedBy(offered.reference())) {
            reference = offered.reference();
            return upcoming.find(series, offered.validTime(), reference);
        }
        final boolean isOnly = upcoming.findOnly(series, offered.validTime());
        reference = upcoming.reference();
        return isOnly;
    }

    /** Returns the reference to log with the point after it has passed. */
    long reference() {
        return offered.type() == OperationDescriptor.WITHDRAW ? reference : offered.reference();
    }
}
