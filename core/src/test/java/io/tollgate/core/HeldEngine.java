package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Publisher;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.config.Limits;
import io.tollgate.core.config.ValidTimeCheck;
import io.tollgate.core.control.AgentThreads;
import io.tollgate.core.control.CheckpointService;
import io.tollgate.core.control.CommandInvoker;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.ingest.IntakeGate;
import io.tollgate.core.ingest.PointApplier;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.open.EngineResources;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.SeriesReader;
import io.tollgate.core.store.OpenStores;
import io.tollgate.core.writer.DurabilityThread;
import io.tollgate.core.writer.EngineWriter;
import io.tollgate.core.writer.MaintenanceAgent;
import java.util.Optional;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** An engine that the test runs cycle by cycle, assembled like {@link TollgateEngine}, with access to its ring. */
public class HeldEngine implements AutoCloseable {
    private static final int MOST_CYCLES = 1_000;
    private static final long CYCLE_AT_STOP_NS = 1_000_000;

    private static final PointApplier NOT_STEPPED = (type, series, validAt, value, knownAt, reference) -> {
        throw new IllegalStateException("stepped=false, expected true: this engine is worked cycle by cycle");
    };

    private final EngineOptions options;
    private final EngineResources resources;
    private final BatchSlots slots;
    private final ManyToOneRingBuffer ring;
    private final RingPublisher publisher;
    private final EngineState state = new EngineState();
    private final EngineWriter worker;
    private boolean hasEnded;
    private long elapsedNs;

    public HeldEngine(final EngineContext context) {
        options = context.nanoClock(() -> elapsedNs).conclude();
        resources = EngineResources.open(options);
        resources.begin(options.clockMode());
        ring = RingPublisher.newRing(options.limits().ringLength());
        final Limits limits = options.limits();
        slots = new BatchSlots(limits.maxOpenBatchCount(), limits.maxBatchPointCount(), limits.batchTimeoutNs());
        final IntakeGate gate = new IntakeGate();
        publisher = new RingPublisher(
                ring, series -> true, number -> true, slots, new ValidTimeCheck(true), gate, NOT_STEPPED);
        worker = new EngineWriter(options, resources, ring, gate, slots, state);
        worker.logClockMode(options.clockMode());
    }

    EngineResources resources() {
        return resources;
    }

    public EngineWriter worker() {
        return worker;
    }

    public ManyToOneRingBuffer ring() {
        return ring;
    }

    /** Defines a series, or returns the existing one. */
    public Series define(final SeriesDefinition definition) {
        return worker.registry().define(definition);
    }

    /** Defines a step series, or returns the existing one. */
    public StepSeries level() {
        return (StepSeries) define(SeriesDefinition.step("level", Unit.COUNT, 0));
    }

    /**
     * Runs cycles until all operations are applied or refused. Returns the reason if the engine has ended, else an
     * empty text.
     */
    public String work() {
        for (int i = 0; i < MOST_CYCLES; i++) {
            try {
                if (worker.agent().doWork() == 0) {
                    assertEquals(
                            worker.agent().claimedPosition(), worker.agent().appliedPosition(), "left waiting");
                    return "";
                }
            } catch (final IllegalStateException e) {
                assertTrue(state.isFailed() && worker.agent().isStopped(), "the engine continues");
                return e.getMessage();
            }
        }
        throw new AssertionError("cycles=" + MOST_CYCLES + ", expected fewer");
    }

    /** Runs cycles until the engine is idle or has ended. */
    public void workOff() {
        int work = 1;
        for (int i = 0; i < MOST_CYCLES && work > 0; i++) {
            work = workOrEnd();
        }
        assertEquals(0, work, "left working");
    }

    public boolean hasEnded() {
        return hasEnded;
    }

    /** Asks the engine to end and runs a cycle each millisecond. Returns false if the engine does not end. */
    public boolean stop(final int mostCycles) {
        requestStop();
        for (int i = 0; i < mostCycles && !hasEnded; i++) {
            elapse(CYCLE_AT_STOP_NS);
            workOrEnd();
        }
        if (hasEnded && !worker.agent().isStopped()) {
            worker.agent().onClose();
        }
        return hasEnded;
    }

    private int workOrEnd() {
        try {
            return hasEnded ? 0 : worker.agent().doWork();
        } catch (final AgentTerminationException e) {
            hasEnded = true;
            return 0;
        }
    }

    public Publisher publisher() {
        return publisher;
    }

    public CommandInvoker newCalls(final OpenStores open) {
        final AgentThreads threads = new AgentThreads(
                options,
                state,
                worker,
                new MaintenanceAgent(resources, slots, worker.refusals(), false),
                new DurabilityThread(options, state, worker.durability(), Optional.empty()),
                new CheckpointService(options, resources, worker, state));
        return new CommandInvoker(options.threadingMode().isStepped(), state, worker.agent(), threads, open);
    }

    public MetricReader newReader() {
        return new SeriesReader(resources.store(), new ReadGate(MOST_CYCLES));
    }

    /** Asks the engine to end; the caller has to run it until then. */
    public void requestStop() {
        state.requestStop();
    }

    /** Advances the clock by which the engine measures durations. */
    public void elapse(final long durationNs) {
        elapsedNs += durationNs;
    }

    /** Ends the engine as a kill does, so that the next opening replays the log. */
    @Override
    public void close() {
        resources.abandon();
    }
}
