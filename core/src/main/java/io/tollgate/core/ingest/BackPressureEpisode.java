package io.tollgate.core.ingest;

import io.tollgate.core.event.BackPressureEvent;
import io.tollgate.core.event.EngineEvents;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the offers that find the ring full. If a recording is on, the time from the first of them to the next offer
 * that is taken becomes one event. Any thread.
 */
final class BackPressureEpisode {
    private final LongAdder refusedCount = new LongAdder();
    private final BackPressureEvent event = EngineEvents.backPressure();
    private long countBefore;

    /** Plain, because each offer reads it. A producer that reads an old value ends the episode with a later offer. */
    private boolean isBegun;

    long refusedCount() {
        return refusedCount.sum();
    }

    void onRefused() {
        if (!isBegun && event != null && event.isEnabled()) {
            begin();
        }
        refusedCount.increment();
    }

    private synchronized void begin() {
        if (!isBegun) {
            countBefore = refusedCount.sum();
            isBegun = event.tryBegin();
        }
    }

    void onTaken() {
        if (isBegun) {
            end();
        }
    }

    private synchronized void end() {
        if (isBegun) {
            isBegun = false;
            event.end(refusedCount.sum() - countBefore);
        }
    }
}
