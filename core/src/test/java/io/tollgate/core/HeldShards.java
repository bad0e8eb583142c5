package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.ingest.OfferedTime;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import io.tollgate.core.read.ReadGate;
import io.tollgate.core.read.ShardedReader;
import io.tollgate.core.store.KnownHandles;
import io.tollgate.core.store.OpenStores;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.ShardStores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** The shards of an engine, put together as it does that, with their rings at hand; worked by the caller. */
final class HeldShards implements AutoCloseable {
    private static final int MOST_CYCLES = 1_000;
    private static final long CYCLE_AT_STOP_NS = 1_000_000;

    private final EngineContext context;
    private final EngineShards shards;
    private final BatchSlots slots;
    private final List<ManyToOneRingBuffer> rings;
    private final RingPublisher publisher;
    private final EngineState state = new EngineState();
    private final List<ShardWorker> workers = new ArrayList<>();
    private final WatchTurn turn = new WatchTurn();
    private final Set<EngineAgent> ended = new HashSet<>();
    private long elapsedNs;

    HeldShards(final EngineContext context) {
        this(context, RingPublisher.newRings(context.shardCount(), context.ringLength()));
    }

    HeldShards(final EngineContext context, final List<ManyToOneRingBuffer> rings) {
        this.context = context;
        this.rings = rings;
        context.nanoClock(() -> elapsedNs).conclude();
        shards = EngineShards.open(context);
        shards.begin();
        final int count = context.shardCount();
        final Limits limits = context.limits();
        slots = new BatchSlots(limits.maxOpenBatchCount(), limits.maxBatchPointCount(), limits.batchTimeoutNs());
        publisher = new RingPublisher(
                rings,
                ShardPlace.bits(count),
                series -> true,
                count == 1 || context.clockMode() != ClockMode.EVENT
                        ? Optional.empty()
                        : Optional.of(new OfferedTime(shards.stampedTime())),
                slots);
        final SeriesQuota quota = new SeriesQuota(limits.maxSeriesCount(), shards.seriesCount());
        for (int i = 0; i < count; i++) {
            workers.add(new ShardWorker(
                    context,
                    shards.list().get(i),
                    rings.get(i),
                    publisher,
                    slots,
                    state,
                    context.refusalHandler(),
                    quota,
                    turn));
            workers.get(i).logClockMode(context.clockMode());
        }
    }

    int shardCount() {
        return rings.size();
    }

    int shardOf(final long seriesNumber) {
        return ShardPlace.indexOf(seriesNumber, rings.size());
    }

    ShardWorker worker(final int shard) {
        return workers.get(shard);
    }

    ManyToOneRingBuffer ring(final int shard) {
        return rings.get(shard);
    }

    Publisher publisher() {
        return publisher;
    }

    /** Whose turn it is to change what is watched over many series. */
    WatchTurn turn() {
        return turn;
    }

    /** Defines a series, or finds it. */
    Series define(final SeriesDefinition definition) {
        return workers.get(ShardPlace.indexOf(definition.key(), rings.size()))
                .registry()
                .define(definition);
    }

    /** Defines a level that lies on a shard, or finds it. */
    StepSeries levelOn(final int shard) {
        return (StepSeries) define(SeriesDefinition.step(keyOn(shard, "level"), Unit.COUNT, 0));
    }

    /** A key that begins so, of a series that lies on a shard. */
    String keyOn(final int shard, final String begin) {
        String key = begin;
        while (ShardPlace.indexOf(key, rings.size()) != shard) {
            key += "x";
        }
        return key;
    }

    /** What lets control threads call the shards, while their stores are open. */
    EngineCalls newCalls(final OpenStores open) {
        final AgentThreads threads = new AgentThreads(
                context,
                state,
                workers,
                new MaintenanceAgent(shards.list(), slots, false),
                new DurabilityThread(context, state, workers, Optional.empty()),
                new EngineCopies(context, Optional.empty(), workers, state));
        return new EngineCalls(context.isStepped(), state, workers, threads, open);
    }

    MetricReader newReader() {
        return new ShardedReader(stores(), new ReadGate(), MOST_CYCLES, new LongAdder());
    }

    private ShardStores stores() {
        return new ShardStores(shards.list().stream().map(EngineShard::store).toList());
    }

    /** What watches series of all shards, on the thread of the first one; control threads wait until that is worked. */
    PanelWatcher newWatcher(final OpenStores open) {
        final EngineCalls calls = newCalls(open);
        final LongSupplier now = shards.time()::now;
        final PanelWatcher watcher = new PanelWatcher(
                workers,
                context.limits(),
                calls,
                new EnginePanels(
                        workers,
                        context.limits(),
                        new KnownHandles(stores(), open),
                        calls,
                        state,
                        () -> new LevelReader(new LevelSource(stores()), new ReadGate(), MOST_CYCLES, new LongAdder()),
                        now),
                this::newReader,
                new ListenerThread(context, state),
                now,
                turn,
                state);
        watcher.follow(workers.get(0).agent(), agent -> agent::awaitRoom);
        return watcher;
    }

    /** Works all shards until all is applied or refused; gives what has ended them, empty if nothing has. */
    String work() {
        for (int i = 0; i < MOST_CYCLES; i++) {
            int work = 0;
            for (final ShardWorker worker : workers) {
                try {
                    work += worker.agent().doWork();
                } catch (final IllegalStateException e) {
                    assertTrue(state.isFailed() && worker.agent().isStopped(), "the engine goes on");
                    return e.getMessage();
                }
            }
            if (work == 0) {
                workers.forEach(worker -> assertEquals(
                        worker.agent().claimedPosition(), worker.agent().appliedPosition(), "left waiting"));
                return "";
            }
        }
        throw new AssertionError("cycles=" + MOST_CYCLES + ", expected fewer");
    }

    /** Lets nobody offer any more who has not begun with it. */
    void closePublisher() {
        publisher.close();
    }

    /** Asks all shards to end; each is to be worked until it has. */
    void requestStop() {
        state.requestStop();
    }

    boolean isFailed() {
        return state.isFailed();
    }

    /** Works one shard until it has nothing to do, or ends, which only the other shards know before {@link #stop}. */
    void workAlone(final int shard) {
        int work = 1;
        for (int i = 0; i < MOST_CYCLES && work > 0; i++) {
            work = workOnce(shard);
        }
        assertEquals(0, work, "left working");
    }

    /** Works one shard for a cycle, unless it has ended. */
    int workOnce(final int shard) {
        return workOrEnd(workers.get(shard).agent());
    }

    /** Whether a shard has ended. */
    boolean hasEnded(final int shard) {
        return ended.contains(workers.get(shard).agent());
    }

    /** Lets time go on, by which it is measured for how long something takes. */
    void elapse(final long durationNs) {
        elapsedNs += durationNs;
    }

    /** Asks all shards to end, and works them until they have, a cycle each millisecond; false if they do not. */
    boolean stop(final int mostCycles) {
        requestStop();
        for (int i = 0; i < mostCycles && ended.size() < workers.size(); i++) {
            elapse(CYCLE_AT_STOP_NS);
            for (final ShardWorker worker : workers) {
                workOrEnd(worker.agent());
                if (ended.contains(worker.agent()) && !worker.agent().isStopped()) {
                    worker.agent().onClose();
                }
            }
        }
        return ended.size() == workers.size();
    }

    private int workOrEnd(final EngineAgent agent) {
        try {
            return ended.contains(agent) ? 0 : agent.doWork();
        } catch (final AgentTerminationException e) {
            ended.add(agent);
            return 0;
        }
    }

    /** As a kill would end it: what is opened next is made from the logs. */
    @Override
    public void close() {
        shards.abandon();
    }
}
