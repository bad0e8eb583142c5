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
 * What one random line of 64 bytes costs on this machine, by how much memory they lie in: where the next one is known
 * only from the last one, and where they do not depend on each other. With the lines that a point touches (footprint)
 * this is the least that applying it can take. On two threads ({@code -t 2}), what one takes from the other.
 */
public class MemoryBenchmark extends PointBenchmark {
    private static final int LINE = 64;

    /** Made by JMH. */
    public MemoryBenchmark() {}

    /** Lines outside the heap, each with the number of the next one. */
    @State(Scope.Thread)
    public static class Lines {
        /** How much memory, in KiB: a power of two. */
        @Param({"512", "2048", "16384", "524288"})
        public int kibibytes;

        private UnsafeBuffer buffer;
        private int mask;
        private int line;
        private long drawn;

        /** Made by JMH. */
        public Lines() {}

        /** Draws a way that comes by all lines before it comes back. */
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

        /** Goes on to the next line on the way. */
        int follow() {
            line = buffer.getInt(line * LINE);
            return line;
        }

        /** Reads a line anywhere. */
        int any() {
            drawn = drawn * 0x5851_f42d_4c95_7f2dL + 1;
            return buffer.getInt((int) (drawn >>> 32) & mask);
        }
    }

    /**
     * Each line says which one is next.
     *
     * @param lines to read.
     * @return the last one.
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
     * Lines that are known before any of them is read.
     *
     * @param lines to read.
     * @return a number without meaning.
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
