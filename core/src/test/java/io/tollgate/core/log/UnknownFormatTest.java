package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.WatchOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log refuses records of another version with valid checksums by name, and never skips them. */
class UnknownFormatTest {
    private static final int FRAME = SegmentDescriptor.HEADER_LENGTH;
    private static final int FRAME_LENGTH = FrameDescriptor.HEADER_LENGTH + 2 * 48;

    @TempDir
    private Path directory;

    private LogFixture fixture;
    private Path file;
    private UnsafeBuffer segment;

    @BeforeEach
    void makeLog() throws IOException {
        fixture = new LogFixture(directory);
        try (OperationLog log = fixture.open()) {
            fixture.append(log, 2);
        }
        file = SegmentDescriptor.file(directory, 0);
        segment = new UnsafeBuffer(Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void shouldRefuseASegmentOfAnUnknownVersion(final int version) {
        segment.putInt(SegmentDescriptor.VERSION_OFFSET, version);
        segment.putInt(SegmentDescriptor.CRC_OFFSET, SegmentDescriptor.crc(segment, 0));

        requireRefused("position=0 segmentVersion=" + version + ", expected segmentVersion=1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void shouldRefuseAFrameOfAnUnknownVersion(final int version) {
        segment.putShort(FRAME + FrameDescriptor.VERSION_OFFSET, (short) version);
        sealFrame();

        requireRefused("position=64 frameVersion=" + version + ", expected frameVersion=1");
    }

    @Test
    void shouldRefuseARecordOfAnUnknownTypeAndDeliverNothingOfItsFrame() {
        final int secondRecord = FRAME + FrameDescriptor.HEADER_LENGTH + 48;
        segment.putByte(secondRecord, (byte) 0xC8);
        sealFrame();

        requireRefused(
                "position=" + secondRecord + " type=unknown(200), expected a type from DEFINE_SERIES to KNOWLEDGE");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void shouldRefuseASubscriptionWhoseTextIsOfAnUnknownVersion(final int version) {
        final int secondRecord = FRAME + FrameDescriptor.HEADER_LENGTH + 48;
        segment.putByte(secondRecord, (byte) OperationDescriptor.WATCH);
        segment.putByte(secondRecord + WatchOperation.VERSION_OFFSET, (byte) version);
        sealFrame();

        requireRefused("position=" + secondRecord + " watchVersion=" + version + ", expected watchVersion=1");
    }

    @Test
    void shouldTakeAFrameWhoseRecordsDoNotFillItForDamage() throws IOException {
        segment.putInt(FRAME + FrameDescriptor.COUNT_OFFSET, 3);
        sealFrame();
        Files.write(file, segment.byteArray());
        final ReplayResult result = fixture.replay();

        assertEquals(LogEnd.TORN_TAIL, result.end());
        assertEquals(
                "frame whose records do not fill it, or cannot be",
                result.damages().get(0).found());
    }

    private void sealFrame() {
        segment.putInt(FRAME + FrameDescriptor.CRC_OFFSET, 0);
        final CRC32C crc = new CRC32C();
        crc.update(segment.byteArray(), FRAME, FRAME_LENGTH);
        segment.putInt(FRAME + FrameDescriptor.CRC_OFFSET, (int) crc.getValue());
    }

    private void requireRefused(final String expected) {
        final RecordedOperations replayed = new RecordedOperations();
        final IllegalStateException refusal = Refusals.require(
                IllegalStateException.class,
                () -> {
                    Files.write(file, segment.byteArray());
                    fixture.replay(replayed);
                },
                expected);
        assertTrue(refusal.getMessage().startsWith("file=" + file), refusal.getMessage());
        assertTrue(replayed.bySequence.isEmpty(), replayed.bySequence.keySet()::toString);
    }
}
