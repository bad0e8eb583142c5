package io.tollgate.bench.suite;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.bench.machine.JvmFlags;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.workload.TemporaryDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of opening an existing directory as the first engine of its JVM. A cleanly closed directory is verified
 * against its checksums. A killed one is rebuilt from its checkpoint and the log after it, or, without a checkpoint,
 * from its whole log. Another process creates the directory, so its files are in the page cache as far as they fit. The
 * floor reads all files once and computes their CRC-32C.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {JvmFlags.LANG, JvmFlags.REFLECT, JvmFlags.NIO, JvmFlags.MISC, JvmFlags.NO_BOUNDS_CHECKS})
public class ReopenBenchmark {
    /** Called by JMH. */
    public ReopenBenchmark() {}

    /** A directory that another process filled. */
    @State(Scope.Thread)
    public static class Left {
        /** Number of series in it. */
        @Param("1000000")
        public int seriesCount;

        /** The way the process ended: {@code CLOSED}, {@code CHECKPOINT} or {@code KILLED}. */
        @Param({"CLOSED", "CHECKPOINT", "KILLED"})
        public LeftDirectory.How how;

        private TemporaryDirectory directory;
        private TollgateEngine engine;

        /** Called by JMH. */
        public Left() {}

        /**
         * Starts another process that fills the directory.
         *
         * @throws IOException          if the process cannot be started.
         * @throws InterruptedException if the wait for it is interrupted.
         */
        @Setup(Level.Iteration)
        public void make() throws IOException, InterruptedException {
            directory = new TemporaryDirectory();
            final List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JvmFlags.all());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), LeftDirectory.class.getName()));
            command.addAll(List.of(directory.path().toString(), Integer.toString(seriesCount), how.name()));
            final int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != how.exitStatus()) {
                throw new IllegalStateException("exitStatus=" + status + ", expected " + how.exitStatus());
            }
        }

        /** Closes the engine and removes the directory. */
        @TearDown(Level.Iteration)
        public void close() {
            if (engine != null) {
                engine.close();
            }
            directory.close();
        }
    }

    /**
     * Opens the directory.
     *
     * @param left the directory.
     * @return the engine.
     */
    @Benchmark
    public TollgateEngine reopen(final Left left) {
        left.engine = TollgateEngine.launch(
                new EngineContext().directory(left.directory.path()).clockMode(ClockMode.EVENT));
        return left.engine;
    }

    /**
     * Reads all files of the directory.
     *
     * @param left the directory.
     * @return their checksum.
     * @throws IOException if a file cannot be read.
     */
    @Benchmark
    public long floor(final Left left) throws IOException {
        final CRC32C sum = new CRC32C();
        final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (Stream<Path> files = Files.walk(left.directory.path())) {
            for (final Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    while (channel.read(buffer.clear()) >= 0) {
                        sum.update(buffer.flip());
                    }
                }
            }
        }
        return sum.getValue();
    }
}
