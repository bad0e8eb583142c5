package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Instants;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Moves the clock of an engine by hand: all shards, and then what {@code now} shows. Control threads. */
final class ManualClock {
    private final ClockMode mode;
    private final List<ShardWorker> workers;
    private final EngineCalls calls;
    private final EngineTime time;

    ManualClock(final ClockMode mode, final List<ShardWorker> workers, final EngineCalls calls, final EngineTime time) {
        this.mode = mode;
        this.workers = workers;
        this.calls = calls;
        this.time = time;
    }

    void advanceTo(final long instantNs) {
        Instants.requireInRange(instantNs);
        if (mode != ClockMode.MANUAL) {
            throw new IllegalStateException("clockMode=" + mode
                    + ", expected MANUAL: in the other modes time comes from the clock or the points");
        }
        final AtomicInteger behind = new AtomicInteger(workers.size());
        final JointPreparation joint = new JointPreparation(workers.size());
        calls.callAll(
                "advanceTo",
                worker -> new EngineCommand<>(joint.start(), joint.with(() -> canAdvance(worker, instantNs)), () -> {
                    worker.advanceTo(instantNs);
                    // Shown only now, so that no shard takes the new time for a point that was offered before.
                    if (behind.decrementAndGet() == 0) {
                        time.advanceTo(instantNs);
                    }
                    return instantNs;
                }));
    }

    private static boolean canAdvance(final ShardWorker worker, final long instantNs) {
        if (!worker.hasRoomToAdvance()) {
            throw new IllegalStateException("instantNs=" + instantNs
                    + " disk=full, expected room in the log of each shard; make some, and call again");
        }
        return true;
    }
}
