package io.tollgate.core.config;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/**
 * When an engine makes checkpoints by itself, and what becomes of the log that they include. Immutable.
 *
 * <p>An automatic checkpoint is due when one of the bounds that are set is passed since the last one, and something was
 * applied since. It is made on a thread of its own beside the engine's, or within a step of an engine that is stepped.
 * It copies the last checkpoint, and applies what came since a second time; so that this takes no more than a quarter
 * of a thread, the next one is not begun before three times as long has passed as the last one took. What an earlier
 * life of the engine has left behind the last checkpoint counts: its operations, its bytes at 48 an operation, and,
 * where they are 65,536 operations or more, as if the interval had passed. One that the program asks for counts too.
 *
 * @param operationCount  operations after which one is due; 0 for no such bound.
 * @param logBytes        bytes of log after which one is due; 0 for no such bound.
 * @param intervalNs      nanoseconds after which one is due, by the clock of the context; 0 for no such bound.
 * @param isOldLogDeleted whether segments of the log go that are wholly behind the last but one checkpoint.
 */
@NullMarked
public record CheckpointPolicy(long operationCount, long logBytes, long intervalNs, boolean isOldLogDeleted) {
    /** Only when the program asks for one; all of the log is kept. */
    public static final CheckpointPolicy ON_REQUEST = new CheckpointPolicy(0, 0, 0, false);

    /**
     * Checks the bounds.
     *
     * @param operationCount  operations after which one is due, 0 for no such bound.
     * @param logBytes        bytes of log after which one is due, 0 for no such bound.
     * @param intervalNs      nanoseconds after which one is due, 0 for no such bound.
     * @param isOldLogDeleted whether segments of the log go that are wholly behind the last but one checkpoint.
     * @throws IllegalArgumentException if a bound is below 0.
     */
    public CheckpointPolicy {
        if (operationCount < 0 || logBytes < 0 || intervalNs < 0) {
            throw new IllegalArgumentException("operationCount=" + operationCount + " logBytes=" + logBytes
                    + " intervalNs=" + intervalNs + ", expected 0 or more of each");
        }
    }

    /**
     * Makes one when so many operations were applied.
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
     * Makes one when so much was appended to the log since the last one: counted in whole segments since the engine was
     * opened.
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
     * Makes one when so much time has passed.
     *
     * @param length of the interval, at least 1.
     * @param unit   of it.
     * @return a policy with this bound.
     * @throws IllegalArgumentException if the length is below 1.
     */
    public CheckpointPolicy every(final long length, final TimeUnit unit) {
        requirePositive("interval", length);
        return new CheckpointPolicy(operationCount, logBytes, unit.toNanos(length), isOldLogDeleted);
    }

    /**
     * Deletes, with each checkpoint, the segments of the log that hold nothing but what the checkpoint before includes.
     *
     * <p>What only these have is lost: the refusals in them ({@code Audit.readRefusals} begins behind them), and the
     * possibility to make the store from the whole log where both checkpoints are damaged. What was known when is in
     * the store, and stays.
     *
     * @return a policy that does so.
     */
    public CheckpointPolicy deletingOldLog() {
        return new CheckpointPolicy(operationCount, logBytes, intervalNs, true);
    }

    /** {@return whether the engine is to make checkpoints by itself} */
    public boolean isAutomatic() {
        return operationCount > 0 || logBytes > 0 || intervalNs > 0;
    }

    private static void requirePositive(final String name, final long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + "=" + value + ", expected at least 1");
        }
    }
}
