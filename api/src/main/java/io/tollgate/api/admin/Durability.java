package io.tollgate.api.admin;

import io.tollgate.api.Engine;
import java.util.Objects;

/**
 * When the operation log is forced to the disk. At every level what was applied survives the death of the process; a
 * power failure loses at most what the level says. Immutable.
 *
 * @param level      of durability.
 * @param intervalMs most milliseconds between a point's being applied and the beginning of a force that includes it,
 *                   for {@link Level#INTERVAL}; 0 otherwise.
 */
public record Durability(Level level, int intervalMs) {
    /** The operating system decides; or a call of {@link Engine#awaitDurable(long)}. */
    public static final Durability NONE = new Durability(Level.NONE, 0);

    /** As soon as possible: what is applied while the disk works is forced next, together. */
    public static final Durability COMMIT = new Durability(Level.COMMIT, 0);

    /** The longest interval in milliseconds: an hour. */
    public static final int MAX_INTERVAL_MS = 3_600_000;

    private static final String INTERVAL_PREFIX = "INTERVAL:";

    /** The levels of durability. */
    public enum Level {
        /** Forces nothing by itself. */
        NONE,
        /** Forces what is new at intervals. */
        INTERVAL,
        /** Forces whenever there is something new. */
        COMMIT
    }

    /**
     * Checks the interval.
     *
     * @param level      of durability.
     * @param intervalMs milliseconds.
     * @throws IllegalArgumentException if the interval is not 1 to {@link #MAX_INTERVAL_MS} with INTERVAL, and 0
     *                                  otherwise.
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
     * Forces what is new at intervals.
     *
     * @param intervalMs milliseconds, 1 to {@link #MAX_INTERVAL_MS}.
     * @return the durability.
     * @throws IllegalArgumentException if the interval is out of range.
     */
    public static Durability interval(final int intervalMs) {
        return new Durability(Level.INTERVAL, intervalMs);
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @param text NONE, COMMIT, or INTERVAL: with milliseconds, as in INTERVAL:10.
     * @return the durability.
     * @throws IllegalArgumentException if it is none of them.
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

    /**
     * The durability as text.
     *
     * @return NONE, COMMIT, or INTERVAL: with milliseconds.
     */
    @Override
    public String toString() {
        return level == Level.INTERVAL ? INTERVAL_PREFIX + intervalMs : level.name();
    }
}
