package io.tollgate.core.oracle;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The expected engine clock, and with it the knowledge time of each point. In mode SYSTEM it is also the clock that the
 * engine reads.
 */
public final class ClockModel implements EpochNanoClock {
    private final ClockMode mode;
    private volatile long systemNs;
    private long now = Instants.MIN;

    public ClockModel(final ClockMode mode, final long systemNs) {
        this.mode = mode;
        this.systemNs = systemNs;
    }

    @Override
    public long nanoTime() {
        return systemNs;
    }

    public ClockMode mode() {
        return mode;
    }

    public long now() {
        return now;
    }

    /** Sets the system clock, possibly back, or the argument of {@code advanceTo}. */
    public void moveTo(final long instantNs) {
        if (mode == ClockMode.SYSTEM) {
            systemNs = instantNs;
        } else if (mode == ClockMode.MANUAL) {
            now = Math.max(now, instantNs);
        }
    }

    /** The engine takes a message from its ring, and so reads its clock. */
    public void tick() {
        if (mode == ClockMode.SYSTEM) {
            now = Math.max(now, systemNs);
        }
    }

    /** Returns the knowledge time that a point gets, or NONE if the point is refused and moves no clock. */
    long knowledge(final long validTime, final long knowledge, final long lastKnowledge) {
        final long moved = Math.max(
                now,
                switch (mode) {
                    case SYSTEM, MANUAL -> now;
                    case EVENT -> validTime;
                    case KNOWLEDGE -> knowledge;
                });
        final boolean isStamped = knowledge == Instants.NONE && mode != ClockMode.KNOWLEDGE;
        final long known = isStamped ? moved : knowledge;
        if (known == Instants.NONE || known < lastKnowledge) {
            return Instants.NONE;
        }
        now = moved;
        return known;
    }
}
