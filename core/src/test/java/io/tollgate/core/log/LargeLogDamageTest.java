package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log with segments longer than the window of a reader, damaged at random positions. */
class LargeLogDamageTest {
    private static final int SEGMENT_LENGTH = 1 << 22;
    private static final int MOST_RECORDS = 1_300;
    private static final int ROUNDS = TestEffort.times(25);

    @TempDir
    private Path directory;

    private final Random random = new Random(TestSeed.of("LargeLogDamageTest"));
    private LogFixture fixture;
    private MemoryFiles files;
    private List<Path> segments;

    @BeforeEach
    void makeLog() throws IOException {
        fixture = new LogFixture(directory);
        try (OperationLog log = OperationLog.open(
                new LogFiles(fixture.files, directory, LogFixture.DIRECTORY_ID), SEGMENT_LENGTH, fixture.replay())) {
            while (fixture.segments().size() < 3) {
                fixture.append(log, 1 + random.nextInt(MOST_RECORDS));
            }
            fixture.append(log, 1);
        }
        segments = fixture.segments();
        files = MemoryFiles.copyOf(segments);
    }

    /** Returns the frames of a segment: their positions and first sequences. */
    private SortedMap<Integer, Long> framesOf(final Path segment) {
        final SortedMap<Integer, Long> frames = new TreeMap<>();
        final UnsafeBuffer buffer = new UnsafeBuffer(files.contents.get(segment));
        int position = SegmentDescriptor.HEADER_LENGTH;
        while (position < buffer.capacity() && buffer.getInt(position) != 0) {
            frames.put(position, buffer.getLong(position + FrameDescriptor.FIRST_SEQUENCE_OFFSET));
            position += buffer.getInt(position);
        }
        return frames;
    }

    @Test
    void shouldReadAllOfIt() {
        final RecordedOperations replayed = new RecordedOperations();
        assertEquals(
                LogEnd.CLEAN,
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, replayed)
                        .end());
        assertEquals(fixture.appended.keySet(), replayed.bySequence.keySet());
        replayed.requireAllIn(fixture.appended, "whole");
    }

    @Test
    void shouldLoseOnlyTheDamagedFrameForAnyFlippedBit() {
        for (int i = 0; i < ROUNDS; i++) {
            final Path segment = segments.get(random.nextInt(2));
            final SortedMap<Integer, Long> frames = framesOf(segment);
            final byte[] bytes = files.contents.get(segment);
            final int end = frames.lastKey();
            final int position =
                    SegmentDescriptor.HEADER_LENGTH + random.nextInt(end - SegmentDescriptor.HEADER_LENGTH);
            final int bit = 1 << random.nextInt(Byte.SIZE);
            bytes[position] ^= (byte) bit;
            final long first = frames.get(frames.headMap(position + 1).lastKey());
            final long next = frames.get(frames.tailMap(position + 1).firstKey());
            requireMissing(first, next, segment.getFileName() + " position=" + position);
            bytes[position] ^= (byte) bit;
        }
    }

    /** Requires the operations before the gap, and those after it if the reader may continue. */
    private void requireMissing(final long first, final long next, final String what) {
        final RecordedOperations replayed = new RecordedOperations();
        final ReplayResult result =
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, replayed);
        assertEquals(LogEnd.GAP, result.end(), what);
        assertEquals(first - 1, result.lastSequence(), what);
        assertEquals(next, result.resumeSequence(), what);
        assertEquals(
                LogEnd.CLEAN,
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), next, replayed)
                        .end(),
                what);
        assertEquals(fixture.appended.size() - (next - first), replayed.bySequence.size(), what);
        replayed.requireAllIn(fixture.appended, what);
    }

    @Test
    void shouldDetectASegmentCutAnywhere() {
        for (int i = 0; i < ROUNDS; i++) {
            final Path segment = segments.get(random.nextInt(2));
            final byte[] whole = files.contents.get(segment);
            final int length = random.nextInt(whole.length);
            final SortedMap<Integer, Long> frames = framesOf(segment);
            files.contents.put(segment, Arrays.copyOf(whole, length));
            final RecordedOperations replayed = new RecordedOperations();
            final ReplayResult result =
                    LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, replayed);
            final String what = segment.getFileName() + " length=" + length;
            assertFalse(result.damages().isEmpty(), what);
            replayed.requireAllIn(fixture.appended, what);
            final SortedMap<Integer, Long> before = frames.headMap(length + 1);
            final long least = before.isEmpty() ? frames.get(frames.firstKey()) : before.get(before.lastKey());
            assertTrue(result.lastSequence() >= least - 1, () -> what + ": " + result);
            files.contents.put(segment, whole);
        }
    }
}
