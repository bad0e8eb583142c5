package io.tollgate.examples.impact.data;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Quarter;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Licence counts as published by authorities of several countries. Each figure is the amount of a period, booked at the
 * end of the period, and known from its day of publication.
 */
public final class PublishedLicences {
    private static final String FILE = "licence_counts_published.csv";

    private final List<Observation> observations;
    private final List<Note> notes;

    private PublishedLicences(final List<Observation> observations, final List<Note> notes) {
        this.observations = observations;
        this.notes = notes;
    }

    /** The counted quantity, by its column. */
    public enum Figure {
        /** Applications received. */
        RECEIVED("received"),
        /** Licences issued. */
        ISSUED("issued"),
        /** Licences refused. */
        REFUSED("refused"),
        /** Applications returned without action, or licences revoked. */
        RETURNED("rwa_or_other");

        private final String column;

        Figure(final String column) {
            this.column = column;
        }
    }

    /**
     * One published observation.
     *
     * @param authority   that decides.
     * @param licenceType type of the licences.
     * @param destination country or recipient.
     * @param from        first day of the period.
     * @param to          last day of the period.
     * @param asOf        day of publication.
     * @param pending     pending cases as published, empty if they were not.
     * @param source      of the observation.
     * @param figures     series of the published figures.
     */
    public record Observation(
            String authority,
            String licenceType,
            String destination,
            LocalDate from,
            LocalDate to,
            LocalDate asOf,
            String pending,
            Source source,
            Map<Figure, FlowSeries> figures) {

        /** Returns true if the period is a calendar quarter. */
        public boolean isQuarter() {
            return Quarter.of(from).start().equals(from)
                    && Quarter.of(from).next().start().equals(to.plusDays(1));
        }

        /** Returns true if the period is a calendar year or a budget year. */
        public boolean isYear() {
            return from.plusYears(1).equals(to.plusDays(1));
        }

        /** Returns the zone of its dates. */
        Zone zone() {
            return switch (authority.substring(0, 2)) {
                case "UK" -> Zone.LONDON;
                case "NL" -> Zone.AMSTERDAM;
                case "US" -> Zone.NEW_YORK;
                case "CN" -> Zone.SHANGHAI;
                default -> Zone.UTC;
            };
        }

        /** Returns the end of the period. */
        long endNs() {
            return zone().endOf(to);
        }

        /** Returns the window of the whole period. */
        Window.Sliding period() {
            return Window.slidingNs(endNs() - zone().startOf(from));
        }

        /** Returns a figure as read from the engine, empty if it was not published. */
        public OptionalLong read(final Figure figure, final Answers answers) {
            if (!figures.containsKey(figure)) {
                return OptionalLong.empty();
            }
            final WindowReading reading = answers.window(figures.get(figure), period(), endNs());
            return OptionalLong.of(Math.round(reading.value(Metric.SUM)));
        }

        /** Returns a row of metrics.csv for a number that a chapter computes from the figures of the period. */
        public MetricRow row(final String chapter, final String metric, final Amount amount) {
            final String series = String.join(".", "licences.published", authority, licenceType, destination);
            return MetricRow.over(chapter, series, metric, endNs(), period(), amount, source);
        }

        /** Periods of different lengths of one authority overlap, so each length has its own series. */
        private String key(final Figure figure) {
            final String cadence = isQuarter() ? "quarterly" : isYear() ? "yearly" : "from " + from;
            return String.join(".", "licences.published", authority, licenceType, destination, cadence, figure.column);
        }
    }

    /** Loads the observations with a number of issued licences, and the notes on Chinese licences. */
    public static PublishedLicences load(final Feed feed, final Sources sources) throws IOException {
        final List<NamedCsvRecord> records = new ArrayList<>();
        final List<Note> notes = new ArrayList<>();
        BundledCsv.read(FILE, csv -> {
            if (!csv.getField("note").isEmpty()) {
                notes.add(note(csv));
            }
            if (!csv.getField(Figure.ISSUED.column).isEmpty()) {
                records.add(csv);
            }
        });
        // Knowledge times of a series never decrease.
        records.sort(Comparator.comparing(csv -> LocalDate.parse(csv.getField("as_of"))));
        final List<Observation> observations = new ArrayList<>();
        records.forEach(csv -> observations.add(offer(feed, sources, csv)));
        notes.sort(Comparator.comparing(Note::asOf));
        return new PublishedLicences(observations, notes);
    }

    /** Returns the observations in the order of publication. */
    public List<Observation> observations() {
        return List.copyOf(observations);
    }

    /**
     * A statement of a source in words, or with partial figures.
     *
     * @param authority   that decides.
     * @param licenceType type of the licences.
     * @param destination country or recipient.
     * @param period      first and last day.
     * @param asOf        day of publication.
     * @param received    applications as published, empty if they were not.
     * @param days        median processing time as published, or the average if the text says so; empty if it was not
     *                    published.
     * @param text        the statement.
     * @param source      of the statement.
     */
    public record Note(
            String authority,
            String licenceType,
            String destination,
            String period,
            String asOf,
            String received,
            String days,
            String text,
            Source source) {}

    /** Returns all notes of the file, in the order of publication. */
    public List<Note> notes() {
        return List.copyOf(notes);
    }

    private static Note note(final NamedCsvRecord csv) {
        return new Note(
                csv.getField("authority"),
                csv.getField("licence_type"),
                csv.getField("destination").replace('-', ' '),
                csv.getField("period_start") + " to " + csv.getField("period_end"),
                csv.getField("as_of"),
                csv.getField("received"),
                csv.getField("median_days"),
                csv.getField("issued").isEmpty()
                        ? csv.getField("note")
                        : csv.getField("issued") + " issued; " + csv.getField("note"),
                source(csv));
    }

    private static Source source(final NamedCsvRecord csv) {
        return new Source(FILE + ": " + csv.getField("source"), Verification.CITED);
    }

    private static Observation offer(final Feed feed, final Sources sources, final NamedCsvRecord csv) {
        final Observation observation = new Observation(
                csv.getField("authority"),
                csv.getField("licence_type"),
                csv.getField("destination"),
                LocalDate.parse(csv.getField("period_start")),
                LocalDate.parse(csv.getField("period_end")),
                LocalDate.parse(csv.getField("as_of")),
                csv.getField("pending"),
                source(csv),
                new EnumMap<>(Figure.class));
        final long knownNs = observation.zone().endOf(observation.asOf());
        for (final Figure figure : Figure.values()) {
            final String count = csv.getField(figure.column);
            if (!count.isEmpty()) {
                final FlowSeries series = feed.flow(SeriesDefinition.flow(observation.key(figure), Unit.COUNT, 0));
                observation.figures().put(figure, series);
                feed.event(
                        series,
                        observation.endNs(),
                        series.scaled(count),
                        knownNs,
                        sources.number(observation.source()));
            }
        }
        return observation;
    }
}
