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
import io.tollgate.core.apply.PointPrefetch;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.config.Limits;
import io.tollgate.core.define.ImageLoad;
import io.tollgate.core.define.ImageSource;
import io.tollgate.core.define.RetentionRun;
import io.tollgate.core.define.SeriesCloser;
import io.tollgate.core.define.SeriesRegistry;
import io.tollgate.core.define.SubscriptionLoad;
import io.tollgate.core.define.SubscriptionRegistrar;
import io.tollgate.core.define.WindowRegistrar;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.image.EngineImage;
import io.tollgate.core.image.SeriesImage;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.ingest.IntakeGate;
import io.tollgate.core.manifest.LogDurability;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.watch.EngineUpdates;
import io.tollgate.core.watch.OpenQueues;
import java.util.Optional;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** The writer of an engine: the agent, and the components whose commands it runs for control threads. */
public final class EngineWriter {
    private final EngineResources resources;
    private final OperationJournal journal;
    private final PointAdmission admission;
    private final PointRefusals refusals;
    private final TicketOutcomes outcomes = new TicketOutcomes();
    private final OpenQueues openQueues = new OpenQueues();
    private final PanelDuty panels;
    private final SeriesRegistry registry;
    private final WindowRegistrar registrar;
    private final SeriesCloser closer;
    private final SubscriptionRegistrar subscriptions;
    private final ImageSource images;
    private final ImageLoad.Target loading;
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
                context.errorHandler(),
                context.nanoClock());
        admission = new PointAdmission(store, clock, journal, updates, refusals, outcomes);
        panels = new PanelDuty(resources, journal, state);
        registry = new SeriesRegistry(store, journal, limits.maxSeriesCount(), this::journalClock);
        registrar = new WindowRegistrar(store, journal, limits);
        closer = new SeriesCloser(store, clock, journal, this::journalClock);
        subscriptions = new SubscriptionRegistrar(store, journal, admission, updates, limits);
        images = new ImageSource(store, registry, groups(), updates, this::tellDue);
        loading = new ImageLoad.Target(store, registry, journal, admission, clock, updates, limits.drainLimit());
        final BatchAdmission batchAdmission =
                new BatchAdmission(store, clock, journal, admission, updates, limits.maxBatchPointCount());
        agent = new EngineAgent(
                context,
                state,
                resources,
                journal,
                new EngineAgent.PointSource(ring, gate, new RecordPrefetch(store, PointPrefetch.MIN_SERIES)),
                new EngineAgent.Admission(admission, new BatchWork(slots, clock, journal, batchAdmission)),
                panels);
        durability = resources.durability(agent::appliedPosition, journal::appliedSequence);
    }

    /** Returns the sources of the counters. An engine in memory has none. */
    public EngineCounters.WriterSources counted() {
        return new EngineCounters.WriterSources(
                resources, resources.log().orElseThrow(), refusals, journal, durability.orElseThrow(), openQueues);
    }

    /** Returns the durability of the log, empty for an engine in memory. */
    public Optional<LogDurability> durability() {
        return durability;
    }

    /** {@return the sequence of the last operation applied; engine thread} */
    public long appliedSequence() {
        return journal.sequence() - 1;
    }

    /** {@return the last logged and applied operation; any thread} */
    public long publishedSequence() {
        return journal.appliedSequence();
    }

    public EngineResources resources() {
        return resources;
    }

    /**
     * Returns true if all logged operations are applied. A store that lacks logged operations is not closed cleanly. No
     * thread may apply operations meanwhile.
     */
    public boolean isLogApplied() {
        return resources
                .log()
                .map(log -> log.nextSequence() == journal.appliedSequence() + 1)
                .orElse(true);
    }

    /** {@return the lateness of points} */
    public LatenessTracker lateness() {
        return resources.applier().lateness();
    }

    public GroupStates groups() {
        return resources.applier().groups();
    }

    /** {@return the refused points} */
    public PointRefusals refusals() {
        return refusals;
    }

    /** {@return the outcomes of tickets} */
    public TicketOutcomes outcomes() {
        return outcomes;
    }

    /** {@return the open queues of updates; any thread} */
    public OpenQueues openQueues() {
        return openQueues;
    }

    /** {@return the watches on panels} */
    public PanelDuty panels() {
        return panels;
    }

    /** {@return the clock advanced by points and calls} */
    public EngineClock clock() {
        return resources.clock();
    }

    /** Journals the clock if there is a subscription. */
    private void journalClock() {
        if (!resources.updates().subscriptions().isEmpty()) {
            admission.journalClock();
        }
    }

    /** Emits all updates that are due. */
    private void tellDue() {
        if (!resources.updates().subscriptions().isEmpty()) {
            journal.requireForCommand("image=engine", ClockOperation.LENGTH);
            journalClock();
            journal.commit();
        }
    }

    /** Returns the component that closes series. */
    public SeriesCloser closer() {
        return closer;
    }

    public SeriesRegistry registry() {
        return registry;
    }

    public WindowRegistrar registrar() {
        return registrar;
    }

    /** Creates a command that deletes the history outside a retention. */
    public RetentionRun retention(final String pattern, final Retention retention) {
        return new RetentionRun(resources.store(), journal, resources.clock(), pattern, retention);
    }

    /** {@return the source of images} */
    public ImageSource images() {
        return images;
    }

    /** Creates a command that loads the image of a series. */
    public ImageLoad load(final SeriesImage image) {
        return new ImageLoad(loading, image);
    }

    /** Creates a command that loads the subscriptions and watches of the image of an engine. */
    public SubscriptionLoad load(final EngineImage image) {
        return new SubscriptionLoad(loading, subscriptions.room(), image);
    }

    public SubscriptionRegistrar subscriptions() {
        return subscriptions;
    }

    public EngineAgent agent() {
        return agent;
    }

    /**
     * Logs the clock mode and the clock, if the mode differs from the one in the log, so that a replay advances the
     * clock in the same way.
     */
    public void logClockMode(final ClockMode mode) {
        if (resources.applier().modeCode() != mode.code()) {
            new ClockOperation().encode(journal.buffer(), journal.offset(), resources.beginOf(mode), mode.code());
            journal.add();
            journal.commit();
        }
    }

    /** Reserves log space for an advance of the clock; engine thread. */
    public boolean hasSpaceToAdvance() {
        return journal.reserveForCommand(ClockOperation.LENGTH);
    }

    /** Advances the clock. */
    public void advanceTo(final long instantNs) {
        new ClockOperation().encode(journal.buffer(), journal.offset(), instantNs);
        journal.add();
        journal.commit();
    }
}
