package io.tollgate.examples.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Instants;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CalendarGridTest {
    @ParameterizedTest
    @CsvSource({
        "month:America/New_York, 2025-02-01T05:00Z, 2025-04-01T04:00Z, '2025-02-01T05:00Z 2025-03-01T05:00Z"
                + " 2025-04-01T04:00Z'",
        "month:America/New_York, 2025-02-01T05:00:00.000000001Z, 2025-04-01T03:59:59Z, 2025-03-01T05:00Z",
        "quarter:Asia/Shanghai, 2024-11-05T00:00Z, 2025-07-01T00:00Z, '2024-12-31T16:00Z 2025-03-31T16:00Z"
                + " 2025-06-30T16:00Z'",
        "year:UTC, 1969-06-01T00:00Z, 1971-01-01T00:00Z, '1970-01-01T00:00Z 1971-01-01T00:00Z'",
        "year:UTC, 2025-01-01T00:00:01Z, 2025-12-31T00:00Z, ''",
        "year:UTC, 2025-12-31T00:00Z, 2025-01-01T00:00Z, ''",
        "year:UTC, 2262-01-01T00:00Z, 2262-04-11T00:00Z, 2262-01-01T00:00Z"
    })
    void shouldVisitTheBeginningsOfPeriods(
            final String every, final String first, final String last, final String expected) {
        final List<Long> visited = new ArrayList<>();
        Grid.of(every, ZoneOffset.UTC).forEach(Instants.parse(first), Instants.parse(last), visited::add);
        assertEquals(
                expected.isEmpty()
                        ? List.of()
                        : List.of(expected.split(" ")).stream()
                                .map(Instants::parse)
                                .toList(),
                visited);
    }

    @ParameterizedTest
    @ValueSource(strings = {"month", "month:", "month:Nowhere/City", "week:UTC", "MONTH:UTC", "0d", "1", ":UTC", ""})
    void shouldRefuseOtherTexts(final String every) {
        final Exception refused = assertThrows(IllegalArgumentException.class, () -> Grid.of(every, ZoneOffset.UTC));
        assertTrue(refused.getMessage().startsWith("'" + every + "' is neither"), refused.getMessage());
        assertTrue(refused.getMessage().endsWith("or month:, quarter: or year: with a zone"), refused.getMessage());
    }
}
