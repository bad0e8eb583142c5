package io.tollgate.examples.points;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.series.Instants;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StepGridTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    /** Steps up to the longest possible one; the sum of two of these overflows a long. */
    @ParameterizedTest
    @CsvSource({
        "1, UTC",
        "1, America/New_York",
        "1, Asia/Shanghai",
        "400, America/New_York",
        "54000, America/New_York",
        "70000, America/New_York",
        "70000, Asia/Shanghai",
        "106751, America/New_York",
        "106751, Asia/Shanghai"
    })
    void shouldBeginAtTheFirstMultipleByTheClockOfTheZone(final long days, final String zone) {
        final Grid grid = new StepGrid(days * DAY_NS, ZoneId.of(zone));
        for (final String first : List.of("1677-10-01T00:00Z", "1677-10-03T05:00:00.000000001Z", "1969-12-31T23:00Z")) {
            final long firstNs = Instants.parse(first);
            final List<Long> found = new ArrayList<>();
            grid.forEach(firstNs, Instants.MAX, atNs -> {
                if (found.isEmpty()) {
                    found.add(atNs);
                }
            });
            final BigInteger expected = firstMultiple(firstNs, days * DAY_NS, ZoneId.of(zone));
            final boolean isThere = expected.bitLength() < Long.SIZE && expected.longValue() <= Instants.MAX;
            assertEquals(isThere ? List.of(expected.longValue()) : List.of(), found, first);
        }
    }

    /** On a day of a clock change, a multiple is an hour off or occurs twice. */
    @ParameterizedTest
    @CsvSource({
        "24, America/New_York, 2025-03-09T05:30:00Z, 2025-03-10T04:00:00Z",
        "24, America/New_York, 2025-11-02T04:30:00Z, 2025-11-03T05:00:00Z",
        "1, America/New_York, 2025-11-02T05:45:00Z, 2025-11-02T06:00:00Z",
        "2, America/New_York, 2025-11-02T05:45:00Z, 2025-11-02T07:00:00Z",
        "1, Australia/Lord_Howe, 2025-04-05T14:45:00Z, 2025-04-05T15:30:00Z",
        "24, Pacific/Apia, 2011-12-29T12:00:00Z, 2011-12-30T10:00:00Z",
        "24, America/Sao_Paulo, 2018-11-03T12:00:00Z, 2018-11-05T02:00:00Z",
    })
    void shouldBeginWhereTheClockShowsAMultipleAlsoAfterItWasPutOnOrBack(
            final long hours, final String zone, final String first, final String expected) {
        final List<String> found = new ArrayList<>();
        new StepGrid(hours * DAY_NS / 24, ZoneId.of(zone)).forEach(Instants.parse(first), Instants.MAX / 2, atNs -> {
            if (found.isEmpty()) {
                found.add(Instants.format(atNs));
            }
        });
        assertEquals(List.of(expected), found);
    }

    /** Returns the earliest instant, not before the first one, at which the clock shows one of the next multiples. */
    private static BigInteger firstMultiple(final long firstNs, final long stepNs, final ZoneId zone) {
        final BigInteger step = BigInteger.valueOf(stepNs);
        final BigInteger first = BigInteger.valueOf(firstNs);
        final BigInteger index = first.subtract(first.mod(step)).divide(step);
        return IntStream.rangeClosed(-2, 4)
                .mapToObj(i -> index.add(BigInteger.valueOf(i)).multiply(step))
                .flatMap(local -> instants(local, zone))
                .filter(instant -> instant.compareTo(first) >= 0)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Returns all instants at which the clock shows a time of that many nanoseconds, at whole seconds. */
    private static Stream<BigInteger> instants(final BigInteger local, final ZoneId zone) {
        final BigInteger second = BigInteger.valueOf(1_000_000_000L);
        final LocalDateTime time =
                LocalDateTime.ofEpochSecond(local.divide(second).longValueExact(), 0, ZoneOffset.UTC);
        return zone.getRules().getValidOffsets(time).stream()
                .map(offset -> local.subtract(
                        BigInteger.valueOf(offset.getTotalSeconds()).multiply(second)));
    }
}
