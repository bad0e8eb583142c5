package io.tollgate.core.writer;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Retention;
import io.tollgate.core.admit.BatchAdmission;
import io.tollgate.core.admit.BatchWork;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.admit.PointAdmission;
import io.tollgate.core.admit.PointRefusals;
import io.tollgate.core.admit.RecordPrefetch;
import io.tollgate.core.admit.RefusalAudit;
import io.tollgate.core.admit.RefusalReport;
import io.tollgate.core.admit.TicketOutcomes;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.apply.LatenessTracker;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.config.Limits;
import io.tollgate.core.define.RetentionRun;
import io.tollgate.core.define.SeriesCloser;
import io.tollgate.core.define.SeriesRegistry;
import io.tollgate.core.define.SubscriptionRegistrar;
import io.tollgate.core.define.WindowRegistrar;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.ingest.IntakeGate;
import io.tollgate.core.manifest.LogDurability;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.watch.EngineUpdates;
import java.util.Optional;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** What writes an engine: the agent, and what control threads let it do for them. */
public final class EngineWriter {
    private final EngineResources resources;
    private final OperationJournal journal;
    private final PointAdmission admission;
    private final PointRefusals refusals;
    private final TicketOutcomes outcomes = new TicketOutcomes();
    private final PanelDuty panels;
    private final SeriesRegistry registry;
    private final WindowRegistrar registrar;
    private final SeriesCloser closer;
    private final SubscriptionRegistrar subscriptions;
    private final EngineAgent agent;
    private final Optional<LogDurability> durability;

    public EngineWriter(
            final EngineOptions context,
            final EngineResources resources,
            final ManyToOneRingBuffer ring,
            final IntakeGate gate,
            final BatchSlots slots,
            final EngineState state) {
        this.resources = resources;
        final Limits limits = context.limits();
        final SeriesStore store = resources.store();
        final EngineClock clock = resources.clock();
        final EngineUpdates updates = resources.updates();
        journal = new OperationJournal(resources, outcomes, limits.drainLimit(), limits.maxBatchPointCount());
        refusals = new PointRefusals(
                journal,
                new RefusalAudit(resources, limits.maxRefusalsKept()),
                context.refusalHandler(),
                new RefusalReport(store, context.nanoClock()),
                context.errorHandler());
        admission = new PointAdmission(store, clock, journal, updates, refusals, outcomes);
        panels = new PanelDuty(resources, journal, state);
        registry = new SeriesRegistry(store, journal, limits.maxSeriesCount(), this::journalClock);
        registrar = new WindowRegistrar(store, journal, limits);
        closer = new SeriesCloser(store, clock, journal, this::journalClock);
        subscriptions = new SubscriptionRegistrar(store, journal, admission, updates, limits);
        final BatchAdmission batchAdmission =
                new BatchAdmission(store, clock, journal, admission, updates, limits.maxBatchPointCount());
        agent = new EngineAgent(
                context,
                state,
                resources,
                journal,
                new EngineAgent.PointSource(ring, gate, new RecordPrefetch(store)),
                new EngineAgent.Admission(admission, new BatchWork(slots, clock, journal, batchAdmission)),
                panels);
        durability = resources.durability(agent::appliedPosition, journal::appliedSequence);
    }

    /** The sources of the counters; absent in memory. */
    public EngineCounters.WriterSources counted() {
        return new EngineCounters.WriterSources(
                resources, resources.log().orElseThrow(), refusals, journal, durability.orElseThrow());
    }

    /** What forces the log, empty in memory. */
    public Optional<LogDurability> durability() {
        return durability;
    }

    /** {@return the sequence of the last operation applied; engine thread} */
    public long appliedSequence() {
        return journal.sequence() - 1;
    }

    /** {@return the last operation that is logged and applied; any thread} */
    public long publishedSequence() {
        return journal.appliedSequence();
    }

    public EngineResources resources() {
        return resources;
    }

    /** Whether all that is logged is applied: a store that is behind its log is not closed cleanly. Nobody applies. */
    public boolean isLogApplied() {
        return resources
                .log()
                .map(log -> log.nextSequence() == journal.appliedSequence() + 1)
                .orElse(true);
    }

    /** {@return by how much points come late} */
    public LatenessTracker lateness() {
        return resources.applier().lateness();
    }

    public GroupStates groups() {
        return resources.applier().groups();
    }

    /** {@return what was refused} */
    public PointRefusals refusals() {
        return refusals;
    }

    /** {@return what became of points} */
    public TicketOutcomes outcomes() {
        return outcomes;
    }

    /** {@return the watches on panels} */
    public PanelDuty panels() {
        return panels;
    }

    /** {@return the clock that points and calls move} */
    public EngineClock clock() {
        return resources.clock();
    }

    /** Journals where the clock stands, if anybody follows series. */
    private void journalClock() {
        if (!resources.updates().subscriptions().isEmpty()) {
            admission.journalClock();
        }
    }

    /** What closes series. */
    public SeriesCloser closer() {
        return closer;
    }

    public SeriesRegistry registry() {
        return registry;
    }

    public WindowRegistrar registrar() {
        return registrar;
    }

    /** What forgets the history that a retention does not keep. */
    public RetentionRun retention(final String pattern, final Retention retention) {
        return new RetentionRun(resources.store(), journal, resources.clock(), pattern, retention);
    }

    public SubscriptionRegistrar subscriptions() {
        return subscriptions;
    }

    public EngineAgent agent() {
        return agent;
    }

    /**
     * Logs what moves the clock from here on, where that is not what the log says, and where it stands then: a replay
     * is to move it likewise.
     */
    public void logClockMode(final ClockMode mode) {
        if (resources.applier().modeCode() != mode.code()) {
            new ClockOperation().encode(journal.buffer(), journal.offset(), resources.beginOf(mode), mode.code());
            journal.add();
            journal.commit();
        }
    }

    /** Keeps room in the log for an advance of the clock; engine thread. */
    public boolean hasSpaceToAdvance() {
        return journal.reserveForCommand(ClockOperation.LENGTH);
    }

    /** Moves the clock. */
    public void advanceTo(final long instantNs) {
        new ClockOperation().encode(journal.buffer(), journal.offset(), instantNs);
        journal.add();
        journal.commit();
    }
}
