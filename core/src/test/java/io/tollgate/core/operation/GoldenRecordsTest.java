package io.tollgate.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The bytes of every record that ever landed stand in files: they never change. */
class GoldenRecordsTest {
    @Test
    void shouldWriteARegistrationAsItStandsInFiles() throws IOException {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        ExampleRecords.registration(buffer, 0);
        try (InputStream golden = getClass().getResourceAsStream("/golden/log/registration-v1.hex")) {
            assertNotNull(golden, "golden/log/registration-v1.hex");
            assertEquals(
                    new String(golden.readAllBytes(), StandardCharsets.US_ASCII),
                    "REGISTER_WINDOWS " + HexFormat.of().formatHex(ExampleRecords.recordAt(buffer)) + "\n");
        }
    }

    @Test
    void shouldWriteTheEndOfALifeAsItStandsInFiles() throws IOException {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final StringBuilder records = new StringBuilder();
        for (final int type : new int[] {OperationDescriptor.END_SERIES, OperationDescriptor.FOLLOW_SERIES}) {
            ExampleRecords.lifeEnd(buffer, 0, type);
            records.append(OperationDescriptor.name(type))
                    .append(' ')
                    .append(HexFormat.of().formatHex(ExampleRecords.recordAt(buffer)))
                    .append('\n');
        }
        try (InputStream golden = getClass().getResourceAsStream("/golden/log/life-end-v1.hex")) {
            assertNotNull(golden, "golden/log/life-end-v1.hex");
            assertEquals(new String(golden.readAllBytes(), StandardCharsets.US_ASCII), records.toString());
        }
    }

    /** What the first version did not have: its bytes, and what is read of the first. */
    @Test
    void shouldWriteAndReadLaterRecordsAsTheyStandInFiles() throws IOException {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final StringBuilder records = new StringBuilder();
        final PanelOperation panel = new PanelOperation();
        final byte[] text = "group \u00fc".getBytes(StandardCharsets.UTF_8);
        panel.encode(buffer, 0, PanelOperation.BEGIN, 2, 0x1112131415161718L, "panel", text, text.length);
        append(records, buffer);
        panel.encode(buffer, 0, PanelOperation.STATE, 1, 0, "panel", new byte[] {1, -2, 3}, 3);
        append(records, buffer);
        panel.encode(buffer, 0, PanelOperation.END, 0, 0, "panel", new byte[0], 0);
        append(records, buffer);
        new WatchOperation().encode(buffer, 0, WatchOperation.BEGIN, "name\npattern");
        append(records, buffer);
        new RetentionOperation().encode(buffer, 0, 0x1112131415161718L, 0x2122232425262728L, 0x3132333435363738L);
        append(records, buffer);
        LossOperation.put(buffer, 0, 0x1112131415161718L);
        append(records, buffer);
        try (InputStream golden = getClass().getResourceAsStream("/golden/log/later-v1.hex")) {
            assertNotNull(golden, "golden/log/later-v1.hex");
            final String expected = new String(golden.readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals(expected, records.toString());
            final UnsafeBuffer begin = new UnsafeBuffer(HexFormat.of()
                    .parseHex(expected.lines().findFirst().orElseThrow().split(" ")[1]));
            panel.wrap(begin, 0);
            assertEquals(PanelOperation.BEGIN, panel.action());
            assertEquals(2, panel.watchCount());
            assertEquals(0x1112131415161718L, panel.startNs());
            assertEquals("panel", panel.name());
            assertEquals("group \u00fc", panel.text());
        }
    }

    /** What moved the clock, the bounds of batches with their shards, a knowledge time of the clock, and an end. */
    @Test
    void shouldWriteBatchesClocksAndStampsAsTheyStandInFiles() throws IOException {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final StringBuilder records = new StringBuilder();
        for (final int type : new int[] {OperationDescriptor.BATCH_BEGIN, OperationDescriptor.BATCH_COMMIT}) {
            BatchOperation.put(buffer, 0, type, 0x1112131415161718L, 0x2122232425262728L, 0x31323334);
            append(records, buffer);
        }
        new ClockOperation().encode(buffer, 0, 0x1112131415161718L, 3).batchId(0x0A0B0C0D);
        append(records, buffer);
        new PointOperation().encode(buffer, 0, OperationDescriptor.POINT, 0, 7, 8, 9, 10, 11);
        OperationDescriptor.putStamped(buffer, 0);
        append(records, buffer);
        new WatchOperation().encode(buffer, 0, WatchOperation.END, "name");
        append(records, buffer);
        try (InputStream golden = getClass().getResourceAsStream("/golden/log/batch-v1.hex")) {
            assertNotNull(golden, "golden/log/batch-v1.hex");
            assertEquals(new String(golden.readAllBytes(), StandardCharsets.US_ASCII), records.toString());
        }
    }

    private static void append(final StringBuilder records, final MutableDirectBuffer buffer) {
        records.append(OperationDescriptor.name(OperationDescriptor.type(buffer, 0)))
                .append(' ')
                .append(HexFormat.of().formatHex(ExampleRecords.recordAt(buffer)))
                .append('\n');
    }

    @Test
    void shouldWriteEveryRecordAsItStandsInFiles() throws IOException {
        final String records = ExampleRecords.all().entrySet().stream()
                .map(entry -> entry.getKey() + " " + HexFormat.of().formatHex(entry.getValue()) + "\n")
                .collect(Collectors.joining());
        try (InputStream golden = getClass().getResourceAsStream("/golden/log/records-v1.hex")) {
            assertNotNull(golden, "golden/log/records-v1.hex");
            assertEquals(new String(golden.readAllBytes(), StandardCharsets.US_ASCII), records);
        }
    }
}
