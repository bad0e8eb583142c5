package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.Instants;
import io.tollgate.api.LevelReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.ShardFiles;
import io.tollgate.core.TollgateEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while a batch goes to the logs leaves any number of its frames in each of them: opened
 * again, the engine has the whole batch if all logs have all of it, and nothing of it otherwise.
 */
class BatchKillTest {
    private static final int SERIES = 20;
    private static final int ROUNDS = 160;
    private static final int SEGMENT_LENGTH = 1 << 16;

    @TempDir
    Path directory;

    private int copies;

    private static Engine launch(final Path data, final int shardCount) {
        return TollgateEngine.launch(new EngineContext()
                .clockMode(ClockMode.MANUAL)
                .stepped(true)
                .directory(data)
                .shardCount(shardCount)
                .logSegmentLength(SEGMENT_LENGTH)
                .errorHandler(error -> {
                    throw new AssertionError(error);
                }));
    }

    private static List<StepSeries> define(final Engine engine) {
        return IntStream.range(0, SERIES)
                .mapToObj(i -> engine.defineStep(SeriesDefinition.step("level." + i, Unit.COUNT, 0)))
                .toList();
    }

    private static void offer(final Engine engine, final List<StepSeries> all, final long value) {
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int round = 1; round <= ROUNDS; round++) {
            for (final StepSeries series : all) {
                assertTrue(batch.offer(series, round, value) > 0);
            }
        }
        engine.awaitApplied(batch.commit());
    }

    static long value(final Engine engine, final StepSeries series, final long at) {
        final MetricReader reader = engine.newReader();
        final LevelReading reading = reader.newLevelReading();
        reader.readLevel(series, at, reading);
        return reading.scaledValue();
    }

    @Test
    void shouldKeepAllOrNothingOfABatchOfWhichTheLogHasAnyNumberOfFrames() throws IOException {
        final int frames = check(1);
        assertTrue(frames >= 2, "frames=" + frames);
    }

    @Test
    void shouldKeepAllOrNothingOfABatchOnBothShardsWhateverEachLogHas() throws IOException {
        final int frames = check(2);
        assertTrue(frames >= 4, "frames=" + frames);
    }

    /** Makes a directory with one batch, then one more, and cuts the log of each shard behind any frame of that. */
    private int check(final int shardCount) throws IOException {
        final Path data = directory.resolve("data");
        final Path before = directory.resolve("before");
        final Path after = directory.resolve("after");
        try (Engine engine = launch(data, shardCount)) {
            final List<StepSeries> all = define(engine);
            offer(engine, all, 1);
            copy(data, before);
            offer(engine, all, 2);
            copy(data, after);
        }
        final List<List<Frame>> frames = new ArrayList<>();
        int frameCount = 0;
        for (int shard = 0; shard < shardCount; shard++) {
            final List<Frame> ofBatch = new ArrayList<>(frames(after, shard));
            ofBatch.removeAll(frames(before, shard));
            frames.add(ofBatch);
            frameCount += ofBatch.size();
        }
        for (int first = 0; first <= frames.get(0).size(); first++) {
            final int others = shardCount == 1 ? 0 : frames.get(1).size();
            for (int second = 0; second <= others; second++) {
                final boolean isWhole = first == frames.get(0).size() && second == others;
                final Path killed = killed(before, after);
                cut(killed, 0, frames.get(0), first);
                if (shardCount > 1) {
                    cut(killed, 1, frames.get(1), second);
                }
                final int openings = 1 + (first + second) % 2;
                checkKilled(killed, shardCount, isWhole, openings, "first=" + first + " second=" + second);
            }
        }
        return frameCount;
    }

    private static void checkKilled(
            final Path killed, final int shardCount, final boolean isWhole, final int openings, final String context) {
        // Half of them twice: what was left out must stay out, also behind what was offered since.
        for (int opening = 0; opening < openings; opening++) {
            try (Engine engine = launch(killed, shardCount)) {
                for (int i = 0; i < SERIES; i++) {
                    final StepSeries series =
                            (StepSeries) engine.find("level." + i).orElseThrow();
                    for (int round = 1; round <= ROUNDS; round += 9) {
                        assertEquals(isWhole ? 2 : 1, value(engine, series, round), context);
                    }
                    engine.awaitApplied(engine.publisher().offer(series, ROUNDS + 1, 10 + opening));
                    assertEquals(10 + opening, value(engine, series, Instants.MAX));
                }
            }
            removeCleanMarks(killed, shardCount);
        }
    }

    static void removeCleanMarks(final Path data, final int shardCount) {
        for (int shard = 0; shard < shardCount; shard++) {
            new ShardFiles(data, shard).removeCleanMark();
        }
    }

    /** The directory before the batch, whose marks promise nothing of it, with the logs behind it. */
    private Path killed(final Path before, final Path after) throws IOException {
        final Path killed = directory.resolve("killed-" + copies++);
        copy(before, killed);
        try (Stream<Path> logs = Files.walk(after)) {
            for (final Path file :
                    logs.filter(path -> path.toString().endsWith(".seg")).toList()) {
                Files.write(killed.resolve(after.relativize(file).toString()), Files.readAllBytes(file));
            }
        }
        return killed;
    }

    record Frame(String file, int position, int length) {}

    private static List<Path> segments(final Path data, final int shard) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("shard-" + shard).resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }

    static List<Frame> frames(final Path data, final int shard) throws IOException {
        final List<Frame> frames = new ArrayList<>();
        for (final Path file : segments(data, shard)) {
            final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int position = SegmentDescriptor.HEADER_LENGTH;
            while (position < bytes.capacity() && bytes.getInt(position) != 0) {
                final int length = bytes.getInt(position + FrameDescriptor.LENGTH_OFFSET);
                frames.add(new Frame(file.getFileName().toString(), position, length));
                position += length;
            }
        }
        return frames;
    }

    /** Keeps the first frames of the batch; behind them there is nothing but zeros. */
    static void cut(final Path data, final int shard, final List<Frame> frames, final int kept) throws IOException {
        for (final Frame frame : frames.subList(kept, frames.size())) {
            final Path file = data.resolve("shard-" + shard).resolve("log").resolve(frame.file());
            final byte[] bytes = Files.readAllBytes(file);
            Arrays.fill(bytes, frame.position(), frame.position() + frame.length(), (byte) 0);
            if (frame.position() == SegmentDescriptor.HEADER_LENGTH) {
                // The segment was only prepared then.
                Arrays.fill(bytes, 0, SegmentDescriptor.HEADER_LENGTH, (byte) 0);
            }
            Files.write(file, bytes);
        }
    }

    static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (final Path path : paths.toList()) {
                final Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
