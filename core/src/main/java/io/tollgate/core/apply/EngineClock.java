package io.tollgate.core.apply;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The engine clock. The engine's thread advances it, never back, and publishes it to other threads after the cause of
 * the advance is applied. The clock mode is logged, so that a replay advances the clock in the same way. For the
 * engine's thread, except {@link #publishedNow()}.
 */
public final class EngineClock {
    private ClockMode mode;
    private final EpochNanoClock systemClock;
    private long now;
    private final AtomicLong publishedNow = new AtomicLong();

    EngineClock(final ClockMode mode, final EpochNanoClock systemClock, final long initialNow) {
        this.mode = mode;
        this.systemClock = systemClock;
        now = requirePossible(Math.max(initialNow, Instants.MIN));
        tick();
        publishedNow.set(now);
    }

    public ClockMode mode() {
        return mode;
    }

    /** Changes to the mode in the log. */
    void mode(final ClockMode mode) {
        this.mode = mode;
    }

    public long now() {
        return now;
    }

    /** Returns the published time; any thread. */
    public long publishedNow() {
        return publishedNow.get();
    }

    /** Publishes the current time to other threads. */
    public void publish() {
        publish(now);
    }

    /** Publishes an earlier time of the clock, because points that are not applied yet have advanced it further. */
    void publish(final long reached) {
        if (reached > publishedNow.getPlain()) {
            publishedNow.setRelease(reached);
        }
    }

    /** Follows the system clock in mode SYSTEM. */
    public void tick() {
        if (mode == ClockMode.SYSTEM) {
            advanceTo(requireRight(systemClock.nanoTime()));
        }
    }

    /**
     * Returns the knowledge time of a point: the given one, otherwise the time to which the point advances the clock.
     */
    public long knowledgeTimeOf(final long validTime, final long givenKnowledgeTime) {
        if (givenKnowledgeTime != Instants.NONE) {
            return givenKnowledgeTime;
        }
        return mode == ClockMode.EVENT ? Math.max(now, validTime) : now;
    }

    /**
     * Advances the clock for an accepted point. In mode SYSTEM the clock reaches at least each knowledge time that it
     * stamped, even in a replay after the system clock was set back.
     */
    public void observe(final long validTime, final long knowledgeTime, final boolean isStamped) {
        if (mode == ClockMode.EVENT) {
            advanceTo(validTime);
        } else if (mode == ClockMode.KNOWLEDGE || isStamped && mode == ClockMode.SYSTEM) {
            advanceTo(knowledgeTime);
        }
    }

    /** Returns the time to which a point advances the clock. In mode KNOWLEDGE the knowledge time must be given. */
    public long nowAfter(final long validTime, final long knowledgeTime) {
        if (mode == ClockMode.EVENT) {
            return Math.max(now, validTime);
        }
        return mode == ClockMode.KNOWLEDGE ? Math.max(now, knowledgeTime) : now;
    }

    /**
     * Advances the clock, never back. The engine accepts no time after the last instant, but a damaged log may contain
     * one.
     */
    public void advanceTo(final long newTime) {
        if (newTime > now) {
            now = requirePossible(newTime);
        }
    }

    private static long requireRight(final long systemNow) {
        if (systemNow > Instants.MAX) {
            throw new IllegalStateException("clock=" + systemNow + ", expected " + Instants.MAX
                    + " at most, in nanoseconds since the epoch; set the clock right, and open the engine again");
        }
        return systemNow;
    }

    private static long requirePossible(final long newTime) {
        if (newTime > Instants.MAX) {
            throw new DirectoryDamagedException("now=" + newTime + ", expected " + Instants.MAX
                    + " at most; the log is damaged, restore it from a backup");
        }
        return newTime;
    }
}
