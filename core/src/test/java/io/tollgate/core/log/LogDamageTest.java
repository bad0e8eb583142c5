package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small log of two segments, replayed after every damage to it. */
class LogDamageTest {
    @TempDir
    private Path directory;

    private LogFixture fixture;
    private MemoryFiles files;
    private Path first;
    private Path second;
    private byte[] firstBytes;
    private byte[] secondBytes;

    /** The position of each frame in its segment, with its first sequence. */
    private SortedMap<Integer, Long> firstFrames;

    private SortedMap<Integer, Long> secondFrames;

    @BeforeEach
    void makeLog() throws IOException {
        fixture = LogFixture.ofTwoSegments(directory);
        final List<Path> segments = fixture.segments();
        assertEquals(2, segments.size());
        first = segments.get(0);
        second = segments.get(1);
        files = MemoryFiles.copyOf(segments);
        firstBytes = Files.readAllBytes(first);
        secondBytes = Files.readAllBytes(second);
        firstFrames = framesOf(firstBytes);
        secondFrames = framesOf(secondBytes);
        assertEquals(45, firstFrames.size() + secondFrames.size());
    }

    private static SortedMap<Integer, Long> framesOf(final byte[] segment) {
        final SortedMap<Integer, Long> frames = new TreeMap<>();
        final UnsafeBuffer buffer = new UnsafeBuffer(segment);
        int position = SegmentDescriptor.HEADER_LENGTH;
        while (position < segment.length && buffer.getInt(position) != 0) {
            frames.put(position, buffer.getLong(position + FrameDescriptor.FIRST_SEQUENCE_OFFSET));
            position += buffer.getInt(position);
        }
        return frames;
    }

    @Test
    void shouldDetectATruncationAtEveryByteOfEverySegment() {
        for (final Path segment : List.of(first, second)) {
            final byte[] whole = files.contents.get(segment);
            for (int length = 0; length < whole.length; length++) {
                files.contents.put(segment, Arrays.copyOf(whole, length));
                final String message = "segment=" + segment.getFileName() + " length=" + length;
                requireDetected(message, wholeFramesBefore(segment, length));
            }
            files.contents.put(segment, whole);
        }
    }

    private long wholeFramesBefore(final Path segment, final int length) {
        final SortedMap<Integer, Long> frames = segment.equals(first) ? firstFrames : secondFrames;
        final byte[] bytes = fixtureBytes(segment);
        long last = segment.equals(first) ? 0 : secondFrames.get(secondFrames.firstKey()) - 1;
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (final int position : frames.keySet()) {
            if (position + buffer.getInt(position) <= length) {
                last = frames.get(position) + buffer.getInt(position + FrameDescriptor.COUNT_OFFSET) - 1;
            }
        }
        return last;
    }

    private byte[] fixtureBytes(final Path segment) {
        return segment.equals(first) ? firstBytes : secondBytes;
    }

    @Test
    void shouldDetectAFlipOfEveryByteOfEverySegment() {
        for (final Path segment : List.of(first, second)) {
            final byte[] bytes = files.contents.get(segment);
            for (int position = 0; position < bytes.length; position++) {
                final int flip = position % 2 == 0 ? 0xFF : 1 << (position / 2 & 7);
                bytes[position] ^= (byte) flip;
                final String message = "segment=" + segment.getFileName() + " position=" + position + " flip=" + flip;
                requireDetected(message, lastBefore(segment, position));
                bytes[position] ^= (byte) flip;
            }
        }
    }

    /** Returns the last sequence of the frames that end before a position. */
    private long lastBefore(final Path segment, final int position) {
        final SortedMap<Integer, Long> frames = segment.equals(first) ? firstFrames : secondFrames;
        final SortedMap<Integer, Long> before = frames.headMap(position + 1);
        if (before.isEmpty()) {
            return frames.get(frames.firstKey()) - 1;
        }
        return before.get(before.lastKey()) - 1;
    }

    /**
     * Replays, and continues after each gap. Requires no wrong record, no silent loss, and all frames before the
     * damage.
     */
    private void requireDetected(final String message, final long lastIntact) {
        final RecordedOperations replayed = new RecordedOperations();
        ReplayResult result = LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, replayed);
        assertTrue(result.end() != LogEnd.CLEAN || !result.damages().isEmpty(), () -> message + " was not detected");
        replayed.requireAllIn(fixture.appended, message);
        final long delivered = replayed.bySequence.size();
        assertTrue(delivered >= lastIntact, () -> message + ": delivered=" + delivered + " intact=" + lastIntact);
        assertEquals(fixture.appended.headMap(delivered + 1).keySet(), replayed.bySequence.keySet(), message);

        while (result.end() == LogEnd.GAP) {
            final LogDamage gap = result.damages().get(result.damages().size() - 1);
            assertTrue(gap.isLoss(), message);
            assertFalse(replayed.bySequence.containsKey(gap.firstMissing()), message);
            result = LogReader.replay(
                    new LogFiles(files, directory, LogFixture.DIRECTORY_ID), result.resumeSequence(), replayed);
        }
        replayed.requireAllIn(fixture.appended, message);
        final long missing = fixture.appended.size() - replayed.bySequence.size();
        final long last = replayed.bySequence.isEmpty() ? 0 : replayed.bySequence.lastKey();
        final long missingInside = last - replayed.bySequence.size();
        assertTrue(missing == missingInside || result.end() == LogEnd.TORN_TAIL, () -> message + " lost its tail");
    }

    @Test
    void shouldLoseOnlyTheFrameThatIsDamagedAndSayWhichSequencesItHeld() {
        final byte[] bytes = files.contents.get(first);
        final int position = positionOf(firstFrames, 10);
        bytes[position + FrameDescriptor.HEADER_LENGTH + 20] ^= 1;
        final long firstMissing = firstFrames.get(position);
        final long next = firstFrames.get(positionOf(firstFrames, 11));
        final RecordedOperations replayed = new RecordedOperations();
        final ReplayResult result =
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, replayed);

        assertEquals(LogEnd.GAP, result.end());
        assertEquals(
                List.of(new LogDamage(
                        first,
                        position,
                        positionOf(firstFrames, 11),
                        "frame with a wrong crc32c",
                        "frame firstSequence=" + firstMissing + ", or zero bytes",
                        firstMissing,
                        next - 1)),
                result.damages());
        assertEquals(next, result.resumeSequence());
        assertEquals(firstMissing - 1, result.lastSequence());
        final ReplayResult resumed =
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), next, replayed);
        assertEquals(LogEnd.CLEAN, resumed.end());
        assertEquals(fixture.appended.size() - (next - firstMissing), replayed.bySequence.size());
    }

    private static int positionOf(final SortedMap<Integer, Long> frames, final int index) {
        return List.copyOf(frames.keySet()).get(index);
    }

    /** The bytes after a segment were never part of the log. They are not read, and their loss is not reported. */
    @Test
    void shouldReportASegmentThatHasBecomeLongerAndReadNoFurther() throws IOException {
        for (final Path segment : List.of(first, second)) {
            final byte[] whole = files.contents.get(segment);
            for (final int more : new int[] {1, 8, LogFixture.SEGMENT_LENGTH}) {
                final byte[] longer = Arrays.copyOf(whole, whole.length + more);
                // The added bytes contain frames if there is space for them.
                final int frames = Math.min(more, whole.length - SegmentDescriptor.HEADER_LENGTH);
                System.arraycopy(whole, SegmentDescriptor.HEADER_LENGTH, longer, whole.length, frames);
                files.contents.put(segment, longer);
                requireReportedAsLonger(
                        LogReader.replay(
                                new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, new RecordedOperations()),
                        segment);
            }
            files.contents.put(segment, whole);
        }
    }

    private void requireReportedAsLonger(final ReplayResult result, final Path segment) {
        assertEquals(LogEnd.CLEAN, result.end());
        assertEquals(fixture.appended.size(), result.records());
        assertEquals(1, result.damages().size(), () -> "" + result.damages());
        final LogDamage damage = result.damages().get(0);
        assertEquals(segment, damage.file());
        assertEquals(LogFixture.SEGMENT_LENGTH, damage.position());
        assertFalse(damage.isLoss());
        assertFalse(TornTail.isAllDamage(result), "no end that was torn");
    }

    @Test
    void shouldNotCallATornEndOfASegmentThatHasBecomeLongerAllDamage() {
        final byte[] longer = Arrays.copyOf(files.contents.get(second), 2 * LogFixture.SEGMENT_LENGTH);
        longer[secondFrames.lastKey() + FrameDescriptor.HEADER_LENGTH] ^= 1;
        files.contents.put(second, longer);
        final ReplayResult result =
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, new RecordedOperations());

        assertEquals(LogEnd.TORN_TAIL, result.end());
        assertEquals(2, result.damages().size(), () -> "" + result.damages());
        assertFalse(TornTail.isAllDamage(result));
    }

    /** The sparse file has the greatest length of the file system. The reader must not read all of it. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldNotReadAFileThatHasBecomeEndless() throws IOException {
        for (final Path segment : List.of(second, SegmentDescriptor.file(directory, 2))) {
            try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
                final long length = file.length();
                file.setLength(1L << 40);
                final ReplayResult result = fixture.replay();
                assertEquals(fixture.appended.size(), result.records());
                assertEquals(1, result.damages().size(), () -> "" + result.damages());
                assertEquals("size=" + (1L << 40), result.damages().get(0).found());
                file.setLength(length);
            }
        }
    }

    @Test
    void shouldReportALostSegmentAsAGap() {
        files.contents.remove(first);
        final ReplayResult result =
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, new RecordedOperations());

        assertEquals(LogEnd.GAP, result.end());
        assertEquals(1, result.damages().get(0).firstMissing());
        assertEquals(0, result.damages().get(0).end(), "the remaining frames are sound");
        assertEquals(secondFrames.get(secondFrames.firstKey()), result.resumeSequence());
        assertEquals(0, result.records());
    }

    @Test
    void shouldReplayTheLaterSegmentsWithoutTheEarlierOnes() {
        files.contents.remove(first);
        final long from = secondFrames.get(secondFrames.firstKey());
        final RecordedOperations replayed = new RecordedOperations();
        final ReplayResult result =
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), from, replayed);

        assertEquals(LogEnd.CLEAN, result.end());
        assertEquals(List.of(), result.damages());
        assertEquals(fixture.appended.tailMap(from).keySet(), replayed.bySequence.keySet());
    }

    @Test
    void shouldDetectATailCutAtAFrameBoundaryIfALaterSegmentShowsIt() {
        final int cut = firstFrames.lastKey();
        Arrays.fill(files.contents.get(first), cut, LogFixture.SEGMENT_LENGTH, (byte) 0);
        final ReplayResult result =
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, new RecordedOperations());

        assertEquals(LogEnd.GAP, result.end());
        assertEquals(firstFrames.get(cut), result.damages().get(0).firstMissing());
    }

    @Test
    void shouldCallAPartialLastFrameATornTailAndNoLoss() {
        final int last = secondFrames.lastKey();
        Arrays.fill(files.contents.get(second), last + 48, LogFixture.SEGMENT_LENGTH, (byte) 0);
        final ReplayResult result =
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, new RecordedOperations());

        assertEquals(LogEnd.TORN_TAIL, result.end());
        assertEquals(last, result.position());
        assertEquals(secondFrames.get(last) - 1, result.lastSequence());
        assertFalse(result.damages().get(0).isLoss());
    }

    @Test
    void shouldCallAFrameWhoseLengthWasNeverPublishedATornTail() {
        final int last = secondFrames.lastKey();
        Arrays.fill(files.contents.get(second), last, last + Integer.BYTES, (byte) 0);
        final ReplayResult result =
                LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, new RecordedOperations());

        assertEquals(LogEnd.TORN_TAIL, result.end());
        assertEquals(secondFrames.get(last) - 1, result.lastSequence());
    }

    @Test
    void shouldNeverDeliverAWrongRecordFromDamagedFiles() {
        for (long seed = 1; seed <= 1_500; seed++) {
            final Random random = new Random(seed);
            for (final Path segment : List.of(first, second)) {
                files.contents.put(segment, mutated(fixtureBytes(segment).clone(), random));
            }
            final String message = "seed=" + seed;
            final RecordedOperations replayed = new RecordedOperations();
            ReplayResult result =
                    LogReader.replay(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), 1, replayed);
            while (result.end() == LogEnd.GAP) {
                result = LogReader.replay(
                        new LogFiles(files, directory, LogFixture.DIRECTORY_ID), result.resumeSequence(), replayed);
            }
            replayed.requireAllIn(fixture.appended, message);
        }
    }

    /** Copies, zeroes, overwrites or truncates ranges, like torn, reordered or lost pages. */
    private static byte[] mutated(final byte[] bytes, final Random random) {
        byte[] mutated = bytes;
        for (int i = random.nextInt(4); i > 0; i--) {
            final int length = 1 + random.nextInt(random.nextBoolean() ? 16 : 1024);
            final int from = random.nextInt(Math.max(1, mutated.length - length));
            final int end = Math.min(mutated.length, from + length);
            switch (random.nextInt(4)) {
                case 0 -> Arrays.fill(mutated, from, end, (byte) 0);
                case 1 -> Arrays.fill(mutated, from, end, (byte) random.nextInt());
                case 2 ->
                    System.arraycopy(
                            mutated,
                            random.nextInt(mutated.length - (end - from) + 1) / 8 * 8,
                            mutated,
                            from,
                            end - from);
                default -> mutated = Arrays.copyOf(mutated, random.nextInt(2 * LogFixture.SEGMENT_LENGTH));
            }
        }
        return mutated;
    }
}
