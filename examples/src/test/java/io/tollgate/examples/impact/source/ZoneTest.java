package io.tollgate.examples.impact.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.series.Instants;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

final class ZoneTest {
    @Test
    void shouldKnowThatAMinutePastMidnightInNewYorkIsAMinutePastNoonInShanghai() {
        final LocalDate truce = LocalDate.of(2025, 5, 14);

        assertEquals(Zone.NEW_YORK.at(truce, LocalTime.of(0, 1)), Zone.SHANGHAI.at(truce, LocalTime.of(12, 1)));
    }

    @Test
    void shouldEndADayWhereTheNextBegins() {
        final LocalDate clockChange = LocalDate.of(2025, 11, 2);

        assertEquals(Instants.parse("2025-11-03T00:00-05:00"), Zone.NEW_YORK.endOf(clockChange));
        assertEquals(Instants.parse("2025-11-02T23:59:59-05:00"), Zone.NEW_YORK.lastSecondOf(clockChange));
        assertEquals(Instants.parse("2025-11-02T00:00-04:00"), Zone.NEW_YORK.startOf(clockChange));
        assertEquals(clockChange, Zone.NEW_YORK.dateOf(Zone.NEW_YORK.lastSecondOf(clockChange)));
    }
}
