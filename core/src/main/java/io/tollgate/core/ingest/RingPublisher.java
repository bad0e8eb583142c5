package io.tollgate.core.ingest;

import io.tollgate.api.Batch;
import io.tollgate.api.Outcome;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.core.config.ValidTimeCheck;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.nio.ByteBuffer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Claims a record on the engine's ring for each point and withdrawal. Any number of threads may share one. */
public final class RingPublisher extends PointIntake implements Publisher {
    /** Type of the ring messages that hold one operation. */
    public static final int OPERATION_MESSAGE = 1;

    /** Type of the ring messages that commit a batch: the index of its slot, four bytes. */
    public static final int BATCH_MESSAGE = 2;

    /** Bytes of the ring that a single point or withdrawal takes. */
    public static final int RECORD_LENGTH =
            BitUtil.align(PointOperation.LENGTH + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.ALIGNMENT);

    private final ManyToOneRingBuffer ring;
    private final Predicate<Series> isDefined;
    private final LongPredicate isNumber;
    private final BatchSlots slots;
    private final ValidTimeCheck times;
    private final IntakeGate gate;
    private final PointApplier applier;
    /** One point per thread and publisher: a thread may encode points for two engines at a time. */
    private final ThreadLocal<ReusablePoint> points = ThreadLocal.withInitial(ReusablePoint::new);

    private final BackPressureEpisode backPressure = new BackPressureEpisode();

    /**
     * Creates a publisher.
     *
     * @param ring      to claim on.
     * @param isDefined tests if a handle belongs to a series of the engine.
     * @param isNumber  tests if a number belongs to a series of the engine.
     * @param slots     for the points of batches.
     * @param times     which valid times are plausible.
     * @param gate      that the engine closes.
     * @param applier   that applies single points at once.
     */
    public RingPublisher(
            final ManyToOneRingBuffer ring,
            final Predicate<Series> isDefined,
            final LongPredicate isNumber,
            final BatchSlots slots,
            final ValidTimeCheck times,
            final IntakeGate gate,
            final PointApplier applier) {
        this.ring = ring;
        this.isDefined = isDefined;
        this.isNumber = isNumber;
        this.slots = slots;
        this.times = times;
        this.gate = gate;
        this.applier = applier;
    }

    /**
     * Creates a ring to publish on.
     *
     * @param length in bytes, a power of two.
     * @return an empty one.
     */
    public static ManyToOneRingBuffer newRing(final int length) {
        return new ManyToOneRingBuffer(
                new UnsafeBuffer(ByteBuffer.allocateDirect(length + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    @Override
    public PointEncoder point(final Series series) {
        return points.get().begin(this, series);
    }

    @Override
    public Batch newBatch() {
        return new StagedBatch(this, slots);
    }

    /** {@return the number of offers refused by back pressure} */
    public long backPressureCount() {
        return backPressure.refusedCount();
    }

    @Override
    long put(
            final int type,
            final long seriesNumber,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        final long code = refusalOf(seriesNumber, validTimeNs, knowledgeTimeNs);
        if (code < 0) {
            return code;
        }
        final int index = ring.tryClaim(OPERATION_MESSAGE, PointOperation.LENGTH);
        if (index < 0) {
            backPressure.onRefused();
            return BACK_PRESSURED;
        }
        final long ticket;
        try {
            PointOperation.put(
                    ring.buffer(),
                    index,
                    type,
                    OperationDescriptor.NO_BATCH,
                    seriesNumber,
                    validTimeNs,
                    value,
                    knowledgeTimeNs,
                    reference);
            ticket = RingTickets.ofClaim(ring, index, PointOperation.LENGTH);
            ring.commit(index);
        } catch (final IllegalStateException e) {
            requireClosed(e);
            return CLOSED;
        } catch (final RuntimeException | Error e) {
            // After a StackOverflowError, for example, an unfinished claim would block the engine and all later
            // records.
            ring.abort(index);
            throw e;
        }
        backPressure.onTaken();
        return ticket;
    }

    @Override
    public Outcome apply(final Series series, final long validAtNs, final long scaledValue) {
        if (scaledValue == Decimals.UNKNOWN) {
            throw ReusablePoint.reservedValue();
        }
        return apply(OperationDescriptor.POINT, series, validAtNs, scaledValue, Instants.NONE, NO_REFERENCE);
    }

    @Override
    public Outcome apply(final long seriesNumber, final long validAtNs, final long scaledValue) {
        if (scaledValue == Decimals.UNKNOWN) {
            throw ReusablePoint.reservedValue();
        }
        final long code = refusalOf(seriesNumber, validAtNs, Instants.NONE);
        if (code < 0 && code != CLOSED) {
            throw refusal("seriesNumber=" + seriesNumber, validAtNs, Instants.NONE, code);
        }
        return applier.apply(
                OperationDescriptor.POINT, seriesNumber, validAtNs, scaledValue, Instants.NONE, NO_REFERENCE);
    }

    @Override
    Outcome apply(
            final int type,
            final Series series,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        final long number = numberOf(series);
        final long code = refusalOf(number, validTimeNs, knowledgeTimeNs);
        if (code < 0 && code != CLOSED) {
            throw refusal("series=" + series.key(), validTimeNs, knowledgeTimeNs, code);
        }
        return applier.apply(type, number, validTimeNs, value, knowledgeTimeNs, reference);
    }

    private static IllegalArgumentException refusal(
            final String series, final long validTimeNs, final long knowledgeTimeNs, final long code) {
        final String knownAt = knowledgeTimeNs == Instants.NONE ? "none" : Long.toString(knowledgeTimeNs);
        return new IllegalArgumentException(series + " validAt=" + validTimeNs + " knownAt=" + knownAt
                + ", refused with code " + Publisher.describe(code) + ": see the constant of that name in Publisher");
    }

    @Override
    long numberOf(final Series series) {
        return isDefined.test(series) ? series.number() : Series.NO_NUMBER;
    }

    /** Returns the code (below 0) of a point that must be refused at once, else 0. */
    long refusalOf(final long seriesNumber, final long validTimeNs, final long knowledgeTimeNs) {
        if (gate.isClosed()) {
            return CLOSED;
        }
        if (isOutOfRange(validTimeNs) || knowledgeTimeNs != Instants.NONE && isOutOfRange(knowledgeTimeNs)) {
            return TIME_OUT_OF_RANGE;
        }
        if (times.isImplausible(validTimeNs)) {
            return IMPLAUSIBLE_TIME;
        }
        return isNumber.test(seriesNumber) ? 0 : UNKNOWN_SERIES;
    }

    boolean isClosed() {
        return gate.isClosed();
    }

    /**
     * The ring refuses to commit or abort a claim that the engine has given up, which the engine does only when closed.
     */
    private void requireClosed(final IllegalStateException refusal) {
        if (!gate.isClosed()) {
            throw refusal;
        }
    }

    /**
     * Commits a batch to the engine.
     *
     * @return a ticket; or a code below 0, if the commit record was not written.
     */
    long commit(final BatchSlot slot, final long number) {
        if (gate.isClosed()) {
            return CLOSED;
        }
        final int index = ring.tryClaim(BATCH_MESSAGE, Integer.BYTES);
        if (index < 0) {
            backPressure.onRefused();
            return BACK_PRESSURED;
        }
        final long ticket;
        try {
            ring.buffer().putInt(index, slot.index());
            slot.handOver(number, index);
            ticket = RingTickets.ofClaim(ring, index, Integer.BYTES);
            ring.commit(index);
        } catch (final IllegalStateException e) {
            requireClosed(e);
            return CLOSED;
        } catch (final RuntimeException | Error e) {
            ring.abort(index);
            throw e;
        }
        backPressure.onTaken();
        return ticket;
    }

    private static boolean isOutOfRange(final long timeNs) {
        return timeNs < Instants.MIN || timeNs > Instants.MAX;
    }
}
