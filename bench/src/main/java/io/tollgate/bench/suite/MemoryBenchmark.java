package io.tollgate.bench.suite;

import io.tollgate.examples.workload.Workload;
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

/**
 * The cost of reading one random line of 64 bytes on this machine, by the size of the memory. In one benchmark the
 * address of a line is known only from the previous line; in the other the addresses are independent. This cost times
 * the lines that a point touches (see the footprint) is a lower bound for applying the point. With {@code -t 2} it
 * shows the influence of one thread on another.
 */
public class MemoryBenchmark extends PointBenchmark {
    private static final int LINE = 64;

    /** Called by JMH. */
    public MemoryBenchmark() {}

    /** Lines outside the heap. Each contains the number of the next line. */
    @State(Scope.Thread)
    public static class Lines {
        /** Size of the memory in KiB, a power of two. */
        @Param({"512", "2048", "16384", "524288"})
        public int kibibytes;

        private UnsafeBuffer buffer;
        private int mask;
        private int line;
        private long drawn;

        /** Called by JMH. */
        public Lines() {}

        /** Draws a cycle through all lines. */
        @Setup(Level.Trial)
        public void draw() {
            buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(kibibytes << 10));
            mask = buffer.capacity() - LINE;
            final int count = buffer.capacity() / LINE;
            final int[] next = new int[count];
            for (int i = 0; i < count; i++) {
                next[i] = i;
            }
            final SplittableRandom random =
                    new SplittableRandom(Workload.named("W1").seriesCount());
            for (int i = count - 1; i > 0; i--) {
                final int other = random.nextInt(i);
                final int kept = next[i];
                next[i] = next[other];
                next[other] = kept;
            }
            for (int i = 0; i < count; i++) {
                buffer.putInt(i * LINE, next[i]);
            }
        }

        /** Follows the cycle to the next line. */
        int follow() {
            line = buffer.getInt(line * LINE);
            return line;
        }

        /** Reads a line at an independent position. */
        int any() {
            drawn = drawn * 0x5851_f42d_4c95_7f2dL + 1;
            return buffer.getInt((int) (drawn >>> 32) & mask);
        }
    }

    /**
     * Reads lines of which each contains the number of the next.
     *
     * @param lines to read.
     * @return the last line.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int chain(final Lines lines) {
        int last = 0;
        for (int i = 0; i < BATCH; i++) {
            last = lines.follow();
        }
        return last;
    }

    /**
     * Reads lines whose numbers are all known in advance.
     *
     * @param lines to read.
     * @return a number that only prevents dead-code elimination.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int independent(final Lines lines) {
        int sum = 0;
        for (int i = 0; i < BATCH; i++) {
            sum += lines.any();
        }
        return sum;
    }
}
