package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Instants;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GridTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    /** Steps up to the longest one there is: the sum of two of them is more than a long. */
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
        final Grid grid = new Grid(days * DAY_NS, ZoneId.of(zone));
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

    private static BigInteger firstMultiple(final long firstNs, final long stepNs, final ZoneId zone) {
        final long offsetNs =
                zone.getRules().getOffset(Instants.toInstant(firstNs)).getTotalSeconds() * 1_000_000_000L;
        final BigInteger first = BigInteger.valueOf(firstNs);
        final BigInteger local = first.add(BigInteger.valueOf(offsetNs));
        return first.add(local.negate().mod(BigInteger.valueOf(stepNs)));
    }
}
