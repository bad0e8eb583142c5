package io.tollgate.flink.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** JVMs that a test starts: with the JDK of the test, and its class path without the classes of tests. */
final class ChildJvm {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private ChildJvm() {}

    /** Starts a JVM. Its output goes to a file of the given name in a directory. */
    static Process start(
            final Path directory,
            final String name,
            final List<String> flags,
            final String main,
            final String... arguments)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", libraries(), main));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
        // Otherwise the C library keeps freed memory for each of many threads.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .start();
    }

    /** Returns the class path that Maven resolved, without the classes of tests. */
    private static String libraries() {
        final String tests = classesOfTests().toString();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(junit|opentest4j|apiguardian|surefire).*\\.jar"))
                .filter(Predicate.not(entry -> Path.of(entry).toString().equals(tests)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the directory of the compiled tests. */
    static Path classesOfTests() {
        return Path.of(ChildJvm.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    /** Kills a JVM like {@code kill -9}, and waits for its end. */
    static void kill(final Process process) {
        process.destroyForcibly().onExit().join();
    }

    /** Waits for a condition. A condition that throws an {@link IOException} is not met yet. */
    static void await(final String condition, final Callable<Boolean> check) throws Exception {
        final long deadline = System.nanoTime() + PATIENCE.toNanos();
        IOException last = null;
        while (System.nanoTime() < deadline) {
            try {
                if (check.call()) {
                    return;
                }
            } catch (final IOException e) {
                last = e;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        throw new IllegalStateException(condition + ": not met within " + PATIENCE, last);
    }
}
