package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The engine clock as one shard has it: moved by the shard's thread, never back, and published to all others when what
 * moved it has been applied. It is never behind what the engine has published when a point was offered. The mode that
 * moves it is logged, so that a replay moves it as it was moved. The shard's thread only.
 */
final class EngineClock {
    private ClockMode mode;
    private final EpochNanoClock systemClock;
    private final EngineTime time;
    private long now;
    private long offeredTime;
    private long stampedTime;

    EngineClock(final ClockMode mode, final EpochNanoClock systemClock, final EngineTime time, final long initialNow) {
        this.mode = mode;
        this.systemClock = systemClock;
        this.time = time;
        now = requirePossible(Math.max(initialNow, Instants.MIN));
        tick();
        offeredTime = now;
        stampedTime = now;
        show();
    }

    ClockMode mode() {
        return mode;
    }

    /** Follows a mode from here on, as logged. */
    void mode(final ClockMode mode) {
        this.mode = mode;
    }

    long now() {
        return now;
    }

    /** Shows the time to all other threads, but that of a manual clock, which is shown when all shards have moved. */
    void publish() {
        publish(now);
    }

    /** The same of a time that it has passed since, as points that are not applied yet have moved it on. */
    void publish(final long reached) {
        if (mode != ClockMode.MANUAL || !time.isShared()) {
            time.advanceTo(reached);
        }
    }

    /** Shows the time to all other threads. */
    void show() {
        time.advanceTo(now);
    }

    /** Follows the other shards, and the system clock in mode SYSTEM. */
    void tick() {
        follow();
        if (mode == ClockMode.SYSTEM) {
            advanceTo(requireRight(systemClock.nanoTime()));
        }
    }

    private void follow() {
        advanceTo(time.now());
    }

    /**
     * The knowledge time of a point: the given one, else the time after the point has moved the clock. What mode EVENT
     * has stamped ahead of the clock goes on in another mode: before it none is known, which its series might refuse.
     */
    long knowledgeTimeOf(final long validTime, final long givenKnowledgeTime) {
        if (givenKnowledgeTime != Publisher.NONE) {
            return givenKnowledgeTime;
        }
        follow();
        return Math.max(now, mode == ClockMode.EVENT ? validTime : stampedTime);
    }

    /**
     * Whether a knowledge time that was not given is logged as that of the clock. A replay moves the clock of mode
     * SYSTEM there: to no stamp that was ahead of it.
     */
    boolean isStamp(final long knowledgeTime) {
        return mode != ClockMode.SYSTEM || knowledgeTime <= now;
    }

    /**
     * The knowledge time of a point that was stamped when it was offered: no earlier than that of any point that this
     * shard has taken before.
     */
    long knowledgeTimeOffered(final long stamp) {
        offeredTime = Math.max(offeredTime, stamp);
        return offeredTime;
    }

    /** The latest time that an accepted point was stamped with in mode EVENT: no later one is known before. */
    long stampedTime() {
        return stampedTime;
    }

    /** Whether that is ahead of the clock: the valid time of a point of another shard, or of one that was refused. */
    boolean isStampedAhead() {
        return stampedTime > now;
    }

    /** Takes note that an accepted point was stamped with a time. */
    void followStamp(final long stamp) {
        if (stamp > stampedTime) {
            stampedTime = requirePossible(stamp);
        }
    }

    /**
     * The knowledge time that the points of a batch without one would have on this shard.
     *
     * @param lastTime the largest valid time in the batch.
     * @param stamp    with which it was committed, {@link Publisher#NONE} for none.
     */
    long batchTime(final long lastTime, final long stamp) {
        return stamp == Publisher.NONE ? knowledgeTimeOf(lastTime, Publisher.NONE) : knowledgeTimeOffered(stamp);
    }

    /** Lets no point of this shard be known before a batch that comes before it, as none is before the latest stamp. */
    void joinBatch(final long batchTime) {
        if (mode == ClockMode.EVENT) {
            offeredTime = Math.max(offeredTime, batchTime);
        } else if (mode != ClockMode.KNOWLEDGE && batchTime > stampedTime) {
            advanceTo(batchTime);
        }
    }

    /**
     * Lets an accepted point move the clock. That of the system is not behind what it has stamped, also where that is
     * replayed and the system's was set back.
     */
    void observe(final long validTime, final long knowledgeTime, final boolean isStamped) {
        if (mode == ClockMode.EVENT) {
            advanceTo(validTime);
            if (isStamped) {
                followStamp(knowledgeTime);
            }
        } else if (mode == ClockMode.KNOWLEDGE || isStamped && mode == ClockMode.SYSTEM) {
            advanceTo(knowledgeTime);
        }
    }

    /** Whether points move it. */
    boolean isMovedByPoints() {
        return mode == ClockMode.EVENT || mode == ClockMode.KNOWLEDGE;
    }

    /** What the time will be when a point has moved it; any other than one of KNOWLEDGE may be without its time. */
    long nowAfter(final long validTime, final long knowledgeTime) {
        follow();
        if (mode == ClockMode.EVENT) {
            return Math.max(now, validTime);
        }
        return mode == ClockMode.KNOWLEDGE ? Math.max(now, knowledgeTime) : now;
    }

    /** Moves it, never back. What was let in is never behind the last instant, but a damaged log may be. */
    void advanceTo(final long newTime) {
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
            throw new IllegalStateException("now=" + newTime + ", expected " + Instants.MAX
                    + " at most; the log is damaged, restore it from a backup");
        }
        return newTime;
    }
}
