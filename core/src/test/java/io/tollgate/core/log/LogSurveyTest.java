package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.TestSeed;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A survey a stretch at a time finds what one finds that reads all at once. */
class LogSurveyTest {
    private static final int FRAMES = 120;

    @TempDir
    private Path temporary;

    @Test
    void shouldReadOnBehindAFrame() throws IOException {
        final LogFixture log = LogFixture.ofTwoSegments(temporary);
        final RecordedOperations found = new RecordedOperations();
        final LogReader reader = reader(log, 1, found);
        int frames = 0;
        while (reader.readOn(1)) {
            frames++;
            assertEquals(frames, reader.result().frames());
        }
        assertEquals(45, reader.result().frames());
        requireEqual(log.appended, found, "all");
        assertFalse(reader.readOn(1), "nothing more");
    }

    @Test
    void shouldFindWhatIsAppendedMeanwhile() {
        final LogFixture log = new LogFixture(temporary);
        final RecordedOperations found = new RecordedOperations();
        final LogReader reader = reader(log, 1, found);
        try (OperationLog appending = log.open()) {
            log.append(appending, 1);
            log.append(appending, 1);
            assertTrue(reader.readOn(1), "paused behind the first frame");
            for (int i = 0; i < 10; i++) {
                log.append(appending, 1);
            }
            assertFalse(reader.readOn(Integer.MAX_VALUE), "to the end");
        }
        assertEquals(List.of(), reader.result().damages());
        requireEqual(log.appended, found, "all");
    }

    /** Random damage, from a random sequence on, in random stretches. */
    @Test
    void shouldFindTheSameWhereverItPauses() throws IOException {
        final long seed = TestSeed.of("LogSurveyTest");
        final Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            final LogFixture log = new LogFixture(Files.createDirectory(temporary.resolve("log-" + round)));
            try (OperationLog appending = log.open()) {
                for (int i = 0; i < FRAMES; i++) {
                    log.append(appending, 1 + random.nextInt(5));
                }
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                damage(log, random);
            }
            requireSame(log, 1 + random.nextInt(200), random, "round=" + round + " seed=" + seed);
        }
    }

    private static void requireSame(
            final LogFixture log, final long fromSequence, final Random random, final String text) {
        final RecordedOperations wanted = new RecordedOperations();
        final ReplayResult expected = LogReader.survey(log.files, log.directory, fromSequence, wanted);
        final RecordedOperations found = new RecordedOperations();
        final LogReader reader = reader(log, fromSequence, found);
        final int most = 1 + random.nextInt(2_000);
        while (reader.readOn(1 + random.nextInt(most))) {
            // Until nothing is left.
        }
        assertEquals(expected, reader.result(), text);
        requireEqual(wanted.bySequence, found, text);
    }

    private static void requireEqual(
            final SortedMap<Long, byte[]> wanted, final RecordedOperations found, final String text) {
        assertEquals(wanted.keySet(), found.bySequence.keySet(), text);
        found.requireAllIn(wanted, text);
    }

    private static LogReader reader(final LogFixture log, final long fromSequence, final OperationHandler handler) {
        return new LogReader(new SystemFileAccess(), log.directory, fromSequence, Long.MAX_VALUE, true, handler);
    }

    private static void damage(final LogFixture log, final Random random) throws IOException {
        final List<Path> segments = log.segments();
        final Path file = segments.get(random.nextInt(segments.size()));
        final int position = random.nextInt(LogFixture.SEGMENT_LENGTH);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            switch (random.nextInt(4)) {
                case 0 -> channel.truncate(position);
                case 1 -> channel.write(ByteBuffer.allocate(1 + random.nextInt(1_000)), position);
                default -> channel.write(ByteBuffer.wrap(new byte[] {(byte) random.nextInt()}), position);
            }
        }
        if (random.nextInt(8) == 0) {
            Files.delete(file);
        }
    }
}
