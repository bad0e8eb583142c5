package io.tollgate.examples.impact.source;

import io.tollgate.api.series.Instants;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time zones of the dates of measures and counts in this study. */
public enum Zone {
    /** US measures: in force from 00:01. */
    NEW_YORK("America/New_York", "New York"),
    /** Chinese measures: in force from 12:01 or 13:01 by law, or from 00:00 if no time of day is stated. */
    SHANGHAI("Asia/Shanghai", "Shanghai"),
    /** British licence counts. */
    LONDON("Europe/London", "London"),
    /** Dutch licence counts. */
    AMSTERDAM("Europe/Amsterdam", "Amsterdam"),
    /** For dates without a place. */
    UTC("UTC", "UTC");

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final ZoneId id;
    private final String place;

    Zone(final String id, final String place) {
        this.id = ZoneId.of(id);
        this.place = place;
    }

    /** Returns the name of the place, for the reader. */
    public String place() {
        return place;
    }

    /** Returns the instant at which a day begins. */
    public long startOf(final LocalDate date) {
        return Instants.of(date, LocalTime.MIDNIGHT, id);
    }

    /**
     * Returns the instant at which a day ends and the next begins. Averages are read and amounts of a period are booked
     * at this instant.
     */
    public long endOf(final LocalDate date) {
        return startOf(date.plusDays(1));
    }

    /** Returns the last second of a day, 23:59:59, at which "the level on a date" is read. */
    public long lastSecondOf(final LocalDate date) {
        return endOf(date) - NANOS_PER_SECOND;
    }

    /** Returns the instant of a time of day on a date. */
    public long at(final LocalDate date, final LocalTime timeOfDay) {
        return Instants.of(date, timeOfDay, id);
    }

    /** Returns the date of an instant. */
    public LocalDate dateOf(final long instantNs) {
        return Instants.toInstant(instantNs).atZone(id).toLocalDate();
    }

    /** Formats an instant in this zone, to the minute. */
    public String format(final long instantNs) {
        return MINUTES.format(Instants.toInstant(instantNs).atZone(id));
    }
}
