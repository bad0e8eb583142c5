package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.operation.ClockOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the diagrams of the segment and the frame against the bytes of a file. */
class LogLayoutTest {
    @TempDir
    private Path directory;

    @Test
    void shouldLayOutSegmentAndFrameAsDrawn() throws IOException {
        final UnsafeBuffer records = new UnsafeBuffer(new byte[32]);
        new ClockOperation().encode(records, 0, 5);
        new ClockOperation().encode(records, 16, 6);
        final LogFixture fixture = new LogFixture(directory);
        try (OperationLog log = OperationLog.open(
                new LogFiles(fixture.files, directory, 0x0123_4567_89AB_CDEFL),
                LogFixture.SEGMENT_LENGTH,
                fixture.replay())) {
            log.append(records, 0, 32, 2);
            log.append(records, 16, 16, 1);
        }
        final byte[] bytes = Files.readAllBytes(directory.resolve("log-0000000000000000.seg"));
        final ByteBuffer segment = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertEquals("TGLOGSEG", new String(bytes, 0, 8, StandardCharsets.US_ASCII), "magic");
        assertEquals(1, segment.getInt(8), "version");
        assertEquals(crcWithZeroAt(bytes, 0, 64, 12), segment.getInt(12), "crc32c");
        assertEquals(0, segment.getLong(16), "segmentIndex");
        assertEquals(1, segment.getLong(24), "firstSequence");
        assertEquals(4096, segment.getLong(32), "segmentLength");
        assertEquals(0x0123_4567_89AB_CDEFL, segment.getLong(40), "directoryId");
        assertEquals(ByteBuffer.allocate(16), segment.slice(48, 16), "reserved");

        assertEquals(24 + 32, segment.getInt(64), "length");
        assertEquals(crcWithZeroAt(bytes, 64, 56, 68), segment.getInt(68), "crc32c");
        assertEquals(1, segment.getLong(72), "firstSequence");
        assertEquals(2, segment.getInt(80), "count");
        assertEquals(1, segment.getShort(84), "version");
        assertEquals(0, segment.getShort(86), "reserved");
        assertEquals(ByteBuffer.wrap(records.byteArray()), segment.slice(88, 32), "records");
        assertEquals(24 + 16, segment.getInt(120), "length of the second frame");
        assertEquals(3, segment.getLong(128), "firstSequence of the second frame");
        assertEquals(ByteBuffer.allocate(4096 - 160), segment.slice(160, 4096 - 160), "zero after the frames");
    }

    private static int crcWithZeroAt(final byte[] bytes, final int from, final int length, final int crcOffset) {
        final byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
        Arrays.fill(copy, crcOffset - from, crcOffset - from + 4, (byte) 0);
        final CRC32C crc = new CRC32C();
        crc.update(copy);
        return (int) crc.getValue();
    }

    @ParameterizedTest
    @CsvSource({
        "log-0000000000000000.seg, 0",
        "log-00000000000000ff.seg, 255",
        "log-7fffffffffffffff.seg, 9223372036854775807",
        "log-ffffffffffffffff.seg, -1",
        "log-00000000000000FF.seg, -1",
        "log-0.seg, -1",
        "log-0000000000000000.tmp, -1",
        "series-0.map, -1"
    })
    void shouldKnowASegmentByItsName(final String name, final long index) {
        assertEquals(index, SegmentDescriptor.segmentIndex(directory.resolve(name)));
        if (index >= 0) {
            assertEquals(directory.resolve(name), SegmentDescriptor.file(directory, index));
        }
    }

    @Test
    void shouldKnowAnUnfinishedSegmentByItsName() {
        assertTrue(SegmentDescriptor.isUnfinishedFile(SegmentDescriptor.unfinishedFile(directory, 3)));
    }
}
