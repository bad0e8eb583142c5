package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicatePolicyTest {
    @ParameterizedTest
    @CsvSource({"REVISE, 1", "ALL, 2", "KEEP_FIRST, 3", "REJECT, 4", "SUM, 5"})
    void shouldStoreAPolicyUnderAFixedCode(final DuplicatePolicy policy, final byte code) {
        assertEquals(code, policy.code());
        assertEquals(policy, DuplicatePolicy.of(code, SeriesKind.FLOW));
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldTakeNoPolicyForTheDefaultOfTheKind(final SeriesKind kind) {
        assertEquals(DuplicatePolicy.defaultOf(kind), DuplicatePolicy.of((byte) 0, kind));
    }

    @ParameterizedTest
    @ValueSource(bytes = {-1, 6, Byte.MIN_VALUE, Byte.MAX_VALUE})
    void shouldRefuseTheCodeOfNoPolicy(final byte code) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> DuplicatePolicy.of(code, SeriesKind.FLOW));
        assertEquals("duplicatePolicyCode=" + code + ", expected 0 to 5", refusal.getMessage());
    }

    @Test
    void shouldKnowWhatSuitsAKind() {
        for (final DuplicatePolicy policy : DuplicatePolicy.values()) {
            assertEquals(policy != DuplicatePolicy.ALL && policy != DuplicatePolicy.SUM, policy.suits(SeriesKind.STEP));
            assertEquals(true, policy.suits(SeriesKind.FLOW));
        }
    }
}
