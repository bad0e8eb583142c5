package io.tollgate.bench.suite;

import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The cost for a producer to offer a point: claim, write and commit a record on the ring. The floor writes the same
 * fields to a plain buffer and releases a position after each record.
 */
public class OfferBenchmark extends PointBenchmark {
    /** Called by JMH. */
    public OfferBenchmark() {}

    /** The engine, its ring empty and the next batch drawn before each invocation. */
    public static class EmptyRing extends EngineLoad {
        /** Called by JMH. */
        public EmptyRing() {}

        @Override
        protected String workload() {
            return "W1:100";
        }

        /** Lets the engine drain the offers of the previous invocation. */
        @Setup(Level.Invocation)
        public void drain() {
            engine.apply();
            draw();
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
     * Offers points to the engine.
     *
     * @param load with an empty ring.
     * @return the last ticket.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long offer(final EmptyRing load) {
        return load.offer();
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
