package io.tollgate.core.manifest;

import io.tollgate.core.operation.OperationDescriptor;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The applied and durable positions of the log, in the last page of the manifest file. A log that ends before these
 * positions has lost operations.
 *
 * <pre>
 *   +-------------------------------+-------------------------------+
 *  0|  applied sequence             |  check word                   |
 * 16|  applied sequence             |  check word                   |
 * 32|  durable sequence             |  check word                   |
 * 48|  durable sequence             |  check word                   |
 *   +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>Each sequence has two slots. They are written alternately, with the check word last. A killed process leaves at
 * least one slot intact; the larger intact one counts. The applied sequence counts until the machine restarts, because
 * the operating system keeps the writes of a killed process. After a power failure only the durable sequence counts; it
 * is written after the log was forced.
 *
 * <p>Threads: one thread writes the applied sequence, one thread writes the durable sequence.
 */
public final class LogPositions {
    static final int APPLIED_OFFSET = 0;
    static final int SLOT_LENGTH = 2 * Long.BYTES;
    static final int DURABLE_OFFSET = APPLIED_OFFSET + 2 * SLOT_LENGTH;
    static final int LENGTH = DURABLE_OFFSET + 2 * SLOT_LENGTH;

    /** "TGLOGPOS", mixed into the check words, so that zeros are not a valid position. */
    private static final long SALT = 0x534F_5047_4F4C_4754L;

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final UnsafeBuffer buffer;
    private int appliedSlot;
    private int durableSlot;

    /**
     * The positions of a log.
     *
     * @param appliedSequence the last applied operation.
     * @param durableSequence the last operation forced to disk.
     * @param isDamaged       true if both slots of a sequence are damaged; the required end of the log is then unknown.
     */
    public record Found(long appliedSequence, long durableSequence, boolean isDamaged) {}

    LogPositions(final UnsafeBuffer page) {
        buffer = new UnsafeBuffer(page, 0, LENGTH);
    }

    /** Sets both slots of both sequences. */
    static void initialise(final UnsafeBuffer page, final long sequence) {
        for (int offset = APPLIED_OFFSET; offset < LENGTH; offset += SLOT_LENGTH) {
            put(page, offset, sequence);
        }
    }

    private static void put(final UnsafeBuffer buffer, final int offset, final long sequence) {
        buffer.putLong(offset, sequence);
        VarHandle.storeStoreFence();
        buffer.putLongRelease(offset + Long.BYTES, check(sequence));
    }

    private static long check(final long sequence) {
        return Long.rotateLeft((sequence ^ SALT) * MIX, Integer.SIZE);
    }

    /** Reads a page. If both slots of a sequence are damaged, the sequence is 0. */
    static Found read(final UnsafeBuffer page) {
        return new Found(newest(page, APPLIED_OFFSET), newest(page, DURABLE_OFFSET), isDamaged(page));
    }

    private static long newest(final UnsafeBuffer page, final int offset) {
        long newest = 0;
        for (int slot = offset; slot < offset + 2 * SLOT_LENGTH; slot += SLOT_LENGTH) {
            final long sequence = page.getLong(slot);
            if (page.getLong(slot + Long.BYTES) == check(sequence) && OperationDescriptor.isSequence(sequence)) {
                newest = Math.max(newest, sequence);
            }
        }
        return newest;
    }

    static boolean isDamaged(final UnsafeBuffer page) {
        return isDamaged(page, APPLIED_OFFSET) || isDamaged(page, DURABLE_OFFSET);
    }

    private static boolean isDamaged(final UnsafeBuffer page, final int offset) {
        final int other = offset + SLOT_LENGTH;
        return page.getLong(offset + Long.BYTES) != check(page.getLong(offset))
                && page.getLong(other + Long.BYTES) != check(page.getLong(other));
    }

    /**
     * Records the last applied operation. One thread; two stores.
     *
     * @param sequence of the operation.
     */
    public void applied(final long sequence) {
        put(buffer, APPLIED_OFFSET + appliedSlot, sequence);
        appliedSlot ^= SLOT_LENGTH;
    }

    /**
     * Records the last operation forced to disk. One thread.
     *
     * @param sequence of the operation.
     */
    public void durable(final long sequence) {
        put(buffer, DURABLE_OFFSET + durableSlot, sequence);
        durableSlot ^= SLOT_LENGTH;
    }

    /** Ends the use of the page before it is unmapped. A late write then throws and does not crash the JVM. */
    void end() {
        buffer.wrap(0, 0);
    }
}
