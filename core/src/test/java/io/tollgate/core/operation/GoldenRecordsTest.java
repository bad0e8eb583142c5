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
