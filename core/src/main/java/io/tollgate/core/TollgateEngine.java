package io.tollgate.core;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.DirectoryInUseException;
import io.tollgate.api.Engine;
import io.tollgate.api.EngineImages;
import io.tollgate.api.Outcome;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesCatalog;
import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.api.admin.EngineAdmin;
import io.tollgate.api.admin.EngineHealth;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.watch.Updates;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.config.Limits;
import io.tollgate.core.config.ValidTimeCheck;
import io.tollgate.core.control.AgentThreads;
import io.tollgate.core.control.Auditor;
import io.tollgate.core.control.CheckpointService;
import io.tollgate.core.control.CommandInvoker;
import io.tollgate.core.control.EngineAdministration;
import io.tollgate.core.control.EnginePanels;
import io.tollgate.core.control.EngineSeries;
import io.tollgate.core.control.EngineShutdown;
import io.tollgate.core.control.EngineTickets;
import io.tollgate.core.control.HealthCheck;
import io.tollgate.core.control.ImageService;
import io.tollgate.core.control.ManualClock;
import io.tollgate.core.control.PanelWatcher;
import io.tollgate.core.control.Subscriber;
import io.tollgate.core.control.UpdateRequests;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.ingest.IntakeGate;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesReader;
import io.tollgate.core.report.OpeningReport;
import io.tollgate.core.store.KnownHandles;
import io.tollgate.core.store.OpenStores;
import io.tollgate.core.store.chronicle.JvmFlags;
import io.tollgate.core.timeline.PanelCursors;
import io.tollgate.core.writer.CountedStatistics;
import io.tollgate.core.writer.DurabilityThread;
import io.tollgate.core.writer.EngineCounters;
import io.tollgate.core.writer.EngineWriter;
import io.tollgate.core.writer.MaintenanceAgent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.agrona.CloseHelper;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.jspecify.annotations.NullMarked;

/**
 * The engine: one store, one log and one clock, written by one thread. Producers and readers call it.
 *
 * <pre>{@code
 * try (Engine engine = TollgateEngine.launch(new EngineContext())) {
 *     StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2));
 *     Publisher publisher = engine.publisher();
 *     engine.awaitApplied(publisher.offer(rate, Instants.parse("2025-04-09T00:01-04:00"), rate.scaled("104")));
 * }
 * }</pre>
 */
@NullMarked
public final class TollgateEngine implements Engine {
    private final EngineOptions options;
    private final EngineResources resources;
    private final OpenStores open = new OpenStores();
    private final EngineState state = new EngineState();
    private final BatchSlots slots;
    private final RingPublisher publisher;
    private final EngineWriter writer;
    private final AgentThreads threads;
    private final CommandInvoker calls;
    private final EngineTickets tickets;
    private final EngineSeries series;
    private final HealthCheck health;
    private final Updates updates;
    private final EngineImages images;
    private final EngineAdmin admin;
    private final ManualClock manualClock;
    private final EnginePanels panels;
    private final CheckpointService copies;
    private final ReadGate readGate;
    private final EngineShutdown end;

    private TollgateEngine(final EngineOptions options, final EngineResources resources) {
        this.options = options;
        this.resources = resources;
        readGate = new ReadGate(options.limits().maxReadAttempts());
        final KnownHandles handles = new KnownHandles(resources.store(), open);
        final ManyToOneRingBuffer ring = RingPublisher.newRing(options.limits().ringLength());
        final Limits limits = options.limits();
        slots = new BatchSlots(limits.maxOpenBatchCount(), limits.maxBatchPointCount(), limits.batchTimeoutNs());
        final ValidTimeCheck times = new ValidTimeCheck(options.timesNearEpochAllowed());
        final IntakeGate gate = new IntakeGate();
        writer = new EngineWriter(options, resources, ring, gate, slots, state);
        health = new HealthCheck(state, writer, ring, options);
        copies = new CheckpointService(options, resources, writer, state);
        final DurabilityThread durability = new DurabilityThread(
                options,
                state,
                writer.durability(),
                resources
                        .directory()
                        .map(directory -> EngineCounters.create(
                                options.fileAccess(),
                                directory,
                                new EngineCounters.Sources(
                                        writer.counted(),
                                        copies,
                                        ring,
                                        readGate::contendedCount,
                                        this::backPressureCount))));
        final MaintenanceAgent maintenance = new MaintenanceAgent(
                resources, slots, writer.refusals(), options.threadingMode().hasMaintenanceThread());
        threads = new AgentThreads(options, state, writer, maintenance, durability, copies);
        calls = new CommandInvoker(options.threadingMode().isStepped(), state, writer.agent(), threads, open);
        publisher = new RingPublisher(ring, handles::has, handles::has, slots, times, gate, calls);
        tickets = new EngineTickets(writer, durability, calls);
        manualClock = new ManualClock(options.clockMode(), writer, calls);
        panels = new EnginePanels(writer, limits, handles, calls, this::newLevelReader);
        series = new EngineSeries(writer, panels, handles, calls, times);
        final PanelWatcher watcher = new PanelWatcher(writer, threads.queues(), calls, this::newCursors);
        updates = new UpdateRequests(new Subscriber(writer, threads.queues(), watcher::queueCount, calls), watcher);
        images = new ImageService(writer, options.clockMode(), series, handles, calls);
        admin = new EngineAdministration(copies, new Auditor(writer, options, calls), threads, this::counted);
        end = new EngineShutdown(state, writer, gate, threads, List.of(copies, readGate::close, open));
    }

    private long backPressureCount() {
        return publisher.backPressureCount();
    }

    private PanelCursors newCursors() {
        return new PanelCursors(panels.newReader(), newReader());
    }

    /**
     * Opens an engine: an empty one, or the state of a data directory.
     *
     * @param context the options; later changes have no effect.
     * @return the open engine.
     * @throws IllegalArgumentException     if an option is out of range.
     * @throws io.tollgate.api.MissingModulesException if the Java runtime lacks modules of the JDK.
     * @throws IllegalStateException        if the JVM lacks flags: the message has the line to paste.
     * @throws DirectoryInUseException      if another engine has the directory open.
     * @throws DirectoryDamagedException    if its files are damaged.
     * @throws UnsupportedVersionException  if another version of Tollgate wrote them.
     * @throws java.io.UncheckedIOException if an I/O operation fails.
     */
    public static TollgateEngine launch(final EngineContext context) {
        Objects.requireNonNull(context, "context=null, expected the options of the engine");
        final EngineOptions options = context.conclude();
        return Uninterruptibles.putOff(() -> launch(options, EngineResources.open(options)));
    }

    /**
     * Lists the flags that a JVM needs to open an engine, if it is started like this one: with the libraries on the
     * class path, or as modules. For build configurations and child processes.
     *
     * @return the flags in the order of a command line.
     */
    public static List<String> requiredFlags() {
        return JvmFlags.required();
    }

    /** Starts an engine on open resources. If that fails, the engine is closed as cleanly as possible. */
    static TollgateEngine launch(final EngineOptions options, final EngineResources resources) {
        TollgateEngine engine = null;
        try {
            engine = new TollgateEngine(options, resources);
            engine.start();
            return engine;
        } catch (final RuntimeException | Error e) {
            // An engine may have threads that it could not end, so the resources are abandoned only without one.
            CloseHelper.close(e::addSuppressed, engine == null ? resources::abandon : engine);
            throw e;
        }
    }

    private void start() {
        resources.begin(options.clockMode());
        writer.logClockMode(options.clockMode());
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
    public SeriesCatalog series() {
        return series;
    }

    @Override
    public Updates updates() {
        return updates;
    }

    @Override
    public EngineImages images() {
        return images;
    }

    @Override
    public EngineAdmin admin() {
        return admin;
    }

    @Override
    public Publisher publisher() {
        return publisher;
    }

    @Override
    public MetricReader newReader() {
        return new SeriesReader(resources.store(), readGate);
    }

    @Override
    public PanelReader newPanelReader() {
        return panels.newReader();
    }

    private LevelReader newLevelReader() {
        return new LevelReader(new LevelSource(resources.store()), readGate);
    }

    @Override
    public void awaitApplied(final long ticket) {
        tickets.awaitApplied(ticket);
    }

    @Override
    public boolean awaitApplied(final long ticket, final Duration timeout) {
        return tickets.awaitApplied(ticket, timeout);
    }

    @Override
    public Outcome awaitOutcome(final long ticket) {
        return tickets.awaitOutcome(ticket);
    }

    @Override
    public void awaitDurable(final long ticket) {
        tickets.awaitDurable(ticket);
    }

    @Override
    public boolean awaitDurable(final long ticket, final Duration timeout) {
        return tickets.awaitDurable(ticket, timeout);
    }

    @Override
    public boolean isDurable(final long ticket) {
        return tickets.isDurable(ticket);
    }

    @Override
    public boolean isApplied(final long ticket) {
        return tickets.isApplied(ticket);
    }

    @Override
    public long now() {
        return resources.clock().publishedNow();
    }

    @Override
    public void advanceTo(final long instantNs) {
        manualClock.advanceTo(instantNs);
    }

    @Override
    public int step() {
        return calls.step();
    }

    /**
     * {@return the report of the opening: the origin of the state and the replayed log; empty for an engine in memory}
     */
    public Optional<OpeningReport> opening() {
        return resources.opening();
    }

    EngineResources resources() {
        return resources;
    }

    @Override
    public EngineHealth health() {
        return health.health();
    }

    private EngineStatistics counted() {
        return open.whileOpen(
                () -> CountedStatistics.of(
                        writer, slots, readGate.contendedCount(), publisher.backPressureCount(), copies.counts()),
                () -> {
                    throw state.stoppedException();
                });
    }

    @Override
    public void close() {
        threads.requireOutside("close");
        end.close();
    }

    /** {@return the directory and the health} */
    @Override
    public String toString() {
        return options.directory().map(Object::toString).orElse("engine in memory") + ' ' + health();
    }
}
