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
 * The cost of opening an empty engine as the first one of its JVM. Classes are loaded; maps and log are created. The
 * floor creates and maps one file with the length of a log segment.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 10,
        jvmArgsAppend = {JvmFlags.LANG, JvmFlags.REFLECT, JvmFlags.NIO, JvmFlags.MISC, JvmFlags.NO_BOUNDS_CHECKS})
public class OpenBenchmark {
    /** Called by JMH. */
    public OpenBenchmark() {}

    /** The directory of the engine. */
    @State(Scope.Thread)
    public static class Place {
        private TemporaryDirectory directory;
        private TollgateEngine engine;

        /** Called by JMH. */
        public Place() {}

        /** Creates a directory. */
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

    /**
     * The path and length of the file. They are computed in advance, so that the floor does not load classes of the
     * engine.
     */
    @State(Scope.Thread)
    public static class FilePlace {
        private TemporaryDirectory directory;
        private int length;

        /** Called by JMH. */
        public FilePlace() {}

        /** Creates a directory. */
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
     * Opens an engine in memory.
     *
     * @param place keeps the engine.
     * @return the engine.
     */
    @Benchmark
    public TollgateEngine inMemory(final Place place) {
        return place.launch(new EngineContext());
    }

    /**
     * Opens an engine in an empty directory.
     *
     * @param place of the directory.
     * @return the engine.
     */
    @Benchmark
    public TollgateEngine inDirectory(final Place place) {
        return place.launch(new EngineContext().directory(place.directory.path()));
    }

    /**
     * Creates and maps a file.
     *
     * @param place of the file.
     * @return a byte of the file.
     * @throws IOException if the file cannot be created.
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
