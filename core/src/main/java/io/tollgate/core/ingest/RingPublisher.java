package io.tollgate.core.ingest;

import io.tollgate.api.Batch;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.StepSeries;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Claims a record for each point and withdrawal on the ring of its shard, which the number of the series names in its
 * low bits. Any number of threads may share one.
 */
public final class RingPublisher implements Publisher {
    /** Type of the ring messages that hold one operation. */
    public static final int OPERATION_MESSAGE = 1;

    /** Type of the ring messages that say that a batch was committed: the index of its slot, four bytes. */
    public static final int BATCH_MESSAGE = 2;

    private final ManyToOneRingBuffer[] rings;
    private final int shardBits;
    private final int shardMask;
    private final Predicate<Series> isDefined;
    private final boolean isStamping;
    private final OfferedTime offeredTime;
    private final BatchSlots slots;
    private final AtomicBoolean isCommitting = new AtomicBoolean();
    private final LongAdder backPressureCount = new LongAdder();
    private volatile boolean isClosed;

    /**
     * A publisher on the ring of a single shard.
     *
     * @param ring      to claim on.
     * @param isDefined whether a handle is that of a series of the engine.
     */
    public RingPublisher(final ManyToOneRingBuffer ring, final Predicate<Series> isDefined) {
        this(List.of(ring), 0, isDefined, Optional.empty(), new BatchSlots(1, 1, Long.MAX_VALUE));
    }

    /**
     * A publisher on the rings of all shards.
     *
     * @param rings       to claim on, in the order of the shards.
     * @param shardBits   how many bits of a number or ticket name the shard.
     * @param isDefined   whether a handle is that of a series of the engine.
     * @param offeredTime to stamp points with that have no knowledge time, empty where the engine stamps them.
     * @param slots       to keep the points of batches in.
     */
    public RingPublisher(
            final List<ManyToOneRingBuffer> rings,
            final int shardBits,
            final Predicate<Series> isDefined,
            final Optional<OfferedTime> offeredTime,
            final BatchSlots slots) {
        this.rings = rings.toArray(new ManyToOneRingBuffer[0]);
        this.shardBits = shardBits;
        this.shardMask = (1 << shardBits) - 1;
        this.isDefined = isDefined;
        this.isStamping = offeredTime.isPresent();
        this.offeredTime = offeredTime.orElseGet(() -> new OfferedTime(NONE));
        this.slots = slots;
    }

    /**
     * Rings to publish on.
     *
     * @param count  of them.
     * @param length of each in bytes, a power of two.
     * @return empty ones.
     */
    public static List<ManyToOneRingBuffer> newRings(final int count, final int length) {
        return Stream.generate(
                        () -> new UnsafeBuffer(ByteBuffer.allocateDirect(length + RingBufferDescriptor.TRAILER_LENGTH)))
                .limit(count)
                .map(ManyToOneRingBuffer::new)
                .toList();
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

    @Override
    public Batch newBatch() {
        return new StagedBatch(this, slots);
    }

    /** Takes no more points: from now on every offer says CLOSED. */
    public void close() {
        isClosed = true;
    }

    /** {@return what points without a knowledge time are stamped with, empty where the engine stamps them} */
    public Optional<OfferedTime> offeredTime() {
        return isStamping ? Optional.of(offeredTime) : Optional.empty();
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
        final long code = refusalOf(series, validTimeNs, knowledgeTimeNs);
        if (code < 0) {
            return code;
        }
        final int shard = (int) series.number() & shardMask;
        final ManyToOneRingBuffer ring = rings[shard];
        final int index = ring.tryClaim(OPERATION_MESSAGE, PointOperation.LENGTH);
        if (index < 0) {
            backPressureCount.increment();
            return BACK_PRESSURED;
        }
        try {
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
            if (isStamping) {
                stamp(ring.buffer(), index, validTimeNs, knowledgeTimeNs);
            }
            // The ring's tail now lies at or behind the end of this record: a position that outlives the record.
            final long ticket = ShardTicket.of(ring.producerPosition(), shard, shardBits);
            ring.commit(index);
            return ticket;
        } catch (final IllegalStateException e) {
            requireClosed(e);
            return CLOSED;
        } catch (final RuntimeException | Error e) {
            // A stack that is used up, say: the engine would wait at the claim, and all that is offered behind it.
            ring.abort(index);
            throw e;
        }
    }

    /** What is to be refused at once: a code below 0, else 0. */
    long refusalOf(final Series series, final long validTimeNs, final long knowledgeTimeNs) {
        if (isClosed) {
            return CLOSED;
        }
        if (isOutOfRange(validTimeNs) || knowledgeTimeNs != NONE && isOutOfRange(knowledgeTimeNs)) {
            return TIME_OUT_OF_RANGE;
        }
        return isDefined.test(series) ? 0 : UNKNOWN_SERIES;
    }

    boolean isClosed() {
        return isClosed;
    }

    int shardOf(final Series series) {
        return (int) series.number() & shardMask;
    }

    /** A ring refuses to commit or abort what its shard has given up, which it does where the engine is closed. */
    private void requireClosed(final IllegalStateException refusal) {
        if (!isClosed) {
            throw refusal;
        }
    }

    /**
     * Tells all shards that have a part of a batch, or none; an empty one goes to the first.
     *
     * @return a ticket; or a code below 0, and then no shard was told; or 0 where one was, and another had given its
     *     part up: the engine is closed, and takes the batch on none of them.
     */
    long commit(final BatchSlot slot, final long number) {
        final long own = slot.shards();
        final long shards = own == 0 ? 1 : own;
        final boolean isShared = Long.bitCount(shards) > 1;
        // Two batches are on all rings in one order, so that no two shards wait for each other with different ones.
        if (isShared && !isCommitting.compareAndSet(false, true)) {
            backPressureCount.increment();
            return BACK_PRESSURED;
        }
        try {
            // Only here: no shard meets a batch of several shards behind one of which it has given its part up.
            if (isClosed) {
                return CLOSED;
            }
            final long ticket = claim(slot, shards, number);
            if (ticket == BACK_PRESSURED) {
                backPressureCount.increment();
            }
            return ticket;
        } finally {
            if (isShared) {
                isCommitting.set(false);
            }
        }
    }

    private long claim(final BatchSlot slot, final long shards, final long number) {
        final int first = Long.numberOfTrailingZeros(shards);
        final long ticket;
        long claimed = 0;
        try {
            for (long rest = shards; rest != 0; rest &= rest - 1) {
                final int shard = Long.numberOfTrailingZeros(rest);
                final int index = rings[shard].tryClaim(BATCH_MESSAGE, Integer.BYTES);
                if (index < 0) {
                    giveUp(slot, claimed);
                    return BACK_PRESSURED;
                }
                slot.claim(shard, index);
                claimed |= 1L << shard;
                rings[shard].buffer().putInt(index, slot.index());
            }
            slot.handOver(number, isStamping ? offeredTime.include(slot.lastTime()) : NONE, shards);
            ticket = ShardTicket.of(rings[first].producerPosition(), first, shardBits);
            rings[first].commit(slot.claimOf(first));
        } catch (final IllegalStateException e) {
            requireClosed(e);
            giveUp(slot, claimed);
            return CLOSED;
        } catch (final RuntimeException | Error e) {
            giveUp(slot, claimed);
            throw e;
        }
        // Once one shard was told, all are: what has just gone well there needs no memory, and no more of the stack.
        boolean isOnAll = true;
        for (long rest = shards & shards - 1; rest != 0; rest &= rest - 1) {
            final int shard = Long.numberOfTrailingZeros(rest);
            try {
                rings[shard].commit(slot.claimOf(shard));
            } catch (final IllegalStateException e) {
                requireClosed(e);
                isOnAll = false;
            }
        }
        return isOnAll ? ticket : 0;
    }

    private void giveUp(final BatchSlot slot, final long claimed) {
        for (long rest = claimed; rest != 0; rest &= rest - 1) {
            final int shard = Long.numberOfTrailingZeros(rest);
            try {
                rings[shard].abort(slot.claimOf(shard));
            } catch (final IllegalStateException e) {
                requireClosed(e);
            }
        }
    }

    /** Behind the claim: a point that finds no room moves nothing, and those of one thread are stamped in order. */
    private void stamp(
            final MutableDirectBuffer buffer, final int index, final long validTimeNs, final long knowledgeTimeNs) {
        final long stamp = offeredTime.include(validTimeNs);
        if (knowledgeTimeNs == NONE) {
            PointOperation.stamp(buffer, index, stamp);
        }
    }

    private static boolean isOutOfRange(final long timeNs) {
        return timeNs < Instants.MIN || timeNs > Instants.MAX;
    }
}
