package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * An engine stepped by hand, and how many bytes the current thread allocates in many operations on it, or in a
 * quarter as many reads: these change nothing, so that one is like another.
 */
abstract class AllocationMeasurement {
    static final int OPERATIONS = TestEffort.times(50_000);
    static final int READS = OPERATIONS / 4;
    private static final int WARM_UP = 25_000;
    private static final int ROUNDS = 12;
    static final int SERIES = 100;
    private static final int BATCH = 500;
    static final Window REGISTERED = Window.slidingNs(1_000);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    final Engine engine = TollgateEngine.launch(new EngineContext()
            .timesNearEpochAllowed(true)
            .clockMode(ClockMode.EVENT)
            .stepped(true)
            .ringLength(1 << 16)
            .firstMapEntries(1 << 17));
    final Publisher publisher = engine.publisher();
    final StepSeries[] steps = new StepSeries[SERIES];
    final FlowSeries[] flows = new FlowSeries[SERIES];
    long time;
    private long rejectedCount;

    /** What is done many times. */
    interface Operation {
        void run(int number);
    }

    @BeforeEach
    void define() {
        for (int i = 0; i < SERIES; i++) {
            steps[i] = engine.defineStep(
                    SeriesDefinition.step("step." + i, Unit.PERCENT, 6).withWindows(REGISTERED));
            flows[i] = engine.defineFlow(
                    SeriesDefinition.flow("flow." + i, Unit.COUNT, 0).withWindows(REGISTERED, Window.slidingNs(50)));
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** Offers in batches and applies them, and counts the bytes of the one or of the other. */
    final long bytesOfOfferingAndApplying(final boolean isOffer) {
        bytesOfBatches(WARM_UP, isOffer);
        long bytes = bytesOfBatches(OPERATIONS, isOffer);
        for (int round = 1; round < ROUNDS && bytes > 0; round++) {
            bytes = Math.min(bytes, bytesOfBatches(OPERATIONS, isOffer));
        }
        assertEquals(0, rejectedCount);
        return bytes;
    }

    private long bytesOfBatches(final int operations, final boolean isOffer) {
        long bytes = 0;
        for (int i = 0; i < operations / BATCH; i++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            offerBatch();
            final long between = THREADS.getCurrentThreadAllocatedBytes();
            applyAll();
            final long after = THREADS.getCurrentThreadAllocatedBytes();
            bytes += isOffer ? between - before : after - between;
        }
        return bytes;
    }

    private void offerBatch() {
        for (int i = 0; i < BATCH; i++) {
            time++;
            final int series = (int) (time / 2 % SERIES);
            final long ticket = (time & 1) == 0
                    ? publisher.offer(steps[series], time, time % 200, Publisher.NONE, Publisher.NONE)
                    : publisher.offer(flows[series], time, time % 200, Publisher.NONE, Publisher.NONE);
            if (ticket <= 0) {
                rejectedCount++;
            }
        }
    }

    final void applyAll() {
        while (engine.step() > 0) {
            Thread.onSpinWait();
        }
    }

    final void offer(final StepSeries series, final long validTime, final long value) {
        final long ticket = publisher.offer(series, validTime, value, Publisher.NONE, Publisher.NONE);
        if (ticket == Publisher.BACK_PRESSURED) {
            applyAll();
            offer(series, validTime, value);
        }
    }

    final void fill() {
        for (int i = 0; i < 200; i++) {
            offerBatch();
            applyAll();
        }
    }

    /**
     * The bytes of many operations, in the best of a few rounds: the JVM allocates by itself where it links a call
     * for the first time, but what an operation allocates it allocates in every round.
     */
    static long bytesOf(final Operation operation) {
        return bytesOf(operation, OPERATIONS);
    }

    /** The bytes of a quarter as many reads, in the same way. */
    static long bytesOfReads(final Operation read) {
        return bytesOf(read, READS);
    }

    private static long bytesOf(final Operation operation, final int operations) {
        bytesOfRound(operation, Math.min(WARM_UP, operations));
        long bytes = bytesOfRound(operation, operations);
        for (int round = 1; round < ROUNDS && bytes > 0; round++) {
            bytes = Math.min(bytes, bytesOfRound(operation, operations));
        }
        return bytes;
    }

    private static long bytesOfRound(final Operation operation, final int operations) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < operations; i++) {
            operation.run(i);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
