package io.tollgate.examples;

import io.tollgate.api.measure.LegalCalendar;
import io.tollgate.api.series.Instants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;

/** Instants from texts, dates, zones and other libraries, and ninety days by the calendar of the law. */
public final class DatesAndZones {
    private DatesAndZones() {}

    /**
     * Prints one instant written in four ways, and the end of a period of ninety days.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        LocalDate date = LocalDate.of(2025, 5, 14);
        long text = Instants.parse("2025-05-14T00:01-04:00");
        long local = Instants.of(date, LocalTime.of(0, 1), ZoneId.of("America/New_York"));
        long java = Instants.of(Instant.parse("2025-05-14T04:01:00Z"));
        long law = LegalCalendar.UNITED_STATES.effective(date);
        System.out.println((text == local) + " " + (local == java) + " " + (java == law) + " " + Instants.format(law));

        long october = Instants.parse("2025-10-01T00:01-04:00");
        long byCalendar = LegalCalendar.UNITED_STATES.plus(october, Period.ofDays(90));
        long byHours = october + Duration.ofDays(90).toNanos();
        System.out.println(Instants.format(byCalendar) + " is not " + Instants.format(byHours));
    }
}
