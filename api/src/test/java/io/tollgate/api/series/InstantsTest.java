package io.tollgate.api.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.TestSeed;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
    private static final long HOUR_NS = 3_600_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00Z, 0",
        "1970-01-01T00:00:00.000000001Z, 1",
        "1969-12-31T23:59:59.999999999Z, -1",
        "1969-12-31T23:59:59Z, -1000000000",
        "1969-12-31T23:59:58.5Z, -1500000000",
        "1970-01-01T01:00+01:00, 0",
        "1969-12-31T06:00-18:00, 0",
        "1970-01-01T18:00+18:00, 0",
        "1970-01-01T00:00:01+00:00:01, 0",
        "2025-05-14T00:01-04:00, 1747195260000000000",
        "2025-05-14T12:01+08:00, 1747195260000000000",
        "2025-05-14T12:01+0800, 1747195260000000000",
        "2025-05-14T12:01:00.0+08, 1747195260000000000",
        "2025-05-13T18:31-0930, 1747195260000000000",
        "2025-05-14T04:01:00.000Z, 1747195260000000000",
        "2025-05-14t04:01z, 1747195260000000000",
        "2024-02-29T00:00Z, 1709164800000000000",
        "1677-09-21T00:12:43.145224193Z, -9223372036854775807",
        "2262-04-11T23:47:16.854775806Z, 9223372036854775806",
        "2262-04-12T17:47:16.854775806+18:00, 9223372036854775806",
    })
    void shouldReadADateTimeWithZOrOffset(final String text, final long expected) {
        assertEquals(expected, Instants.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "+5",
                "20250514",
                "1747195260",
                "1747195260000",
                "1747195260000000000",
                "9223372036854775807"
            })
    void shouldRefuseAnIntegerWhoseUnitIsNotKnown(final String text) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Instants.parse(text));
        assertEquals(
                "instant=" + text + ", expected a date-time with Z or offset, such as 2025-05-14T00:01-04:00, not an"
                        + " integer: its unit is unknown",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "now",
                "2025-05-14",
                "2025-05-14T00:01",
                "2025-05-14 00:01Z",
                "2025-05-14T00:01-4",
                "2025-05-14T00:01-400",
                "2025-05-14T00:01-040000",
                "2025-05-14T00:01-04:00-04",
                "2025-05-14T00:01-0400Z",
                "2025-05-14T00:01+19",
                "2025-05-14T00Z",
                "2025-05-14T00:01 America/New_York",
                "2025-05-14T00:01[Asia/Shanghai]",
                "2025-13-01T00:00Z",
                "2025-05-14T00:01:00.0000000001Z",
                "2025-05-14T00:01:00.Z",
                "2025-05-14T00:01.5Z",
                "2025-05-14T00:01:Z",
                "2025-05-14T00:60Z",
                "2025-05-14T00:00:60Z",
                "2025-05-14T00:01+19:00",
                "1e18",
                "1.5",
                " 0",
                "0 ",
                "\u0661",
                "99999999999999999999"
            })
    void shouldRefuseWhatIsNoInstantAndNameIt(final String text) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Instants.parse(text));
        assertTrue(refusal.getMessage().startsWith("instant=" + text + ", expected "), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-02-29T00:00Z", "2025-02-30T00:00Z", "2025-04-31T00:01-04:00", "2025-05-14T24:00Z"})
    void shouldRefuseADayOrTimeThatDoesNotExistInsteadOfMovingIt(final String text) {
        assertThrows(IllegalArgumentException.class, () -> Instants.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1677-09-21T00:12:43.145224192Z",
                "1677-09-21T00:12:42Z",
                "2262-04-11T23:47:16.854775807Z",
                "2262-04-12T00:00Z",
                "9999-12-31T23:59:59Z",
                "-0001-01-01T00:00Z",
                "+999999999-12-31T23:59:59Z"
            })
    void shouldRefuseAnInstantOutOfRange(final String text) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Instants.parse(text));
        assertTrue(refusal.getMessage().contains("1677-09-21"), refusal.getMessage());
    }

    @Test
    void shouldRefuseTheFarthestInstantsOfTheJdk() {
        assertThrows(IllegalArgumentException.class, () -> Instants.of(Instant.MIN));
        assertThrows(IllegalArgumentException.class, () -> Instants.of(Instant.MAX));
        final LocalTime midnight = LocalTime.MIDNIGHT;
        final ZoneId zone = ZoneId.of("America/New_York");
        assertThrows(IllegalArgumentException.class, () -> Instants.of(LocalDate.MAX, midnight, zone));
        assertThrows(IllegalArgumentException.class, () -> Instants.of(LocalDate.MIN, midnight, zone));
    }

    @Test
    void shouldGiveTheSameInstantForAmericanMidnightAndChineseNoon() {
        final long american = at("2025-05-14", "00:01", "America/New_York");
        assertEquals(american, at("2025-05-14", "12:01", "Asia/Shanghai"));
        assertEquals("2025-05-14T04:01:00Z", Instants.format(american));
        // Outside daylight saving time it is 13:01.
        assertEquals(at("2025-11-10", "00:01", "America/New_York"), at("2025-11-10", "13:01", "Asia/Shanghai"));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-09, 00:01, 2025-03-09T00:01-05:00",
        "2025-03-09, 01:59, 2025-03-09T01:59-05:00",
        "2025-03-09, 02:00, 2025-03-09T03:00-04:00",
        "2025-03-09, 02:30, 2025-03-09T03:30-04:00",
        "2025-03-09, 03:00, 2025-03-09T03:00-04:00",
        "2025-11-02, 00:59, 2025-11-02T00:59-04:00",
        "2025-11-02, 01:30, 2025-11-02T01:30-04:00",
        "2025-11-02, 02:00, 2025-11-02T02:00-05:00",
    })
    void shouldMoveOnASkippedTimeAndTakeTheEarlierOfADoubledOne(
            final String date, final String time, final String expected) {
        assertEquals(Instants.parse(expected), at(date, time, "America/New_York"));
    }

    @ParameterizedTest
    @CsvSource({"2025-03-08, 24", "2025-03-09, 23", "2025-03-10, 24", "2025-11-02, 25", "2025-11-03, 24"})
    void shouldGiveDaysOfTheLengthTheZoneGivesThem(final String date, final int hours) {
        final LocalDate day = LocalDate.parse(date);
        final ZoneId zone = ZoneId.of("America/New_York");
        final LocalTime midnight = LocalTime.MIDNIGHT;
        assertEquals(hours * HOUR_NS, Instants.of(day.plusDays(1), midnight, zone) - Instants.of(day, midnight, zone));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "1, 1970-01-01T00:00:00.000000001Z",
        "-1, 1969-12-31T23:59:59.999999999Z",
        "-1500000000, 1969-12-31T23:59:58.5Z",
        "1747195260000000000, 2025-05-14T04:01:00Z",
        "1747195260120000000, 2025-05-14T04:01:00.12Z",
        "-9223372036854775807, 1677-09-21T00:12:43.145224193Z",
        "9223372036854775806, 2262-04-11T23:47:16.854775806Z",
    })
    void shouldWriteSecondsAlwaysAndCutTrailingZeros(final long instantNs, final String expected) {
        assertEquals(expected, Instants.format(instantNs));
    }

    @Test
    void shouldReadBackWhatItWroteAndAgreeWithExactArithmetic() {
        final long seed = TestSeed.of("instants");
        final SplittableRandom random = new SplittableRandom(seed);
        final BigInteger second = BigInteger.valueOf(1_000_000_000L);
        for (int i = 0; i < 50_000; i++) {
            final long instantNs =
                    Math.min(Math.max(random.nextLong() >> random.nextInt(64), Instants.MIN), Instants.MAX);
            final String context = "seed=" + seed + " instantNs=" + instantNs;
            final Instant instant = Instants.toInstant(instantNs);
            assertEquals(
                    BigInteger.valueOf(instantNs),
                    BigInteger.valueOf(instant.getEpochSecond())
                            .multiply(second)
                            .add(BigInteger.valueOf(instant.getNano())),
                    context);
            assertEquals(instantNs, Instants.of(instant), context);
            assertEquals(instantNs, Instants.parse(Instants.format(instantNs)), context);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void shouldKeepTheOutermostLongsOutOfRange(final long instantNs) {
        assertThrows(IllegalArgumentException.class, () -> Instants.requireInRange(instantNs));
        assertEquals(Instants.MIN, Instants.requireInRange(Instants.MIN));
        assertEquals(Instants.MAX, Instants.requireInRange(Instants.MAX));
    }

    private static long at(final String date, final String time, final String zone) {
        return Instants.of(LocalDate.parse(date), LocalTime.parse(time), ZoneId.of(zone));
    }
}
