package io.tollgate.api.admin;

import io.tollgate.api.Engine;
import java.util.Objects;

/**
 * The moments at which the operation log is forced to disk. At every level, applied points survive a crash of the
 * process. A power failure loses at most the log since the last force. Immutable.
 *
 * <pre>{@code
 * EngineContext context = new EngineContext().directory(Path.of("data")).durability(Durability.interval(10));
 * }</pre>
 *
 * @param level      the level.
 * @param intervalMs the longest time in ms from the applying of a point to the start of the force that includes it, for
 *                   {@link Level#INTERVAL}; 0 otherwise.
 */
public record Durability(Level level, int intervalMs) {
    /** Forces the log only on request, by {@link Engine#awaitDurable(long)}; else the operating system decides. */
    public static final Durability NONE = new Durability(Level.NONE, 0);

    /** Forces the log as soon as possible. Points that are applied during a force share the next one. */
    public static final Durability COMMIT = new Durability(Level.COMMIT, 0);

    /** The longest interval: an hour, in ms. */
    public static final int MAX_INTERVAL_MS = 3_600_000;

    private static final String INTERVAL_PREFIX = "INTERVAL:";

    /** The levels of durability. */
    public enum Level {
        /** Does not force the log by itself. */
        NONE,
        /** Forces new operations at intervals. */
        INTERVAL,
        /** Forces new operations at once. */
        COMMIT
    }

    /**
     * Checks the interval.
     *
     * @param level      the level.
     * @param intervalMs the longest time in ms from the applying of a point to the start of the force that includes it,
     *                   for {@link Level#INTERVAL}.
     * @throws IllegalArgumentException if the interval is not 1 to {@link #MAX_INTERVAL_MS} for INTERVAL, or not 0
     *         otherwise.
     */
    public Durability {
        Objects.requireNonNull(level, "level");
        final boolean isInterval = level == Level.INTERVAL;
        if (intervalMs < (isInterval ? 1 : 0) || intervalMs > (isInterval ? MAX_INTERVAL_MS : 0)) {
            throw new IllegalArgumentException("durability=" + level + " intervalMs=" + intervalMs + ", expected "
                    + (isInterval ? "1 to " + MAX_INTERVAL_MS : "0"));
        }
    }

    /**
     * Returns a durability that forces new operations at intervals.
     *
     * @param intervalMs the interval in ms, 1 to {@link #MAX_INTERVAL_MS}.
     * @return the durability.
     * @throws IllegalArgumentException if the interval is out of range.
     */
    public static Durability interval(final int intervalMs) {
        return new Durability(Level.INTERVAL, intervalMs);
    }

    /**
     * Parses the result of {@link #toString()}.
     *
     * @param text NONE, COMMIT, or INTERVAL with milliseconds, for example INTERVAL:10.
     * @return the durability.
     * @throws IllegalArgumentException if the text is none of these.
     */
    public static Durability parse(final String text) {
        Objects.requireNonNull(text, "text");
        if (text.equals(Level.NONE.name())) {
            return NONE;
        }
        if (text.equals(Level.COMMIT.name())) {
            return COMMIT;
        }
        if (text.matches(INTERVAL_PREFIX + "[0-9]{1,7}")) {
            return interval(Integer.parseInt(text.substring(INTERVAL_PREFIX.length())));
        }
        throw new IllegalArgumentException(
                "durability=" + text + ", expected NONE, COMMIT, or INTERVAL:10 for 10 milliseconds");
    }

    /** {@return the text, for example INTERVAL:10; see {@link #parse}} */
    @Override
    public String toString() {
        return level == Level.INTERVAL ? INTERVAL_PREFIX + intervalMs : level.name();
    }
}
