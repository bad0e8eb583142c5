package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class RecordChainAllocationTest {
    private static final int CALLS = 5_000;

    private long[] kept = {};
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Returns the least of several runs, because the JIT compiler sometimes allocates on this thread. */
    private long allocatedBytes(final LongUnaryOperator call) {
        long least = Long.MAX_VALUE;
        long sum = 0;
        for (int run = 0; run < 10; run++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (long i = 0; i < CALLS; i++) {
                sum += call.applyAsLong(i);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(sum != 0, "the calls had no result");
        return least;
    }

    @Test
    void shouldAllocateNothingForAnAddress() {
        try (RecordChain chain = RecordChain.anonymous("records", 64, 1_000)) {
            for (int i = 0; i < 10_000; i++) {
                chain.append();
            }
            assertEquals(0, allocatedBytes(i -> chain.address(i - 100)));
        }
    }

    @Test
    void shouldAllocateNothingToAppendIntoAMapThatWasUsedBefore() {
        try (RecordChain chain = RecordChain.anonymous("records", 16, 100_000)) {
            assertEquals(0, allocatedBytes(i -> chain.append() + 1));
        }
    }

    @Test
    void shouldSeeWhatIsAllocated() {
        final long allocated = allocatedBytes(i -> {
            kept = new long[1];
            return 1;
        });
        assertTrue(allocated >= 16L * CALLS, "allocated=" + allocated + " kept=" + kept.length);
    }
}
