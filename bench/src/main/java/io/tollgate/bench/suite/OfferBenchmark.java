package io.tollgate.bench.suite;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadEngine;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The cost for a producer to offer a point: claim, write and commit a record on the ring. The floor writes the same
 * fields to a plain buffer and releases a position after each record.
 */
public class OfferBenchmark extends PointBenchmark {
    /** Called by JMH. */
    public OfferBenchmark() {}

    /** An engine, its ring empty before each invocation; points are of series taken at random from among all. */
    @State(Scope.Thread)
    public static class EmptyRing {
        private static final long STEP_NS = 1_000_000;
        private static final long FIRST_NS = 1_700_000_000_000_000_000L;

        /** The kind of all series. */
        @Param({"FLOW", "STEP"})
        public SeriesKind kind;

        /** The durability of the engine. */
        @Param("NONE")
        public Durability durability;

        /** The number of series. The handles of very many are not in the cache. */
        @Param({"100", "1000000"})
        public int seriesCount;

        private final SplittableRandom random = new SplittableRandom(1);
        private final PointBatch batch = new PointBatch(BATCH);
        private WorkloadEngine engine;
        private long lastTimeNs;

        /** Made by JMH. */
        public EmptyRing() {}

        /** Opens the engine. */
        @Setup(Level.Trial)
        public void open() {
            engine = new WorkloadEngine(Workload.named("W2:" + seriesCount), kind, durability);
            lastTimeNs = FIRST_NS;
        }

        /** Lets the engine take what the invocation before has offered, and draws the next batch. */
        @Setup(Level.Invocation)
        public void drain() {
            engine.apply();
            for (int i = 0; i < BATCH; i++) {
                lastTimeNs += STEP_NS;
                batch.series[i] = random.nextInt(seriesCount);
                batch.timesNs[i] = lastTimeNs;
                batch.scaled[i] = random.nextInt(1_000);
            }
        }

        /** Closes the engine. */
        @TearDown(Level.Trial)
        public void close() {
            engine.close();
        }
    }

    /** A buffer that is overwritten repeatedly. */
    @State(Scope.Thread)
    public static class PlainBuffer {
        private static final int LENGTH = 1 << 20;
        private static final int RECORD = 48;

        private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH + RECORD + Long.BYTES));
        private final PointStream stream = new PointStream(Workload.named("W1:100"));
        private final PointBatch batch = new PointBatch(BATCH);
        private long position;

        /** Called by JMH. */
        public PlainBuffer() {}

        /** Draws the next batch. */
        @Setup(Level.Invocation)
        public void draw() {
            stream.next(batch);
        }

        private long put(final int series, final long timeNs, final long value) {
            final int at = (int) position & LENGTH - 1;
            buffer.putLong(at, series);
            buffer.putLong(at + 8, timeNs);
            buffer.putLong(at + 16, value);
            buffer.putLong(at + 24, Long.MIN_VALUE);
            buffer.putLong(at + 32, Long.MIN_VALUE);
            position += RECORD;
            buffer.putLongRelease(LENGTH + RECORD, position);
            return position;
        }
    }

    /**
     * Offers points to the engine by the handles of their series.
     *
     * @param load with an empty ring.
     * @return the last ticket.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long offer(final EmptyRing load) {
        return load.engine.offer(load.batch);
    }

    /**
     * Offers points to the engine by the numbers of their series.
     *
     * @param load with an empty ring.
     * @return the last ticket.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long offerByNumber(final EmptyRing load) {
        return load.engine.offerByNumber(load.batch);
    }

    /**
     * Writes points to a buffer.
     *
     * @param plain to write to.
     * @return the last position.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long floor(final PlainBuffer plain) {
        long last = 0;
        for (int i = 0; i < BATCH; i++) {
            last = plain.put(plain.batch.series[i], plain.batch.timesNs[i], plain.batch.scaled[i]);
        }
        return last;
    }
}
