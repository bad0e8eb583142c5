package io.tollgate.core.writer;

import io.tollgate.core.admit.PointRefusals;
import io.tollgate.core.admit.RefusalReport;
import io.tollgate.core.admit.RefusalStorms;
import io.tollgate.core.agent.AgentTermination;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.store.SeriesStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.agrona.concurrent.Agent;

/**
 * Prepares maps, their memory and log segments in advance, aborts overdue batches, prints refusals on standard error,
 * and records them as events. A failed preparation is retried after a pause; other tasks continue.
 */
public final class MaintenanceAgent implements Agent {
    private static final int PAUSE_CYCLES = 1_000;

    private final Task[] tasks;
    private final BatchSlots slots;
    private final Optional<RefusalReport> report;
    private final RefusalStorms storms;
    private volatile boolean isStopRequested;

    /**
     * @param resources of the store and log to prepare.
     * @param slots  whose overdue batches are aborted.
     * @param refusals to print, unless the program has a refusal handler, and to record.
     * @param isBeside true if this runs on another thread than the engine agent. Otherwise memory is not touched in
     *     advance and the writes have no pauses, because the same thread would wait for them.
     */
    public MaintenanceAgent(
            final EngineResources resources,
            final BatchSlots slots,
            final PointRefusals refusals,
            final boolean isBeside) {
        final List<Task> all = new ArrayList<>();
        final SeriesStore store = resources.store();
        all.add(new Task(() -> keep(store)));
        if (isBeside) {
            all.add(new Task(() -> store.blocks().prefault() ? 1 : 0));
        }
        resources.log().ifPresent(log -> all.add(new Task(() -> keep(log, isBeside))));
        tasks = all.toArray(new Task[0]);
        this.slots = slots;
        report = refusals.report();
        storms = refusals.storms();
    }

    @Override
    public String roleName() {
        return "tollgate-maintenance";
    }

    @Override
    public int doWork() {
        if (isStopRequested) {
            throw new AgentTermination();
        }
        storms.record();
        int work = slots.abortOverdue() + (report.isPresent() ? report.get().report() : 0);
        for (final Task task : tasks) {
            work += task.work();
        }
        return work;
    }

    /** Prints and records the remaining refusals; the engine refuses no point after this. */
    @Override
    public void onClose() {
        storms.recordRemainder();
        report.ifPresent(RefusalReport::reportRemainder);
    }

    /** Requests the end of the agent; any thread. */
    public void requestStop() {
        isStopRequested = true;
    }

    private static int keep(final SeriesStore store) {
        if (!store.growthDue()) {
            return 0;
        }
        store.prepareGrowth();
        return 1;
    }

    private static int keep(final OperationLog log, final boolean isBeside) {
        int work = 0;
        if (log.needsSegment()) {
            log.prepareNext(isBeside);
            work++;
        }
        if (log.holdsLeftSegment()) {
            log.forceLeft(isBeside);
            work++;
        }
        return work;
    }

    /** A preparation task. */
    private static final class Task {
        private final IntSupplier keeping;
        private int pauseCycles;

        Task(final IntSupplier keeping) {
            this.keeping = keeping;
        }

        int work() {
            if (pauseCycles > 0) {
                pauseCycles--;
                return 0;
            }
            try {
                return keeping.getAsInt();
            } catch (final RuntimeException e) {
                // A full disk stays full for a while, so each failure is reported and followed by a pause.
                pauseCycles = PAUSE_CYCLES;
                throw e;
            }
        }
    }
}
