package io.tollgate.bench.suite;

import io.tollgate.bench.machine.JvmFlags;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.workload.TemporaryDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to open an empty engine, the first one of its JVM: classes are loaded, maps and log are made. The floor
 * makes one file of the length of a log segment, and maps it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 10,
        jvmArgsAppend = {JvmFlags.LANG, JvmFlags.REFLECT, JvmFlags.NIO, JvmFlags.MISC, JvmFlags.NO_BOUNDS_CHECKS})
public class OpenBenchmark {
    /** Made by JMH. */
    public OpenBenchmark() {}

    /** Where the engine will be. */
    @State(Scope.Thread)
    public static class Place {
        private TemporaryDirectory directory;
        private TollgateEngine engine;

        /** Made by JMH. */
        public Place() {}

        /** Makes a directory. */
        @Setup(Level.Iteration)
        public void make() {
            directory = new TemporaryDirectory();
        }

        /** Closes the engine and removes the directory. */
        @TearDown(Level.Iteration)
        public void close() {
            if (engine != null) {
                engine.close();
            }
            directory.close();
        }

        private TollgateEngine launch(final EngineContext context) {
            engine = TollgateEngine.launch(context);
            return engine;
        }
    }

    /** Where the file will be, and how long: known before, as an engine's classes are none of its work. */
    @State(Scope.Thread)
    public static class FilePlace {
        private TemporaryDirectory directory;
        private int length;

        /** Made by JMH. */
        public FilePlace() {}

        /** Makes a directory. */
        @Setup(Level.Iteration)
        public void make() {
            directory = new TemporaryDirectory();
            length = new EngineContext().logSegmentLength();
        }

        /** Removes the directory. */
        @TearDown(Level.Iteration)
        public void remove() {
            directory.close();
        }
    }

    /**
     * In memory.
     *
     * @param place keeps it.
     * @return the engine.
     */
    @Benchmark
    public TollgateEngine inMemory(final Place place) {
        return place.launch(new EngineContext());
    }

    /**
     * In an empty directory.
     *
     * @param place where.
     * @return the engine.
     */
    @Benchmark
    public TollgateEngine inDirectory(final Place place) {
        return place.launch(new EngineContext().directory(place.directory.path()));
    }

    /**
     * A mapped file.
     *
     * @param place where.
     * @return a byte of it.
     * @throws IOException if the disk refuses.
     */
    @Benchmark
    public byte floor(final FilePlace place) throws IOException {
        try (FileChannel channel = FileChannel.open(
                place.directory.path().resolve("file"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, place.length).get(0);
        }
    }
}
