package io.tollgate.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlyweightTest {
    private static final int OFFSET = 24;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);

    @Test
    void shouldRefuseAPatternThatDoesNotFit() {
        for (final String pattern : new String[] {"", "\u5173".repeat(43)}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new WindowRegistrationOperation().encode(buffer, OFFSET, 0, 0, pattern));
        }
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
