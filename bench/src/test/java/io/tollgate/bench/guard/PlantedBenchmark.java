package io.tollgate.bench.guard;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** A reference, a benchmark that costs twice as much, and variants of it with one fault each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PlantedBenchmark {
    static final int OPERATIONS = 20;

    private static final int REFERENCE = 200;
    private static final int HOT = 2 * REFERENCE;
    private static final int SLOWER = HOT + HOT / 2;

    @Benchmark
    public void reference() {
        consume(REFERENCE);
    }

    @Benchmark
    public void hot() {
        consume(HOT);
    }

    @Benchmark
    public void slower() {
        consume(SLOWER);
    }

    @Benchmark
    public void allocating(final Blackhole blackhole) {
        for (int i = 0; i < OPERATIONS; i++) {
            Blackhole.consumeCPU(HOT);
            blackhole.consume(new Object());
        }
    }

    private static void consume(final int tokens) {
        for (int i = 0; i < OPERATIONS; i++) {
            Blackhole.consumeCPU(tokens);
        }
    }
}
