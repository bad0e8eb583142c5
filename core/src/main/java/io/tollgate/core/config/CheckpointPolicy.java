package io.tollgate.core.config;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/**
 * The conditions for automatic checkpoints, and the treatment of log segments that checkpoints include. Immutable.
 *
 * <p>An automatic checkpoint is due if one of the bounds is reached since the last checkpoint and operations were
 * applied since. It runs on its own thread, or in a step of a stepped engine. It copies the last checkpoint and applies
 * the later operations again. To limit this work to a quarter of a thread, the next checkpoint starts only after three
 * times the duration of the last one. Operations found after the last checkpoint when the engine is opened count: their
 * number, 48 bytes of log each and, from 65,536 operations, as a passed interval. Checkpoints requested by the program
 * count too.
 *
 * @param operationCount  operations until a checkpoint is due; 0 for no such bound.
 * @param logBytes        bytes of log until a checkpoint is due; 0 for no such bound.
 * @param intervalNs      nanoseconds until a checkpoint is due, by the clock of the context; 0 for no such bound.
 * @param isOldLogDeleted true if log segments that lie entirely before the previous checkpoint are deleted.
 */
@NullMarked
public record CheckpointPolicy(long operationCount, long logBytes, long intervalNs, boolean isOldLogDeleted) {
    /** Checkpoints only on request; the whole log is kept. */
    public static final CheckpointPolicy ON_REQUEST = new CheckpointPolicy(0, 0, 0, false);

    /**
     * Checks the bounds.
     *
     * @param operationCount  operations until a checkpoint is due, 0 for no such bound.
     * @param logBytes        bytes of log until a checkpoint is due, 0 for no such bound.
     * @param intervalNs      nanoseconds until a checkpoint is due, 0 for no such bound.
     * @param isOldLogDeleted true if log segments that lie entirely before the previous checkpoint are deleted.
     * @throws IllegalArgumentException if a bound is negative.
     */
    public CheckpointPolicy {
        if (operationCount < 0 || logBytes < 0 || intervalNs < 0) {
            throw new IllegalArgumentException("operationCount=" + operationCount + " logBytes=" + logBytes
                    + " intervalNs=" + intervalNs + ", expected 0 or more of each");
        }
    }

    /**
     * Makes a checkpoint after a number of applied operations.
     *
     * @param count of operations, at least 1.
     * @return a policy with this bound.
     * @throws IllegalArgumentException if the count is below 1.
     */
    public CheckpointPolicy everyOperations(final long count) {
        requirePositive("operationCount", count);
        return new CheckpointPolicy(count, logBytes, intervalNs, isOldLogDeleted);
    }

    /**
     * Makes a checkpoint after a number of bytes appended to the log. Only whole segments since the opening of the
     * engine are counted.
     *
     * @param byteCount bytes, at least 1.
     * @return a policy with this bound.
     * @throws IllegalArgumentException if the count is below 1.
     */
    public CheckpointPolicy everyLogBytes(final long byteCount) {
        requirePositive("logBytes", byteCount);
        return new CheckpointPolicy(operationCount, byteCount, intervalNs, isOldLogDeleted);
    }

    /**
     * Makes a checkpoint after an interval.
     *
     * @param length of the interval, at least 1.
     * @param unit   of the length.
     * @return a policy with this bound.
     * @throws IllegalArgumentException if the length is below 1.
     */
    public CheckpointPolicy every(final long length, final TimeUnit unit) {
        requirePositive("interval", length);
        return new CheckpointPolicy(operationCount, logBytes, unit.toNanos(length), isOldLogDeleted);
    }

    /**
     * Each checkpoint deletes the log segments that contain only operations of the previous checkpoint.
     *
     * <p>The deletion loses the refusals in these segments, so {@code Audit.readRefusals} begins after them. If both
     * checkpoints are damaged, the store can no longer be rebuilt from the whole log. The history of knowledge is in
     * the store and stays.
     *
     * @return a policy with this deletion.
     */
    public CheckpointPolicy deletingOldLog() {
        return new CheckpointPolicy(operationCount, logBytes, intervalNs, true);
    }

    /** {@return true if the engine makes checkpoints by itself} */
    public boolean isAutomatic() {
        return operationCount > 0 || logBytes > 0 || intervalNs > 0;
    }

    private static void requirePositive(final String name, final long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + "=" + value + ", expected at least 1");
        }
    }
}
