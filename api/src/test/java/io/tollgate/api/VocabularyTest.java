package io.tollgate.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.BatchCounts;
import io.tollgate.api.admin.CheckpointCounts;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units, windows, codes and names that are stored or read by other programs and must not change. */
class VocabularyTest {
    @ParameterizedTest
    @ValueSource(strings = {"USD", "TONNE", "DAY", "%", "~", "!", "USD/t", "SIXTEEN_CHARS_16"})
    void shouldAcceptAUnitOfPrintableAscii(final String name) {
        assertEquals(name, new Unit(name).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "US D", "€", "a\u007f", "a\tb", "SEVENTEEN_CHARS_X"})
    void shouldRefuseAnyOtherUnitAndNameIt(final String name) {
        final IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> new Unit(name));
        assertEquals("unit=" + name + ", expected 1 to 16 printable ASCII characters", refusal.getMessage());
    }

    @Test
    void shouldTakeAUnitOfTheSameNameForTheSame() {
        assertEquals(Unit.PERCENT, new Unit("PERCENT"));
        assertEquals(
                List.of("PERCENT", "FRACTION", "BASIS_POINT", "COUNT"),
                List.of(Unit.PERCENT.name(), Unit.FRACTION.name(), Unit.BASIS_POINT.name(), Unit.COUNT.name()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldRefuseAWindowWithoutLength(final long lengthNs) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Window.slidingNs(lengthNs));
        assertEquals("windowLengthNs=" + lengthNs + ", expected 1 or more", refusal.getMessage());
    }

    @Test
    void shouldTakeAWindowFromOneNanosecondTo292Years() {
        assertEquals(1, Window.sliding(Duration.ofNanos(1)).lengthNs());
        assertEquals(2_592_000_000_000_000L, Window.sliding(Duration.ofDays(30)).lengthNs());
        assertEquals(
                Long.MAX_VALUE, Window.sliding(Duration.ofNanos(Long.MAX_VALUE)).lengthNs());
        assertThrows(IllegalArgumentException.class, () -> Window.sliding(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Window.sliding(Duration.ofNanos(-1)));
        final Duration tooLong = Duration.ofNanos(Long.MAX_VALUE).plusNanos(1);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Window.sliding(tooLong))
                .getMessage()
                .startsWith("windowLength=" + tooLong));
    }

    @ParameterizedTest
    @CsvSource({"STEP, 0", "FLOW, 1"})
    void shouldStoreAKindUnderAFixedCode(final SeriesKind kind, final byte code) {
        assertEquals(code, kind.code());
        assertEquals(kind, SeriesKind.of(code));
    }

    @ParameterizedTest
    @ValueSource(bytes = {-1, 2, Byte.MIN_VALUE, Byte.MAX_VALUE})
    void shouldRefuseTheCodeOfNoKind(final byte code) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> SeriesKind.of(code));
        assertEquals("seriesKindCode=" + code + ", expected 0 (STEP) or 1 (FLOW)", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "KNOWLEDGE_DECREASES, 1",
        "KNOWLEDGE_MISSING, 2",
        "STORE_FULL, 3",
        "DUPLICATE, 4",
        "NO_SUCH_POINT, 5",
        "OVERFLOW, 6"
    })
    void shouldLogARefusalUnderAFixedCode(final RefusalReason reason, final int code) {
        assertEquals(code, reason.code());
        assertTrue(code <= RefusalReason.count());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, BACK_PRESSURED",
        "-2, CLOSED",
        "-3, UNKNOWN_SERIES",
        "-4, VALUE_RESERVED",
        "-5, TIME_OUT_OF_RANGE",
        "-6, BATCH_TOO_LARGE",
        "-7, TOO_MANY_BATCHES",
        "-8, BATCH_ABORTED",
        "-9, IMPLAUSIBLE_TIME",
        "-10, -10",
        "0, 0",
        "17, 17",
        "-9223372036854775808, -9223372036854775808",
    })
    void shouldNameTheCodesOfOffer(final long code, final String name) {
        assertEquals(name, Publisher.describe(code));
    }

    @Test
    void shouldKeepTheValuesOfTheCodes() {
        assertEquals(-1, Publisher.BACK_PRESSURED);
        assertEquals(-2, Publisher.CLOSED);
        assertEquals(-3, Publisher.UNKNOWN_SERIES);
        assertEquals(-4, Publisher.VALUE_RESERVED);
        assertEquals(-5, Publisher.TIME_OUT_OF_RANGE);
        assertEquals(Long.MIN_VALUE, Instants.NONE);
        assertEquals(Long.MIN_VALUE, Decimals.UNKNOWN);
        assertEquals(Long.MIN_VALUE, Publisher.NO_REFERENCE);
    }

    @Test
    void shouldGiveAValueOnlyWithOkAndPartial() {
        final List<Status> withValue =
                Arrays.stream(Status.values()).filter(Status::hasValue).toList();
        assertEquals(List.of(Status.PARTIAL, Status.OK), withValue);
    }

    @Test
    void shouldListTheStatusesInTheirPrecedence() {
        assertEquals(
                "UNREAD CONTENDED FORGOTTEN EMPTY INSUFFICIENT UNDEFINED OVERFLOW PARTIAL OK",
                Arrays.stream(Status.values()).map(Status::name).collect(Collectors.joining(" ")));
    }

    @Test
    void shouldKeepTheNamesOfTheMetrics() {
        assertEquals(
                "count sum rate mean variance sd variance-population sd-population zscore zscore-inclusive min max"
                        + " first last delta range relative log-change skew kurtosis slope"
                        + " intercept coverage changes since-change",
                Arrays.stream(BasicMetric.values()).map(Metric::text).collect(Collectors.joining(" ")));
    }

    @Test
    void shouldTakeACopyOfTheRefusals() {
        final Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
        refused.put(RefusalReason.STORE_FULL, 2L);
        final EngineStatistics statistics = new EngineStatistics(
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                refused,
                8,
                9,
                10,
                18,
                new BatchCounts(11, 12, 13, 14),
                new CheckpointCounts(15, 16, 17));
        refused.put(RefusalReason.STORE_FULL, 3L);
        assertEquals(Map.of(RefusalReason.STORE_FULL, 2L), statistics.refusedCounts());
    }
}
