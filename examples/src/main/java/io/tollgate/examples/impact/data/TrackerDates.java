package io.tollgate.examples.impact.data;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dates of the same events in public trackers, and the US add-on rate on China by these dates.
 *
 * @param conflicts all events of the file.
 * @param trackers  those that publish policy dates; revision dates of a model are excluded.
 * @param rise      the rise of the add-on rate to its maximum.
 * @param cut       the cut of Geneva.
 */
public record TrackerDates(List<Conflict> conflicts, List<Tracker> trackers, Conflict rise, Conflict cut) {
    public static final Source SOURCE =
            new Source("source_date_conflicts.csv: the same events as dated by public sources", Verification.FILE);

    /** End of the comparison of rates. */
    public static final long END_NS = Zone.NEW_YORK.startOf(LocalDate.of(2025, 6, 1));

    private static final LocalTime IN_FORCE_FROM = LocalTime.of(0, 1);
    private static final int SCALE = 6;
    private static final String RISE = "China reciprocal 125%";
    private static final String CUT = "Geneva cut (-115pp)";
    private static final Pattern LAST_DAY = Pattern.compile("removed (\\d{4}-\\d{2}-\\d{2}) \\(inclusive\\)");

    /** The columns of dates. */
    public enum Column {
        /** The tracker of trade-war-redux. */
        TRADEWARTRACKER("waugh_country_by_time", "tradewartracker"),
        /** The registry of Global Trade Alert. */
        GLOBAL_TRADE_ALERT("gta_event_registry", "Global Trade Alert"),
        /** Revision dates of the Budget Lab's model. */
        MODEL_REVISION("yale_revision_dates", "Model revision (Budget Lab)");

        private final String name;
        private final String title;

        Column(final String name, final String title) {
            this.name = name;
            this.title = title;
        }

        /** Returns the name for the reader. */
        public String title() {
            return title;
        }
    }

    /** A public tracker, and the US add-on rate by its dates. */
    public record Tracker(Column column, StepSeries rate) {}

    /**
     * An event and its dates.
     *
     * @param event its name.
     * @param legal the date by law.
     * @param dates as published, in the order of {@link Column}; empty if there is none.
     * @param other remarks on its dates.
     */
    public record Conflict(String event, LocalDate legal, List<String> dates, String other) {
        /** Returns the instant by law. */
        public long legalNs() {
            return Zone.NEW_YORK.at(legal, IN_FORCE_FROM);
        }

        /** Returns the instant by a tracker. A level removed on a day still includes that day. */
        long datedNs(final Column column) {
            final String date = dates.get(column.ordinal());
            final Matcher lastDay = LAST_DAY.matcher(other);
            final boolean isLastDay = lastDay.find() && lastDay.group(1).equals(date);
            return Zone.NEW_YORK.at(LocalDate.parse(date).plusDays(isLastDay ? 1 : 0), IN_FORCE_FROM);
        }
    }

    public static TrackerDates load(final Feed feed, final Inquiry inquiry, final AddOnRate onChina)
            throws IOException {
        final List<Conflict> conflicts = new ArrayList<>();
        BundledCsv.read(
                "source_date_conflicts.csv",
                csv -> conflicts.add(new Conflict(
                        csv.getField("event"),
                        LocalDate.parse(csv.getField("legal_effective")),
                        List.of(Column.values()).stream()
                                .map(column -> csv.getField(column.name))
                                .toList(),
                        csv.getField("other"))));
        final List<Tracker> trackers = new ArrayList<>();
        final TrackerDates dates = new TrackerDates(conflicts, trackers, event(conflicts, RISE), event(conflicts, CUT));
        feed.publish();
        for (final Column column : List.of(Column.TRADEWARTRACKER, Column.GLOBAL_TRADE_ALERT)) {
            trackers.add(new Tracker(column, dates.asDatedBy(feed, inquiry, onChina, column)));
        }
        return dates;
    }

    private static Conflict event(final List<Conflict> conflicts, final String name) {
        return conflicts.stream()
                .filter(conflict -> conflict.event().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("event=" + name + ", expected one of source_date_conflicts.csv"));
    }

    /** Returns the add-on rate by law, but with the rise and the cut at a tracker's dates. */
    private StepSeries asDatedBy(final Feed feed, final Inquiry inquiry, final AddOnRate onChina, final Column column) {
        final StepSeries rate =
                feed.step(SeriesDefinition.step("tariff.US.CN.ieepa.as-dated-by." + column.name, Unit.PERCENT, SCALE));
        final long reference = inquiry.sources().number(SOURCE);
        final List<Answers.Step> steps =
                inquiry.answers().scaledSteps(onChina.inForce(), Zone.NEW_YORK.startOf(AddOnRate.STUDY_START), END_NS);
        final List<Answers.Step> dated = new ArrayList<>();
        long nextNs = Long.MAX_VALUE;
        for (int i = steps.size() - 1; i >= 0; i--) {
            final long atNs = datedNs(steps.get(i).atNs(), column);
            // A level dated at or after the next one was never in force.
            if (atNs < nextNs) {
                dated.add(new Answers.Step(atNs, steps.get(i).scaledValue()));
                nextNs = atNs;
            }
        }
        Collections.reverse(dated);
        dated.forEach(step -> feed.level(rate, step.atNs(), step.scaledValue(), Instants.NONE, reference));
        return rate;
    }

    private long datedNs(final long legalNs, final Column column) {
        for (final Conflict conflict : List.of(rise, cut)) {
            if (conflict.legalNs() == legalNs) {
                return conflict.datedNs(column);
            }
        }
        return legalNs;
    }
}
