package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import org.agrona.concurrent.EpochNanoClock;

/**
 * What the engine clock should say, and with it the knowledge time of each point. In mode SYSTEM it is also the clock
 * that the engine asks.
 */
final class ClockModel implements EpochNanoClock {
    private final ClockMode mode;
    private volatile long systemNs;
    private long now = Instants.MIN;

    ClockModel(final ClockMode mode, final long systemNs) {
        this.mode = mode;
        this.systemNs = systemNs;
    }

    @Override
    public long nanoTime() {
        return systemNs;
    }

    ClockMode mode() {
        return mode;
    }

    long now() {
        return now;
    }

    /** Moves the system clock, which may be set back, or what {@code advanceTo} is given. */
    void moveTo(final long instantNs) {
        if (mode == ClockMode.SYSTEM) {
            systemNs = instantNs;
        } else if (mode == ClockMode.MANUAL) {
            now = Math.max(now, instantNs);
        }
    }

    /** The engine takes something from its ring, and so looks at its clock. */
    void tick() {
        if (mode == ClockMode.SYSTEM) {
            now = Math.max(now, systemNs);
        }
    }

    /** The knowledge time that a point gets, or NONE where it is refused and so moves nothing. */
    long knowledge(final long validTime, final long knowledge, final long lastKnowledge) {
        final long moved = Math.max(
                now,
                switch (mode) {
                    case SYSTEM, MANUAL -> now;
                    case EVENT -> validTime;
                    case KNOWLEDGE -> knowledge;
                });
        final boolean isStamped = knowledge == Publisher.NONE && mode != ClockMode.KNOWLEDGE;
        final long known = isStamped ? moved : knowledge;
        if (known == Publisher.NONE || known < lastKnowledge) {
            return Publisher.NONE;
        }
        now = moved;
        return known;
    }
}
