package io.tollgate.core.apply;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The engine clock: moved by the engine's thread, never back, and published to all others when the cause of the move
 * has been applied. The mode that moves it is logged, so that a replay moves it as it was moved. The engine's thread
 * only, but for {@link #publishedNow()}.
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

    /** Follows a mode from here on, as logged. */
    void mode(final ClockMode mode) {
        this.mode = mode;
    }

    public long now() {
        return now;
    }

    /** The time that all threads see; any thread. */
    public long publishedNow() {
        return publishedNow.get();
    }

    /** Shows the time to all other threads. */
    public void publish() {
        publish(now);
    }

    /** The same of a time that it has passed since, as points that are not applied yet have moved it on. */
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

    /** The knowledge time of a point: the given one, else the time after the point has moved the clock. */
    public long knowledgeTimeOf(final long validTime, final long givenKnowledgeTime) {
        if (givenKnowledgeTime != Instants.NONE) {
            return givenKnowledgeTime;
        }
        return mode == ClockMode.EVENT ? Math.max(now, validTime) : now;
    }

    /**
     * Lets an accepted point move the clock. That of the system is not behind a knowledge time that it has stamped,
     * also where that is replayed and the system's was set back.
     */
    public void observe(final long validTime, final long knowledgeTime, final boolean isStamped) {
        if (mode == ClockMode.EVENT) {
            advanceTo(validTime);
        } else if (mode == ClockMode.KNOWLEDGE || isStamped && mode == ClockMode.SYSTEM) {
            advanceTo(knowledgeTime);
        }
    }

    /** The time after a point has moved it; any other than one of KNOWLEDGE may be without its time. */
    public long nowAfter(final long validTime, final long knowledgeTime) {
        if (mode == ClockMode.EVENT) {
            return Math.max(now, validTime);
        }
        return mode == ClockMode.KNOWLEDGE ? Math.max(now, knowledgeTime) : now;
    }

    /** Moves it, never back. An engine lets nothing in behind the last instant, but a damaged log may hold it. */
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
