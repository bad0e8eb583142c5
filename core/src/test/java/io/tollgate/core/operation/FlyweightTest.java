package io.tollgate.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlyweightTest {
    private static final int OFFSET = 24;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);

    @ParameterizedTest
    @ValueSource(ints = {OperationDescriptor.POINT, OperationDescriptor.UNKNOWN, OperationDescriptor.WITHDRAW})
    void shouldReadBackThePointThatWasWritten(final int type) {
        new PointOperation().encode(buffer, OFFSET, type, 9, 1, -2, Long.MIN_VALUE, Long.MAX_VALUE, -5);
        final PointOperation point = new PointOperation().wrap(buffer, OFFSET);

        assertEquals(type, point.type());
        assertEquals(9, point.batchId());
        assertEquals(1, point.seriesNumber());
        assertEquals(-2, point.validTime());
        assertEquals(Long.MIN_VALUE, point.value());
        assertEquals(Long.MAX_VALUE, point.knowledgeTime());
        assertEquals(-5, point.reference());
    }

    @Test
    void shouldReadBackTheRetentionThatWasWritten() {
        new RetentionOperation().encode(buffer, OFFSET, 1, Long.MIN_VALUE, -5);
        final RetentionOperation retention = new RetentionOperation().wrap(buffer, OFFSET);

        assertEquals(1, retention.seriesNumber());
        assertEquals(Long.MIN_VALUE, retention.horizon());
    }

    @Test
    void shouldReadBackTheWindowThatWasWritten() {
        ExampleRecords.window(buffer, OFFSET);
        final WindowDefinitionOperation window = new WindowDefinitionOperation().wrap(buffer, OFFSET);

        assertEquals(0x1112131415161718L, window.seriesNumber());
        assertTrue(window.isOfWindow());
        assertEquals(OFFSET + 16, window.windowOffset());
        assertFalse(new WindowDefinitionOperation()
                .encode(buffer, OFFSET, 1, 0xFEDC)
                .isOfWindow());
    }

    @Test
    void shouldReadBackTheRegistrationThatWasWritten() {
        ExampleRecords.registration(buffer, OFFSET);
        final WindowRegistrationOperation registration = new WindowRegistrationOperation().wrap(buffer, OFFSET);

        assertEquals("tariff.*.CN.*", registration.pattern());
        assertEquals(0xFEDC, registration.moments());
        assertEquals(2, registration.windowCount());
        assertEquals(0x3132333435363738L, registration.buffer().getLong(registration.windowOffset(1) + 8));
        assertEquals(-2, registration.buffer().getLong(registration.windowOffset(0) + 16));
        assertTrue(OperationDescriptor.length(buffer, OFFSET) <= WindowRegistrationOperation.maxLength(2));
    }

    @Test
    void shouldRefuseAPatternThatDoesNotFit() {
        for (final String pattern : new String[] {"", "\u5173".repeat(43)}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new WindowRegistrationOperation().encode(buffer, OFFSET, 0, 0, pattern));
        }
    }

    @Test
    void shouldReadBackTheClockThatWasWritten() {
        new ClockOperation().encode(buffer, OFFSET, -77);

        assertEquals(-77, new ClockOperation().wrap(buffer, OFFSET).now());
    }

    @Test
    void shouldReadBackTheRefusalOfAPoint() {
        final PointOperation refused = new PointOperation()
                .encode(buffer, 128, OperationDescriptor.WITHDRAW, 3, 4, 5, 6, 7, OperationDescriptor.MISSING);
        new RefusalOperation().encode(buffer, OFFSET, -12, refused);
        final RefusalOperation refusal = new RefusalOperation().wrap(buffer, OFFSET);

        assertEquals(3, OperationDescriptor.batchId(buffer, OFFSET));
        assertEquals(-12, refusal.reason());
        assertEquals(OperationDescriptor.WITHDRAW, refusal.refusedType());
        assertEquals(4, refusal.point().seriesNumber());
        assertEquals(5, refusal.point().validTime());
        assertEquals(6, refusal.point().value());
        assertEquals(7, refusal.point().knowledgeTime());
        assertEquals(OperationDescriptor.MISSING, refusal.point().reference());
    }

    @Test
    void shouldReadBackTheSeriesThatWasWritten() {
        ExampleRecords.series(buffer, OFFSET);
        final SeriesDefinitionOperation series = new SeriesDefinitionOperation().wrap(buffer, OFFSET);

        assertEquals(0x1112131415161718L, series.seriesNumber());
        assertEquals(1, series.kind());
        assertEquals(6, series.scale());
        assertEquals(2, series.duplicatePolicy());
        assertEquals(1, series.openEnd());
        assertEquals(0x2122232425262728L, series.heartbeatNs());
        assertEquals(-0x3132333435363738L, series.lifeStart());
        assertEquals(0x4142434445464748L, series.periodCode());
        assertEquals("TONNE", series.unitName());
        assertEquals("tariff.US.CN.85411000", series.key());
        assertEquals(96, series.length());
    }

    @Test
    void shouldDeclareNothingThatWasNotSet() {
        buffer.setMemory(0, buffer.capacity(), (byte) 0xEE);
        final SeriesDefinitionOperation series = new SeriesDefinitionOperation().encode(buffer, OFFSET, 3, "", "k");

        assertEquals(0, series.kind() | series.scale() | series.duplicatePolicy() | series.openEnd());
        assertEquals(0, series.heartbeatNs());
        assertEquals(OperationDescriptor.MISSING, series.lifeStart());
        assertEquals(0, series.periodCode());
        assertEquals("", series.unitName());
    }

    @ParameterizedTest
    @CsvSource({"1, 80", "6, 80", "7, 88", "127, 208", "128, 208"})
    void shouldTakeKeysOfEveryLengthAndPadTheRecord(final int keyLength, final int recordLength) {
        final String key = "k".repeat(keyLength);
        final SeriesDefinitionOperation series =
                new SeriesDefinitionOperation().encode(buffer, OFFSET, 3, "u".repeat(16), key);

        assertEquals(recordLength, series.length());
        assertEquals(key, series.key());
        assertEquals("u".repeat(16), series.unitName());
        assertTrue(series.length() <= SeriesDefinitionOperation.MAX_LENGTH);
    }

    @Test
    void shouldKeepAKeyOfAnyScript() {
        final String key = "关税.日本.\uD83D\uDEA2, spaces: and \u00E9";

        assertEquals(
                key,
                new SeriesDefinitionOperation().encode(buffer, 0, 1, "百万円", key).key());
    }

    @ParameterizedTest
    @CsvSource({"17, 1, unitName", "0, 129, key", "0, 0, key"})
    void shouldRefuseANameOfAnotherLengthByItsName(final int unitLength, final int keyLength, final String field) {
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new SeriesDefinitionOperation()
                        .encode(buffer, 0, 1, "u".repeat(unitLength), "k".repeat(keyLength)));

        assertTrue(refusal.getMessage().startsWith(field + "="), refusal.getMessage());
    }
}
