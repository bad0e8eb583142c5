package io.tollgate.bench.internal;

import io.tollgate.api.Outcome;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.bench.suite.PointBenchmark;
import io.tollgate.core.config.ValidTimeCheck;
import io.tollgate.core.ingest.BatchSlots;
import io.tollgate.core.ingest.IntakeGate;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The cost of passing a point through the ring. One thread offers 64 points, then reads them with a consumer that only
 * sums their values. The floor passes the same records through a ring for a single producer.
 */
public class RingPassBenchmark extends PointBenchmark {
    /** Points passed in one invocation. */
    public static final int DRAIN = 64;

    private static final int RING_LENGTH = 1 << 20;

    /** Called by JMH. */
    public RingPassBenchmark() {}

    /** Sums the values of the records. */
    private static final class ValueSum implements MessageHandler {
        private final PointOperation operation = new PointOperation();
        private long sum;

        @Override
        public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
            sum += operation.wrap(buffer, index).value();
        }
    }

    /** The engine's publisher and ring. */
    @State(Scope.Thread)
    public static class EngineRing {
        private final ManyToOneRingBuffer ring = new ManyToOneRingBuffer(newBuffer());
        private final RingPublisher publisher = new RingPublisher(
                ring,
                handle -> true,
                number -> true,
                new BatchSlots(1, 1, Long.MAX_VALUE),
                new ValidTimeCheck(true),
                new IntakeGate(),
                (type, series, validAt, value, knownAt, reference) -> Outcome.FORGOTTEN);
        private final StepSeries series = new StepSeries(1, SeriesDefinition.step("bench", Unit.COUNT, 0));
        private final ValueSum handler = new ValueSum();
        private long next;

        /** Called by JMH. */
        public EngineRing() {}
    }

    /** A ring for one producer. */
    @State(Scope.Thread)
    public static class PlainRing {
        private final OneToOneRingBuffer ring = new OneToOneRingBuffer(newBuffer());
        private final ValueSum handler = new ValueSum();
        private long next;

        /** Called by JMH. */
        public PlainRing() {}
    }

    private static UnsafeBuffer newBuffer() {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(RING_LENGTH + RingBufferDescriptor.TRAILER_LENGTH));
    }

    /** The end of the ring is padded, so one read may return fewer records. */
    private static long drain(final RingBuffer ring, final ValueSum handler) {
        int left = DRAIN;
        while (left > 0) {
            left -= ring.read(handler, left);
        }
        return handler.sum;
    }

    /**
     * Passes points through the engine's ring.
     *
     * @param pass the publisher and its ring.
     * @return the sum of the values.
     */
    @Benchmark
    @OperationsPerInvocation(DRAIN)
    public long ringPass(final EngineRing pass) {
        for (int i = 0; i < DRAIN; i++) {
            pass.publisher.offer(pass.series, pass.next, pass.next++);
        }
        return drain(pass.ring, pass.handler);
    }

    /**
     * Passes points through a ring for one producer.
     *
     * @param pass the ring.
     * @return the sum of the values.
     */
    @Benchmark
    @OperationsPerInvocation(DRAIN)
    public long floor(final PlainRing pass) {
        for (int i = 0; i < DRAIN; i++) {
            final int at = pass.ring.tryClaim(RingPublisher.OPERATION_MESSAGE, PointOperation.LENGTH);
            PointOperation.put(
                    pass.ring.buffer(),
                    at,
                    OperationDescriptor.POINT,
                    OperationDescriptor.NO_BATCH,
                    1,
                    pass.next,
                    pass.next++,
                    OperationDescriptor.MISSING,
                    OperationDescriptor.MISSING);
            pass.ring.commit(at);
        }
        return drain(pass.ring, pass.handler);
    }
}
