package io.tollgate.examples.impact.source;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import java.time.LocalDate;

/**
 * One event of the timeline of measures.
 *
 * @param id             of the event.
 * @param imposer        the side that took the measure: {@code US}, {@code CN}, ...
 * @param target         the side it is aimed at: {@code US}, {@code CN}, {@code ALL}, ...
 * @param kind           its action: {@code impose}, {@code raise}, {@code suspend}, ...
 * @param instrument     its law or list.
 * @param scope          its goods, in words.
 * @param announced      day of the announcement.
 * @param effectiveNs    start, {@link Instants#NONE} if it never had an instant.
 * @param scheduledEndNs scheduled end, {@link Instants#NONE} if no end was set.
 * @param deltaPp        its change in percentage points, empty if there is no single one.
 * @param levelPct       the rate of the instrument after it, in percent, empty if there is no single one.
 * @param source         of the event.
 */
public record TimelineEvent(
        String id,
        String imposer,
        String target,
        String kind,
        String instrument,
        String scope,
        LocalDate announced,
        long effectiveNs,
        long scheduledEndNs,
        String deltaPp,
        String levelPct,
        Source source) {

    static TimelineEvent of(final NamedCsvRecord csv) {
        final String source = csv.getField("source");
        return new TimelineEvent(
                csv.getField("event_id"),
                csv.getField("imposer"),
                csv.getField("target"),
                csv.getField("kind"),
                csv.getField("instrument"),
                csv.getField("scope"),
                LocalDate.parse(csv.getField("announced_date")),
                instant(csv.getField("effective_instant")),
                instant(csv.getField("scheduled_end_instant")),
                csv.getField("delta_pp"),
                csv.getField("level_after_pct"),
                new Source(
                        csv.getField("event_id") + ", " + csv.getField("legal_ref") + ": " + source,
                        Verification.of(csv.getField("verified"), source)));
    }

    /** Returns the zone of the dates of the measure. */
    public Zone zone() {
        return switch (imposer) {
            case "US" -> Zone.NEW_YORK;
            case "CN" -> Zone.SHANGHAI;
            case "NL" -> Zone.AMSTERDAM;
            default -> Zone.UTC;
        };
    }

    /**
     * Returns the instant at which the measure became known. Announcements are dated without a time of day. They count
     * from the end of their day, so that they are never known too early.
     */
    public long knownNs() {
        return zone().endOf(announced);
    }

    /** Feeds the level after the measure, from its instant on. */
    public void feedLevel(final Feed feed, final Sources sources, final StepSeries series) {
        feedLevel(feed, sources, series, series.scaled(levelPct));
    }

    /** Feeds a level that its source gives only in words, from its instant on. */
    public void feedLevel(final Feed feed, final Sources sources, final StepSeries series, final long value) {
        feed.level(series, effectiveNs, value, knownNs(), sources.number(source));
    }

    private static long instant(final String text) {
        return text.isEmpty() ? Instants.NONE : Instants.parse(text);
    }
}
