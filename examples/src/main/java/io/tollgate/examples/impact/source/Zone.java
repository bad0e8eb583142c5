package io.tollgate.examples.impact.source;

import io.tollgate.api.series.Instants;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The zones in whose days the measures and counts of this study are dated. */
public enum Zone {
    /** US measures: in force from 00:01. */
    NEW_YORK("America/New_York", "New York"),
    /** Chinese measures: in force from 12:01 or 13:01 by law, 00:00 where no time of day is stated. */
    SHANGHAI("Asia/Shanghai", "Shanghai"),
    /** British licence counts. */
    LONDON("Europe/London", "London"),
    /** Dutch licence counts. */
    AMSTERDAM("Europe/Amsterdam", "Amsterdam"),
    /** Where no place is meant. */
    UTC("UTC", "UTC");

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final ZoneId id;
    private final String place;

    Zone(final String id, final String place) {
        this.id = ZoneId.of(id);
        this.place = place;
    }

    /** The place whose clock is meant, as a reader would say it. */
    public String place() {
        return place;
    }

    /** The instant at which a day begins. */
    public long startOf(final LocalDate date) {
        return Instants.of(date, LocalTime.MIDNIGHT, id);
    }

    /**
     * The instant at which a day ends and the next begins: where averages are asked, and amounts of a period booked.
     */
    public long endOf(final LocalDate date) {
        return startOf(date.plusDays(1));
    }

    /** The last second of a day, 23:59:59: where "the level on a date" is asked. */
    public long lastSecondOf(final LocalDate date) {
        return endOf(date) - NANOS_PER_SECOND;
    }

    /** A time of day on a date. */
    public long at(final LocalDate date, final LocalTime timeOfDay) {
        return Instants.of(date, timeOfDay, id);
    }

    /** The date of an instant. */
    public LocalDate dateOf(final long instantNs) {
        return Instants.toInstant(instantNs).atZone(id).toLocalDate();
    }

    /** An instant by this zone's clock, to the minute. */
    public String format(final long instantNs) {
        return MINUTES.format(Instants.toInstant(instantNs).atZone(id));
    }
}
