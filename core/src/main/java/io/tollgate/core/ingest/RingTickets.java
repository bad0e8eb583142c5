package io.tollgate.core.ingest;

import org.agrona.BitUtil;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Tickets. A ticket is the position on the ring at which the record of a point or of a batch ends: later records have
 * larger ones. An index on the ring is its position modulo the capacity, so both sides find the position again.
 */
public final class RingTickets {
    /** A multiple of it is each ticket. */
    public static final int ALIGNMENT = RecordDescriptor.ALIGNMENT;

    private RingTickets() {}

    /**
     * The ticket of a record that was claimed and is not committed: the ring's tail is behind it, by less than the
     * capacity, because the consumer cannot pass it.
     */
    static long ofClaim(final RingBuffer ring, final int index, final int length) {
        final long last = ring.producerPosition() - 1;
        return end(last - (last - begin(index) & ring.capacity() - 1), length);
    }

    /**
     * The ticket of a record that is read.
     *
     * @param ring     that has it.
     * @param consumed the position up to which the ring was consumed before this read.
     * @param index    of the message.
     * @param length   of the message.
     * @return the ticket.
     */
    public static long ofMessage(final RingBuffer ring, final long consumed, final int index, final int length) {
        return end(consumed + (begin(index) - consumed & ring.capacity() - 1), length);
    }

    private static int begin(final int index) {
        return index - RecordDescriptor.HEADER_LENGTH;
    }

    private static long end(final long begin, final int length) {
        return begin + BitUtil.align(length + RecordDescriptor.HEADER_LENGTH, ALIGNMENT);
    }
}
