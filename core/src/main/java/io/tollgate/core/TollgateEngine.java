package io.tollgate.core;

import io.tollgate.api.Audit;
import io.tollgate.api.Backup;
import io.tollgate.api.Checkpoint;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.EngineStatistics;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Group;
import io.tollgate.api.Hierarchy;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.Listening;
import io.tollgate.api.MetricReader;
import io.tollgate.api.PanelReader;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.RefusalHandler;
import io.tollgate.api.Retention;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.SeriesKind;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.WindowRegistration;
import io.tollgate.core.file.Closing;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.ingest.OfferedTime;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesReader;
import io.tollgate.core.read.ShardedReader;
import io.tollgate.core.store.KnownHandles;
import io.tollgate.core.store.OpenStores;
import io.tollgate.core.store.ShardStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** The engine: shards, each written by a thread of its own. Here the calls of producers and readers find theirs. */
public final class TollgateEngine implements Engine {
    private final EngineContext context;
    private final EngineShards shards;
    private final ShardStores stores;
    private final OpenStores open = new OpenStores();
    private final KnownHandles handles;
    private final EngineState state = new EngineState();
    private final BatchSlots slots;
    private final RingPublisher publisher;
    private final List<ShardWorker> workers = new ArrayList<>();
    private final DurabilityThread durability;
    private final AgentThreads threads;
    private final EngineCalls calls;
    private final EngineSeries series;
    private final Subscriber subscriber;
    private final Auditor auditor;
    private final ManualClock manualClock;
    private final EnginePanels panels;
    private final PanelWatcher watcher;
    private final WatchTurn turn = new WatchTurn();
    private final HistoryRetainer retainer;
    private final EngineCopies copies;
    private final IssuedTickets tickets;
    private final ReadGate gate = new ReadGate();
    private final LongAdder contendedCount = new LongAdder();
    private final EngineEnd end;

    private TollgateEngine(final EngineContext context, final EngineShards shards) {
        this.context = context;
        this.shards = shards;
        stores = new ShardStores(shards.list().stream().map(EngineShard::store).toList());
        handles = new KnownHandles(stores, open);
        final List<ManyToOneRingBuffer> rings = RingPublisher.newRings(context.shardCount(), context.ringLength());
        final Limits limits = context.limits();
        slots = new BatchSlots(limits.maxOpenBatchCount(), limits.maxBatchPointCount(), limits.batchTimeoutNs());
        final boolean isSingle = context.shardCount() == 1;
        publisher = new RingPublisher(
                rings,
                stores.shardBits(),
                handles::has,
                isSingle || context.clockMode() != ClockMode.EVENT
                        ? Optional.empty()
                        : Optional.of(new OfferedTime(shards.stampedTime())),
                slots);
        final RefusalHandler refusalHandler =
                isSingle ? context.refusalHandler() : new SerialRefusalHandler(context.refusalHandler());
        final SeriesQuota quota = new SeriesQuota(limits.maxSeriesCount(), shards.seriesCount());
        for (int i = 0; i < rings.size(); i++) {
            workers.add(new ShardWorker(
                    context, shards.list().get(i), rings.get(i), publisher, slots, state, refusalHandler, quota, turn));
        }
        copies = new EngineCopies(context, shards.directory().map(DataFolder::new), workers, state);
        durability = new DurabilityThread(
                context,
                state,
                workers,
                shards.directory()
                        .map(directory -> EngineCounters.create(
                                context.fileAccess(),
                                directory,
                                this::now,
                                contendedCount::sum,
                                publisher::backPressureCount,
                                copies,
                                workers)));
        threads = new AgentThreads(
                context,
                state,
                workers,
                new MaintenanceAgent(shards.list(), slots, context.hasMaintenanceThread()),
                durability,
                copies);
        workers.forEach(worker -> worker.shard().updates().fullQueueWait(threads.fullQueueWait(worker.agent())));
        calls = new EngineCalls(context.isStepped(), state, workers, threads, open);
        series = new EngineSeries(workers, handles, stores, calls);
        tickets = new IssuedTickets(workers, stores.shardBits());
        auditor = new Auditor(workers, context, calls::callAll);
        manualClock = new ManualClock(context.clockMode(), workers, calls, shards.time());
        panels = new EnginePanels(workers, limits, handles, calls, state, this::newLevelReader, this::now);
        watcher = newWatcher();
        watcher.follow(workers.get(0).agent(), threads::fullQueueWait);
        subscriber = new Subscriber(workers, limits, threads.listeners(), watcher::queueCount, calls::callAll);
        retainer = new HistoryRetainer(calls::callAll, this::now);
        end = new EngineEnd(state, shards, workers, publisher, threads, List.of(copies, gate::close, open));
    }

    private PanelWatcher newWatcher() {
        return new PanelWatcher(
                workers, context.limits(), calls, panels, this::newReader, threads.listeners(), this::now, turn, state);
    }

    /**
     * Opens an engine: a new one, or what a data directory holds.
     *
     * @param context options; not to be changed afterwards.
     * @return the open engine.
     * @throws IllegalArgumentException     if an option is out of range.
     * @throws IllegalStateException        if the JVM lacks flags (the message has the line to paste), if another
     *                                      engine has the directory open, if the directory was made with another
     *                                      number of shards, or if its files are damaged or of another layout.
     * @throws java.io.UncheckedIOException if the disk refuses.
     */
    public static TollgateEngine launch(final EngineContext context) {
        context.conclude();
        return Uninterrupted.putOff(() -> launch(context, EngineShards.open(context)));
    }

    /** Starts an engine of shards that are open; where that fails, they are closed, as cleanly as can be. */
    static TollgateEngine launch(final EngineContext context, final EngineShards shards) {
        TollgateEngine engine = null;
        try {
            engine = new TollgateEngine(context, shards);
            engine.start();
            return engine;
        } catch (final RuntimeException | Error e) {
            // Not behind an engine, which may have threads that it could not end.
            Closing.after(e, engine == null ? shards::abandon : engine);
            throw e;
        }
    }

    private void start() {
        shards.begin();
        workers.forEach(worker -> worker.logClockMode(context.clockMode()));
        if (shards.isToBeFenced()) {
            ShardWorker.logFence(workers, slots.nextNumber());
            shards.fenced();
        }
        subscriber.complete();
        threads.start();
    }

    @Override
    public StepSeries defineStep(final SeriesDefinition definition) {
        return (StepSeries) series.define(definition, SeriesKind.STEP);
    }

    @Override
    public FlowSeries defineFlow(final SeriesDefinition definition) {
        return (FlowSeries) series.define(definition, SeriesKind.FLOW);
    }

    @Override
    public void register(final WindowRegistration registration) {
        final JointPreparation joint = new JointPreparation(workers.size());
        calls.callAll(
                "register",
                worker -> new EngineCommand<>(
                        joint.start(), joint.with(worker.registrar().check(registration)), () -> {
                            worker.registrar().register(registration);
                            return registration;
                        }));
    }

    @Override
    public void register(final Group group) {
        panels.register(group);
    }

    @Override
    public void register(final Hierarchy hierarchy) {
        panels.register(hierarchy);
    }

    @Override
    public Optional<Series> find(final String key) {
        return series.find(key);
    }

    @Override
    public Optional<Series> find(final long number) {
        return series.find(number);
    }

    @Override
    public void closeSeries(final Series closed, final LifeEnd end) {
        series.close(closed, end);
    }

    @Override
    public UpdateQueue subscribe(final Subscription subscription, final QueueOptions options) {
        return subscriber.subscribe(subscription, options);
    }

    @Override
    public Listening subscribe(
            final Subscription subscription, final QueueOptions options, final UpdateHandler listener) {
        return subscriber.subscribe(subscription, options, listener);
    }

    @Override
    public UpdateQueue watch(final PanelWatches watches, final QueueOptions options) {
        return watcher.watch(watches, options, false);
    }

    @Override
    public Listening watch(final PanelWatches watches, final QueueOptions options, final UpdateHandler listener) {
        return watcher.watch(watches, options, listener);
    }

    @Override
    public boolean unsubscribe(final String name) {
        // Both: there are two where the disk was too full for an opening to end one.
        return subscriber.unsubscribe(name)
                ? Uninterrupted.call(() -> watcher.unwatch(name) | true)
                : watcher.unwatch(name);
    }

    @Override
    public List<Subscription> subscriptions() {
        return subscriber.subscriptions();
    }

    @Override
    public long retain(final String pattern, final Retention retention) {
        return retainer.retain(pattern, retention);
    }

    @Override
    public Audit audit() {
        return auditor;
    }

    @Override
    public Publisher publisher() {
        return publisher;
    }

    @Override
    public MetricReader newReader() {
        final int maxAttempts = context.limits().maxReadAttempts();
        return stores.count() == 1
                ? new SeriesReader(stores.get(0), gate, maxAttempts, contendedCount)
                : new ShardedReader(stores, gate, maxAttempts, contendedCount);
    }

    @Override
    public PanelReader newPanelReader() {
        return panels.newReader();
    }

    private LevelReader newLevelReader() {
        return new LevelReader(new LevelSource(stores), gate, context.limits().maxReadAttempts(), contendedCount);
    }

    @Override
    public void awaitApplied(final long ticket) {
        final EngineAgent own = tickets.workerOf(ticket).agent();
        calls.awaitApplied(own, tickets.position(ticket));
        calls.awaitClaimed(own);
    }

    @Override
    public void awaitDurable(final long ticket) {
        if (context.directory().isEmpty()) {
            throw new IllegalStateException(
                    "directory=none, expected one: an engine in memory makes nothing durable; set a directory");
        }
        awaitApplied(ticket);
        calls.awaitDurable(durability);
    }

    @Override
    public boolean isDurable(final long ticket) {
        return tickets.workerOf(ticket)
                .durability()
                .filter(durable -> durable.durableTicket() >= tickets.position(ticket))
                .isPresent();
    }

    @Override
    public boolean isApplied(final long ticket) {
        return tickets.workerOf(ticket).agent().appliedPosition() >= tickets.position(ticket);
    }

    @Override
    public long now() {
        return shards.time().now();
    }

    @Override
    public void advanceTo(final long instantNs) {
        manualClock.advanceTo(instantNs);
    }

    @Override
    public int step() {
        return calls.step();
    }

    /** {@return what each shard was made from when it was opened, none in memory} */
    public List<OpeningReport> openings() {
        return shards.openings();
    }

    EngineShards shards() {
        return shards;
    }

    /**
     * Why the engine has failed. Its close throws nothing for that: this tells whether all was written. Any thread.
     *
     * @return empty while it has not failed; also once it is closed.
     */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(state.failure());
    }

    @Override
    public EngineStatistics statistics() {
        return open.look(
                () -> new StatisticsSum(workers, slots)
                        .statistics(contendedCount.sum(), publisher.backPressureCount(), copies.counts()),
                () -> {
                    throw state.stoppedException();
                });
    }

    @Override
    public Checkpoint checkpoint() {
        threads.requireOutside("checkpoint");
        return copies.checkpoint();
    }

    @Override
    public Backup backup(final Path directory) {
        threads.requireOutside("backup");
        return copies.backup(directory);
    }

    @Override
    public void close() {
        threads.requireOutside("close");
        end.close();
    }
}
