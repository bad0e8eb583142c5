package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The engine clock: moved by the engine's thread, never back, and published to all others when what moved it has been
 * applied. The mode that moves it is logged, so that a replay moves it as it was moved.
 */
final class EngineClock {
    private ClockMode mode;
    private final EpochNanoClock systemClock;
    private long now;
    private volatile long published;

    EngineClock(final ClockMode mode, final EpochNanoClock systemClock, final long initialNow) {
        this.mode = mode;
        this.systemClock = systemClock;
        now = Math.max(initialNow, Instants.MIN);
        tick();
        publish();
    }

    ClockMode mode() {
        return mode;
    }

    /** Follows a mode from here on, as logged. */
    void mode(final ClockMode mode) {
        this.mode = mode;
    }

    /** The time, for the engine's thread. */
    long now() {
        return now;
    }

    /** The time, for all other threads. */
    long published() {
        return published;
    }

    void publish() {
        if (published != now) {
            published = now;
        }
    }

    /** Follows the system clock in mode SYSTEM. */
    void tick() {
        if (mode == ClockMode.SYSTEM) {
            advanceTo(systemClock.nanoTime());
        }
    }

    /** The knowledge time of a point: the given one, else the time after the point has moved the clock. */
    long knowledgeTimeOf(final long validTime, final long givenKnowledgeTime) {
        if (givenKnowledgeTime != Publisher.NONE) {
            return givenKnowledgeTime;
        }
        return mode == ClockMode.EVENT ? Math.max(now, validTime) : now;
    }

    /** Lets an accepted point move the clock. */
    void observe(final long validTime, final long knowledgeTime) {
        if (mode == ClockMode.EVENT) {
            advanceTo(validTime);
        } else if (mode == ClockMode.KNOWLEDGE) {
            advanceTo(knowledgeTime);
        }
    }

    void advanceTo(final long time) {
        now = Math.max(now, time);
    }
}
