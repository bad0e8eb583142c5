package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.EngineStatistics;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.Listening;
import io.tollgate.api.MetricReader;
import io.tollgate.api.PanelReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.SeriesKind;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.WindowRegistration;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesReader;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** The engine: one shard, one thread that writes it, and as many publishers and readers as the program likes. */
public final class TollgateEngine implements Engine {
    private static final int SPINS = 200;
    private static final long PARK_NS = 20_000;

    private final EngineContext context;
    private final EngineShard shard;
    private final RingPublisher publisher;
    private final PointAdmission admission;
    private final OperationJournal journal;
    private final SeriesRegistry registry;
    private final WindowRegistrar registrar;
    private final EngineAgent agent;
    private final AgentThreads threads;
    private final Subscriber subscriber;
    private final ReadGate gate = new ReadGate();
    private final LongAdder contendedCount = new LongAdder();
    private final Object closeLock = new Object();
    private final Object controlLock = new Object();
    private boolean isClosed;

    private TollgateEngine(final EngineContext context, final EngineShard shard) {
        this.context = context;
        this.shard = shard;
        final ManyToOneRingBuffer ring = new ManyToOneRingBuffer(new UnsafeBuffer(
                ByteBuffer.allocateDirect(context.ringLength() + RingBufferDescriptor.TRAILER_LENGTH)));
        publisher = new RingPublisher(ring, shard.store()::has);
        journal = new OperationJournal(
                shard.log(),
                shard.positions(),
                shard.applier(),
                context.limits().drainLimit());
        admission = new PointAdmission(shard.store(), shard.clock(), journal, shard.updates(), context);
        registry = new SeriesRegistry(shard.store(), journal, context.limits());
        registrar = new WindowRegistrar(shard.store(), journal, context.limits());
        agent = new EngineAgent(
                ring,
                publisher,
                shard.clock(),
                admission,
                journal,
                shard.updates(),
                context.limits().drainLimit());
        threads = new AgentThreads(context, agent, new MaintenanceAgent(shard.store(), shard.log()));
        subscriber = new Subscriber(
                new SubscriptionRegistrar(journal, admission, shard.updates(), context.limits()),
                shard.updates(),
                context.limits(),
                threads.listeners(),
                this::call);
        shard.updates().fullQueueWait(context.isStepped() ? threads::stepListeners : agent::awaitRoom);
    }

    /**
     * Opens an engine: a new one, or what a data directory holds.
     *
     * @param context options; not to be changed afterwards.
     * @return the open engine.
     * @throws IllegalArgumentException     if an option is out of range.
     * @throws IllegalStateException        if the JVM lacks flags (the message has the line to paste), if another
     *                                      engine has the directory open, or if its files are damaged or of another
     *                                      layout.
     * @throws java.io.UncheckedIOException if the disk refuses.
     */
    public static TollgateEngine launch(final EngineContext context) {
        context.conclude();
        final EngineShard shard = EngineShard.open(context);
        try {
            final TollgateEngine engine = new TollgateEngine(context, shard);
            engine.start();
            return engine;
        } catch (final RuntimeException | Error e) {
            shard.abandon();
            throw e;
        }
    }

    private void start() {
        logClockMode();
        try {
            threads.start();
        } catch (final RuntimeException | Error e) {
            threads.close();
            throw e;
        }
    }

    /** Logs what moves the clock from here on, where that is not what the log says: a replay is to move it likewise. */
    private void logClockMode() {
        final int modeCode = context.clockMode().code();
        if (shard.applier().modeCode() != modeCode) {
            new ClockOperation()
                    .encode(journal.buffer(), journal.offset(), shard.clock().now(), modeCode);
            journal.add();
            journal.commit();
        }
    }

    @Override
    public StepSeries defineStep(final SeriesDefinition definition) {
        requireKind(definition, SeriesKind.STEP);
        return (StepSeries) call("define", () -> registry.define(definition));
    }

    @Override
    public FlowSeries defineFlow(final SeriesDefinition definition) {
        requireKind(definition, SeriesKind.FLOW);
        return (FlowSeries) call("define", () -> registry.define(definition));
    }

    private static void requireKind(final SeriesDefinition definition, final SeriesKind expected) {
        if (definition.kind() != expected) {
            throw new IllegalArgumentException(
                    "series=" + definition.key() + " kind=" + definition.kind() + ", expected " + expected);
        }
    }

    @Override
    public void register(final WindowRegistration registration) {
        call("register", registrar.check(registration), () -> {
            registrar.register(registration);
            return registration;
        });
    }

    @Override
    public Optional<Series> find(final String key) {
        return callOrRun(() -> registry.find(key));
    }

    @Override
    public Optional<Series> find(final long number) {
        return callOrRun(() -> registry.find(number));
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
    public boolean unsubscribe(final String name) {
        return subscriber.unsubscribe(name);
    }

    @Override
    public List<Subscription> subscriptions() {
        return subscriber.subscriptions();
    }

    @Override
    public Publisher publisher() {
        return publisher;
    }

    @Override
    public MetricReader newReader() {
        return new SeriesReader(shard.store(), gate, context.limits().maxReadAttempts(), contendedCount);
    }

    @Override
    public PanelReader newPanelReader() {
        return new MemberReader(
                new LevelReader(shard.store(), gate, context.limits().maxReadAttempts(), contendedCount));
    }

    @Override
    public void awaitApplied(final long ticket) {
        if (ticket < 0) {
            throw new IllegalArgumentException("ticket=" + Publisher.describe(ticket)
                    + ", expected one above 0: nothing was offered; look at the code before waiting");
        }
        if (ticket == 0 || !agent.isStopped() && ticket > agent.claimedTicket()) {
            throw new IllegalArgumentException(
                    "ticket=" + ticket + ", expected one that the publisher of this engine gave out");
        }
        for (int i = 0; agent.appliedTicket() < ticket; i++) {
            if (agent.isStopped() && agent.appliedTicket() < ticket) {
                throw agent.stoppedException();
            }
            threads.requireOutside("awaitApplied");
            if (context.isStepped()) {
                stepOn();
            } else {
                idle(i);
            }
        }
    }

    private static void idle(final int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("thread=" + Thread.currentThread().getName()
                    + " interrupted while waiting for a ticket; the point will be applied all the same");
        }
        LockSupport.parkNanos(PARK_NS);
    }

    @Override
    public long appliedTicket() {
        return agent.appliedTicket();
    }

    @Override
    public long now() {
        return shard.clock().published();
    }

    @Override
    public void advanceTo(final long instantNs) {
        Instants.requireInRange(instantNs);
        if (context.clockMode() != ClockMode.MANUAL) {
            throw new IllegalStateException("clockMode=" + context.clockMode()
                    + ", expected MANUAL: in the other modes time comes from the clock or the points");
        }
        call("advanceTo", () -> {
            new ClockOperation().encode(journal.buffer(), journal.offset(), instantNs);
            journal.add();
            journal.commit();
            shard.clock().publish();
            return instantNs;
        });
    }

    @Override
    public int step() {
        if (agent.isStopped()) {
            throw agent.stoppedException();
        }
        return threads.step();
    }

    /** Works the engine that its caller waits for. */
    private void stepOn() {
        if (step() == 0 && agent.isHeldBack()) {
            throw new IllegalStateException("updateQueue=full, expected room: poll it before waiting for an engine that"
                    + " is stepped by the same thread");
        }
    }

    /** Does something on the engine's thread: at once where that is the caller's, else as a command. */
    private <T> T callOrRun(final Supplier<T> action) {
        if (agent.isStopped()) {
            throw agent.stoppedException();
        }
        return context.isStepped() || threads.isInside() ? action.get() : call("find", action);
    }

    private <T> T call(final String name, final Supplier<T> action) {
        return call(name, () -> true, action);
    }

    private <T> T call(final String name, final BooleanSupplier preparation, final Supplier<T> action) {
        threads.requireOutside(name);
        final EngineCommand<T> command = new EngineCommand<>(preparation, action);
        agent.submit(command);
        while (context.isStepped() && !command.isDone()) {
            stepOn();
        }
        return command.await();
    }

    /** Operations of the log that could not be applied, as what they rest on is lost. */
    long orphanedCount() {
        return shard.applier().orphanedCount();
    }

    @Override
    public EngineStatistics statistics() {
        synchronized (controlLock) {
            if (isClosed) {
                throw agent.stoppedException();
            }
            final Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
            for (final RefusalReason reason : RefusalReason.values()) {
                if (admission.refusedCount(reason) > 0) {
                    refused.put(reason, admission.refusedCount(reason));
                }
            }
            return new EngineStatistics(
                    shard.store().seriesCount(),
                    shard.applier().appliedCount(),
                    shard.applier().revisedCount(),
                    shard.applier().lateCount(),
                    shard.applier().ignoredCount(),
                    shard.applier().withdrawnCount(),
                    refused,
                    contendedCount.sum(),
                    publisher.backPressureCount(),
                    shard.store().bytes(),
                    shard.store().stallCount()
                            + shard.log().map(OperationLog::stalls).orElse(0L));
        }
    }

    @Override
    public void close() {
        threads.requireOutside("close");
        synchronized (closeLock) {
            if (isClosed) {
                return;
            }
            publisher.close();
            threads.close();
            gate.close();
            // Only now: a handler on the engine's thread may have asked for statistics until here.
            synchronized (controlLock) {
                isClosed = true;
                if (agent.isFailed()) {
                    shard.abandon();
                } else {
                    shard.close();
                }
            }
        }
    }
}
