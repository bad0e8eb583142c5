package io.tollgate.core.admit;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.event.EngineEvents;
import io.tollgate.core.event.RefusalStormEvent;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.NanoClock;

/** Records refusals as events: at most one a second, with the counts of that second. Maintenance thread only. */
public final class RefusalStorms {
    private static final long PERIOD_NS = 1_000_000_000L;

    private final AtomicLongArray counts;
    private final NanoClock clock;
    private final RefusalStormEvent event = EngineEvents.refusalStorm();

    /** The counts at the beginning of the event, by code of the reason. */
    private final long[] countsBefore = new long[RefusalReason.count() + 1];

    private final long[] difference = new long[RefusalReason.count() + 1];
    private boolean isBegun;
    private long begunNs;

    /**
     * @param counts of refusals since the engine was opened, by code of the reason.
     * @param clock  to measure a second.
     */
    RefusalStorms(final AtomicLongArray counts, final NanoClock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    /** Records the refusals of the last second if a recording is on and the second is over. */
    public void record() {
        if (event == null || !event.isEnabled()) {
            isBegun = false;
            return;
        }
        final long nowNs = clock.nanoTime();
        if (isBegun && nowNs - begunNs < PERIOD_NS) {
            return;
        }
        final long total = takeDifference();
        if (isBegun) {
            event.end(total, difference);
        }
        isBegun = event.tryBegin();
        begunNs = nowNs;
    }

    /** Records the refusals since the last event at the end, although the second is not over. */
    public void recordRemainder() {
        if (isBegun) {
            event.end(takeDifference(), difference);
        }
    }

    private long takeDifference() {
        long total = 0;
        for (int code = 1; code < difference.length; code++) {
            final long count = counts.get(code);
            difference[code] = count - countsBefore[code];
            countsBefore[code] = count;
            total += difference[code];
        }
        return total;
    }
}
