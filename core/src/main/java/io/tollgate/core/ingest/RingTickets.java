package io.tollgate.core.ingest;

import org.agrona.BitUtil;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Converts between tickets and ring positions. A ticket is the position on the ring at which the record of a point or
 * of a batch ends: later records have larger tickets. An index on the ring is its position modulo the capacity, so both
 * sides can compute the position.
 */
public final class RingTickets {
    /** Every ticket is a multiple of this. */
    public static final int ALIGNMENT = RecordDescriptor.ALIGNMENT;

    private RingTickets() {}

    /**
     * Returns the ticket of a claimed record that is not committed. The ring's tail is after it by less than the
     * capacity, because the consumer cannot pass the claim.
     */
    static long ofClaim(final RingBuffer ring, final int index, final int length) {
        final long last = ring.producerPosition() - 1;
        return end(last - (last - begin(index) & ring.capacity() - 1), length);
    }

    /**
     * Returns the ticket of a record that is read.
     *
     * @param ring     that contains it.
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
