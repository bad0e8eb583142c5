package io.tollgate.core.ingest;

import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.StepSeries;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** Claims a record on the engine's ring for each point and withdrawal. Any number of threads may share one. */
public final class RingPublisher implements Publisher {
    /** Type of the ring messages that hold one operation. */
    public static final int OPERATION_MESSAGE = 1;

    private final ManyToOneRingBuffer ring;
    private final Predicate<Series> isDefined;
    private final LongAdder backPressureCount = new LongAdder();
    private volatile boolean isClosed;

    /**
     * A publisher on a ring.
     *
     * @param ring      to claim on.
     * @param isDefined whether a handle is that of a series of the engine.
     */
    public RingPublisher(final ManyToOneRingBuffer ring, final Predicate<Series> isDefined) {
        this.ring = ring;
        this.isDefined = isDefined;
    }

    @Override
    public long offer(
            final StepSeries series,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        return value == UNKNOWN
                ? VALUE_RESERVED
                : claim(OperationDescriptor.POINT, series, validTimeNs, value, knowledgeTimeNs, reference);
    }

    @Override
    public long offerUnknown(
            final StepSeries series, final long validTimeNs, final long knowledgeTimeNs, final long reference) {
        return claim(OperationDescriptor.UNKNOWN, series, validTimeNs, UNKNOWN, knowledgeTimeNs, reference);
    }

    @Override
    public long offer(
            final FlowSeries series,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        return value == UNKNOWN
                ? VALUE_RESERVED
                : claim(OperationDescriptor.POINT, series, validTimeNs, value, knowledgeTimeNs, reference);
    }

    @Override
    public long withdraw(
            final StepSeries series, final long validTimeNs, final long knowledgeTimeNs, final long reference) {
        return claim(OperationDescriptor.WITHDRAW, series, validTimeNs, UNKNOWN, knowledgeTimeNs, reference);
    }

    @Override
    public long withdraw(
            final FlowSeries series, final long validTimeNs, final long knowledgeTimeNs, final long reference) {
        return claim(OperationDescriptor.WITHDRAW, series, validTimeNs, UNKNOWN, knowledgeTimeNs, reference);
    }

    /** Takes no more points: from now on every offer says CLOSED. */
    public void close() {
        isClosed = true;
    }

    /** {@return how many offers found no room} */
    public long backPressureCount() {
        return backPressureCount.sum();
    }

    private long claim(
            final int type,
            final Series series,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        if (isClosed) {
            return CLOSED;
        }
        if (isOutOfRange(validTimeNs) || knowledgeTimeNs != NONE && isOutOfRange(knowledgeTimeNs)) {
            return TIME_OUT_OF_RANGE;
        }
        if (!isDefined.test(series)) {
            return UNKNOWN_SERIES;
        }
        final int index = ring.tryClaim(OPERATION_MESSAGE, PointOperation.LENGTH);
        if (index < 0) {
            backPressureCount.increment();
            return BACK_PRESSURED;
        }
        PointOperation.put(
                ring.buffer(),
                index,
                type,
                OperationDescriptor.NO_BATCH,
                series.number(),
                validTimeNs,
                value,
                knowledgeTimeNs,
                reference);
        // The ring's tail now lies at or behind the end of this record: a position that outlives the record.
        final long ticket = ring.producerPosition();
        ring.commit(index);
        return ticket;
    }

    private static boolean isOutOfRange(final long timeNs) {
        return timeNs < Instants.MIN || timeNs > Instants.MAX;
    }
}
