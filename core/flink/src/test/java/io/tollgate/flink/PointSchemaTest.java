package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.series.Instants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointSchemaTest {
    private static final long TIME = Instants.parse("2025-04-10T04:01Z");
    private static final PointRecord POINT = PointRecord.point("tariff.US.CN", TIME, 1_455, 1);

    @Test
    void shouldReadLinesOfCsv() throws IOException {
        final PointSchema schema = PointSchema.csv("series", "time", "value", "known_at", "ref");
        assertEquals(
                List.of(
                        POINT.withKnownAt(TIME - 1).withReference(7),
                        PointRecord.withdrawal("tariff.US.CN", TIME),
                        PointRecord.unknown("a,b", TIME),
                        PointRecord.unknown("tariff", TIME)),
                read(schema, """
                        tariff.US.CN,2025-04-10T04:01:00Z,145.5,2025-04-10T04:00:59.999999999Z,7
                        tariff.US.CN,2025-04-10T00:01-04:00,WITHDRAW,,
                        "a,b",2025-04-10T04:01:00Z,NA,,
                        """, "tariff,2025-04-10T04:01:00Z,,,"));
    }

    @Test
    void shouldReadLinesOfJson() throws IOException {
        assertEquals(
                List.of(POINT, POINT.withKnownAt(TIME - 60_000_000_000L).withReference(7)),
                read(
                        PointSchema.jsonLines(),
                        "{\"series\":\"tariff.US.CN\",\"time\":\"2025-04-10T04:01Z\",\"value\":145.5}",
                        "{\"value\":\"145.5\",\"ref\":7,\"known_at\":\"2025-04-10T04:00Z\","
                                + "\"time\":\"2025-04-10T04:01Z\",\"series\":\"tariff.US.CN\"}"));
    }

    @Test
    void shouldReadOneMessageAfterTheOtherAfterAFault() throws Exception {
        final PointSchema schema = InstantiationUtil.clone(PointSchema.csv("series", "time", "value"));
        assertThrows(IOException.class, () -> schema.deserialize(bytes("\"tariff.US.CN,2025-04-10T04:01Z,145.5")));
        assertEquals(POINT, schema.deserialize(bytes("tariff.US.CN,2025-04-10T04:01Z,145.5")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tariff.US.CN,2025-04-10,145.5",
                "tariff.US.CN,2025-04-10T04:01Z,145.5,1",
                "tariff.US.CN,2025-04-10T04:01Z,0.1234567891",
                "tariff.US.CN,2025-04-10T04:01Z,1e999999999",
                "tariff.US.CN,2025-04-10T04:01Z,high"
            })
    void shouldRefuseOrSkipAFault(final String line) throws IOException {
        final PointSchema schema = PointSchema.csv("series", "time", "value");
        final IOException refusal = assertThrows(IOException.class, () -> schema.deserialize(bytes(line)));
        assertEquals("line=" + line, refusal.getMessage().substring(0, 5 + line.length()));
        assertEquals(
                List.of(POINT), read(schema.skippingFaults(), line + "\ntariff.US.CN,2025-04-10T04:01Z,145.5", line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"series,time", "series,time,value,value", "series,time,value,unit"})
    void shouldRefuseOtherColumns(final String columns) {
        assertThrows(IllegalArgumentException.class, () -> PointSchema.csv(columns.split(",")));
    }

    private static List<PointRecord> read(final PointSchema schema, final String... messages) throws IOException {
        final List<PointRecord> points = new ArrayList<>();
        for (final String message : messages) {
            schema.deserialize(bytes(message), new ListCollector<>(points));
        }
        return points;
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
