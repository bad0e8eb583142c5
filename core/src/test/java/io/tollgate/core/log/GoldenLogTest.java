package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment of version 1 as it was written once; the records of {@code records-v1.hex} in two frames. */
class GoldenLogTest {
    private static final int RECORDS_IN_FIRST_FRAME = 6;

    @TempDir
    private Path directory;

    @Test
    void shouldReadASegmentOfVersion1() throws IOException {
        Files.write(SegmentDescriptor.file(directory, 0), goldenSegment());
        final RecordedOperations replayed = new RecordedOperations();
        final ReplayResult result = LogReader.replay(new SystemFileAccess(), directory, 1, replayed);

        assertEquals(LogEnd.CLEAN, result.end());
        assertEquals(List.of(), result.damages());
        assertEquals(2, result.frames());
        final List<byte[]> records = goldenRecords();
        assertEquals(records.size(), result.lastSequence());
        for (int i = 0; i < records.size(); i++) {
            assertArrayEquals(records.get(i), replayed.bySequence.get(i + 1L), "sequence=" + (i + 1));
        }
    }

    @Test
    void shouldWriteASegmentOfVersion1() throws IOException {
        final List<byte[]> records = goldenRecords();
        final LogFixture fixture = new LogFixture(directory);
        try (OperationLog log = fixture.open()) {
            append(log, records.subList(0, RECORDS_IN_FIRST_FRAME));
            append(log, records.subList(RECORDS_IN_FIRST_FRAME, records.size()));
        }

        assertEquals(
                HexFormat.of().formatHex(goldenSegment()),
                HexFormat.of().formatHex(Files.readAllBytes(SegmentDescriptor.file(directory, 0))));
    }

    private static void append(final OperationLog log, final List<byte[]> records) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        int length = 0;
        for (final byte[] record : records) {
            buffer.putBytes(length, record);
            length += record.length;
        }
        log.append(buffer, 0, length, records.size());
    }

    /** Each line: a name, a space, the record in hexadecimal digits. */
    private static List<byte[]> goldenRecords() throws IOException {
        return text("records-v1.hex")
                .lines()
                .map(line -> HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1)))
                .toList();
    }

    /** Lines of hexadecimal digits; all behind them is zero. */
    private static byte[] goldenSegment() throws IOException {
        final byte[] used = HexFormat.of().parseHex(text("segment-v1.hex").replace("\n", ""));
        return Arrays.copyOf(used, LogFixture.SEGMENT_LENGTH);
    }

    private static String text(final String name) throws IOException {
        try (InputStream golden = GoldenLogTest.class.getResourceAsStream("/golden/log/" + name)) {
            assertNotNull(golden, name);
            return new String(golden.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
