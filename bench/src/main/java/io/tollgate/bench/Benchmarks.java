package io.tollgate.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The entry point of {@code benchmarks.jar}: a command of its own, or else the JMH suite with JMH's own options, and the
 * profiler of allocations always on.
 */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs a command.
     *
     * @param arguments of JMH.
     * @throws IOException if JMH cannot write its results.
     */
    public static void main(final String... arguments) throws IOException {
        org.openjdk.jmh.Main.main(withAllocations(arguments));
    }

    private static String[] withAllocations(final String... arguments) {
        final String text = String.join(" ", arguments);
        return text.contains("-prof gc") || text.contains("-h")
                ? arguments
                : Stream.concat(Arrays.stream(arguments), Stream.of("-prof", "gc"))
                        .toArray(String[]::new);
    }
}
