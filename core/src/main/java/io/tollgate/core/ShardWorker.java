package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.RefusalHandler;
import io.tollgate.api.Retention;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.panel.GroupStates;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.watch.PanelUpdates;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** What works on one shard of an engine: the agent, and what control threads let it do for them. */
final class ShardWorker {
    /** In operations from the ring, the room that the state of a watch on a panel takes. */
    private static final int PANEL_STATE_ROOM = 16;

    private final EngineShard shard;
    private final OperationJournal journal;
    private final PointAdmission admission;
    private final LatenessTracker lateness;
    private final SeriesRegistry registry;
    private final WindowRegistrar registrar;
    private final SeriesCloser closer;
    private final SubscriptionRegistrar subscriptions;
    private final EngineAgent agent;
    private final Optional<ShardDurability> durability;
    private final PanelOperation panelOperation = new PanelOperation();

    ShardWorker(
            final EngineContext context,
            final EngineShard shard,
            final ManyToOneRingBuffer ring,
            final RingPublisher publisher,
            final BatchSlots slots,
            final EngineState state,
            final RefusalHandler refusalHandler,
            final SeriesQuota quota,
            final WatchTurn turn) {
        this.shard = shard;
        final Limits limits = context.limits();
        journal = new OperationJournal(shard, limits.drainLimit(), limits.maxBatchPointCount());
        shard.store().blocks().reportTo(context.errorHandler());
        admission = new PointAdmission(
                shard.store(),
                shard.clock(),
                journal,
                shard.updates(),
                new RefusalAudit(shard, limits.maxRefusalsKept()),
                refusalHandler,
                context.errorHandler());
        lateness = new LatenessTracker(shard.store()::keyOf);
        shard.applier().trackLateness(lateness);
        registry = new SeriesRegistry(shard.store(), journal, quota, this::journalClock);
        registrar = new WindowRegistrar(shard.store(), journal, limits);
        closer = new SeriesCloser(shard.store(), shard.clock(), publisher.offeredTime(), journal, this::journalClock);
        subscriptions = new SubscriptionRegistrar(journal, admission, shard.updates(), limits);
        agent = new EngineAgent(
                shard.store().place(),
                ring,
                publisher,
                state,
                shard.clock(),
                new RecordPrefetch(shard.store()),
                admission,
                journal,
                new BatchWork(slots, shard.clock(), journal, batchAdmission(limits), turn),
                shard.updates(),
                groups(),
                new WatchSteps(
                        turn,
                        shard.store().place().index(),
                        groups(),
                        admission,
                        shard.applier().lastChange()),
                limits.drainLimit(),
                new EndWait(context.nanoClock()));
        durability = shard.durability(agent::appliedPosition, journal::appliedSequence);
    }

    /** Adds what is counted of this shard, where the engine has more than one under its number. */
    void addTo(final EngineCounters counters) {
        final ShardPlace place = shard.store().place();
        durability.ifPresent(durable -> counters.addShard(
                place.count() == 1 ? "" : "shard-" + place.index() + "-", shard, admission, journal, durable));
    }

    /** What forces the log, empty in memory. */
    Optional<ShardDurability> durability() {
        return durability;
    }

    private BatchAdmission batchAdmission(final Limits limits) {
        return new BatchAdmission(
                shard.store(), shard.clock(), journal, admission, shard.updates(), limits.maxBatchPointCount());
    }

    /** {@return the sequence of the last operation applied; engine thread} */
    long appliedSequence() {
        return journal.sequence() - 1;
    }

    /** {@return the last operation that is logged and applied; any thread} */
    long publishedSequence() {
        return journal.appliedSequence();
    }

    EngineShard shard() {
        return shard;
    }

    /** Whether all that is logged is applied: a store that is behind its log is not closed cleanly. Nobody applies. */
    boolean isLogApplied() {
        return shard.log()
                .map(log -> log.nextSequence() == journal.appliedSequence() + 1)
                .orElse(true);
    }

    /** {@return by how much points of the shard come late} */
    LatenessTracker lateness() {
        return lateness;
    }

    GroupStates groups() {
        return shard.applier().groups();
    }

    PointAdmission admission() {
        return admission;
    }

    /** Journals where the clock stands, if anybody follows series. */
    private void journalClock() {
        if (!shard.updates().subscriptions().isEmpty()) {
            admission.journalClock();
        }
    }

    /** What closes series. */
    SeriesCloser closer() {
        return closer;
    }

    SeriesRegistry registry() {
        return registry;
    }

    WindowRegistrar registrar() {
        return registrar;
    }

    /** What forgets the history that a retention does not keep. */
    RetentionRun retention(final String pattern, final Retention retention) {
        return new RetentionRun(shard.store(), journal, shard.clock(), pattern, retention);
    }

    /** Logs that watches on panels begin at an instant; engine thread. */
    void beginPanel(final PanelWatches watches, final long startNs) {
        final byte[] text = watches.text().getBytes(StandardCharsets.UTF_8);
        journal.requireForCommand(
                "subscription=" + watches.name(), PanelOperation.lengthOf(watches.name(), text.length));
        log(PanelOperation.BEGIN, watches.watches().size(), startNs, watches.name(), text, text.length);
    }

    /** Logs that watches on panels end; engine thread. */
    void endPanel(final String name) {
        journal.requireForCommand("subscription=" + name, PanelOperation.lengthOf(name, 0));
        log(PanelOperation.END, 0, 0, name, new byte[0], 0);
    }

    /** Logs how a watch on a panel stands, where there is room for it and the point that comes next; engine thread. */
    long logPanelState(final String name, final int watch, final byte[] state, final int length) {
        return journal.hasRoom(PANEL_STATE_ROOM + 1)
                ? log(PanelOperation.STATE, watch, 0, name, state, length)
                : PanelUpdates.Journal.FULL;
    }

    private long log(
            final int action,
            final int watch,
            final long startNs,
            final String name,
            final byte[] body,
            final int length) {
        try {
            panelOperation.encode(journal.buffer(), journal.offset(), action, watch, startNs, name, body, length);
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
        final long sequence = journal.sequence();
        journal.add();
        journal.commit();
        return sequence;
    }

    SubscriptionRegistrar subscriptions() {
        return subscriptions;
    }

    EngineAgent agent() {
        return agent;
    }

    /**
     * Logs what moves the clock from here on, where that is not what the log says, and where it stands then: a replay
     * is to move it likewise.
     */
    void logClockMode(final ClockMode mode) {
        if (shard.applier().modeCode() != mode.code()) {
            new ClockOperation().encode(journal.buffer(), journal.offset(), shard.beginOf(mode), mode.code());
            journal.add();
            journal.commit();
        }
    }

    /**
     * Logs a batch of all shards without a point, before anything else: it parts what batches of several shards come
     * before from those that come behind. Where a kill leaves it in some logs only, it is one that was left out, and
     * the next opening makes another. A full disk has none.
     */
    static void logFence(final List<ShardWorker> workers, final long number) {
        if (workers.stream().allMatch(worker -> worker.journal.hasRoomForBatch(0))) {
            final long shards = -1L >>> Long.SIZE - workers.size();
            for (final ShardWorker worker : workers) {
                worker.logBound(OperationDescriptor.BATCH_BEGIN, number, shards);
                worker.logBound(OperationDescriptor.BATCH_COMMIT, number, shards);
                worker.journal.log();
            }
            workers.forEach(worker -> worker.journal.apply());
        }
    }

    private void logBound(final int type, final long number, final long shards) {
        BatchOperation.put(journal.buffer(), journal.offset(), type, number, shards, 0);
        journal.add();
    }

    /** Keeps room in the log for an advance of the clock; engine thread. */
    boolean hasRoomToAdvance() {
        return journal.reserveForCommand(ClockOperation.LENGTH);
    }

    /** Moves the clock of the shard. */
    void advanceTo(final long instantNs) {
        new ClockOperation().encode(journal.buffer(), journal.offset(), instantNs);
        journal.add();
        journal.commit();
    }
}
