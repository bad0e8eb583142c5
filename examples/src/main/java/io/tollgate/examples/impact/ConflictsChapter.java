package io.tollgate.examples.impact;

import io.tollgate.api.Agreement;
import io.tollgate.api.Comparison;
import io.tollgate.api.ComparisonReading;
import io.tollgate.api.FlowRatio;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.Metric;
import io.tollgate.api.Publisher;
import io.tollgate.api.RatioReading;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.examples.report.Section;
import io.tollgate.examples.report.Table;
import io.tollgate.examples.report.Table.Column;
import io.tollgate.examples.report.Table.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Published numbers that say something else than the law, or than each other, beside what the engine answers. */
record ConflictsChapter(
        AddOnRate onChina,
        List<Tracker> trackers,
        List<Conflict> conflicts,
        List<PublishedAverage> averages,
        FlowSeries duties,
        FlowSeries imports,
        StepSeries statutory)
        implements Chapter {
    private static final String ID = "published-numbers";
    private static final String PERCENT = "PERCENT";
    private static final int SCALE = 6;
    private static final int MAX_STRETCHES = 16;
    private static final Window.Sliding SPRING = Window.sliding(Duration.ofDays(61));
    private static final long SPRING_END_NS = Zone.NEW_YORK.startOf(LocalDate.of(2025, 6, 1));
    private static final LocalTime IN_FORCE_FROM = LocalTime.of(0, 1);
    private static final Window SINCE_THE_RISE =
            Window.since(Zone.NEW_YORK.at(LocalDate.of(2025, 4, 10), IN_FORCE_FROM));
    private static final double NANOS_PER_DAY = 86_400e9;
    private static final Source DATES = new Source(
            "source_date_conflicts.csv: the same events as dated by four public trackers", Verification.FILE);
    private static final Source BY_COUNTRY = new Source(
            "country-by-time-china.csv: github tradewartracker/trade-war-redux-2025 @726c5958, MIT", Verification.FILE);
    private static final Source DAILY = new Source(
            "daily-tariff-latest-data.csv: US import-weighted average tariff by day, the same repository, MIT",
            Verification.FILE);
    private static final Source TREASURY = new Source(
            "treasury_revenue.csv: customs duties and imports by month, github Budget-Lab-Yale/tariff-etr-eval"
                    + " @5c53e393, MIT",
            Verification.FILE);

    /** A public tracker, and the US add-on rate with its dates. */
    record Tracker(String name, StepSeries rate) {}

    /** An event and its dates, as published. */
    record Conflict(String event, String legal, List<String> dates, String other) {}

    /** The average of a tracker for China from a date on, in percentage points. */
    record PublishedAverage(LocalDate date, String points) {}

    private static final List<String> COLUMNS =
            List.of("waugh_country_by_time", "gta_event_registry", "yale_revision_dates");
    private static final List<String> NAMES = List.of("tradewartracker", "Global Trade Alert", "Budget Lab revisions");

    static ConflictsChapter load(final Feed feed, final Sources sources, final AddOnRate onChina) throws IOException {
        final List<Conflict> conflicts = new ArrayList<>();
        BundledCsv.read(
                "source_date_conflicts.csv",
                csv -> conflicts.add(new Conflict(
                        csv.getField("event"),
                        csv.getField("legal_effective"),
                        COLUMNS.stream().map(csv::getField).toList(),
                        csv.getField("other"))));
        final List<Tracker> trackers = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            trackers.add(new Tracker(NAMES.get(i), asDatedBy(feed, sources, conflicts, i)));
        }
        final List<PublishedAverage> averages = new ArrayList<>();
        sources.number(BY_COUNTRY);
        BundledCsv.read(
                "country-by-time-china.csv",
                csv -> averages.add(
                        new PublishedAverage(LocalDate.parse(csv.getField("date")), csv.getField("effective tariff"))));
        final FlowSeries duties = monthly(feed, "trade.US.duties");
        final FlowSeries imports = monthly(feed, "trade.US.imports");
        final long treasury = sources.number(TREASURY);
        BundledCsv.read("treasury_revenue.csv", csv -> {
            final YearMonth month = YearMonth.from(LocalDate.parse(csv.getField("date")));
            final long endNs = Zone.NEW_YORK.startOf(month.plusMonths(1).atDay(1));
            feed.event(duties, endNs, duties.scaled(csv.getField("customs_duties")), Publisher.NONE, treasury);
            feed.event(imports, endNs, imports.scaled(csv.getField("imports_value")), Publisher.NONE, treasury);
        });
        return new ConflictsChapter(
                onChina, trackers, conflicts, averages, duties, imports, statutory(feed, sources.number(DAILY)));
    }

    private static FlowSeries monthly(final Feed feed, final String key) {
        return feed.flow(SeriesDefinition.flow(key, new Unit("USD_M"), 1));
    }

    private static StepSeries statutory(final Feed feed, final long reference) throws IOException {
        final StepSeries rate = feed.step(SeriesDefinition.step("tariff.US.ALL.import-weighted", Unit.PERCENT, SCALE));
        final List<String> last = new ArrayList<>(List.of(""));
        BundledCsv.read("daily-tariff-latest-data.csv", csv -> {
            final String percent = csv.getField("import_weighted_avg_tariff");
            if (!percent.equals(last.get(0))) {
                last.set(0, percent);
                feed.level(
                        rate,
                        Zone.NEW_YORK.startOf(LocalDate.parse(csv.getField("date"))),
                        rate.scaled(new BigDecimal(percent), RoundingMode.HALF_EVEN),
                        Publisher.NONE,
                        reference);
            }
        });
        return rate;
    }

    /** The US add-on rate of spring 2025, had it changed when a tracker says. */
    private static StepSeries asDatedBy(
            final Feed feed, final Sources sources, final List<Conflict> conflicts, final int tracker) {
        final StepSeries rate = feed.step(
                SeriesDefinition.step("tariff.US.CN.ieepa.as-dated-by." + COLUMNS.get(tracker), Unit.PERCENT, SCALE));
        final long reference = sources.number(DATES);
        final long toHighest = dated(conflicts.get(0), tracker);
        final long toTruce = dated(conflicts.get(1), tracker);
        final long[][] levels = {
            {Instants.parse("2025-03-04T00:01-05:00"), 20},
            {Instants.parse("2025-04-05T00:01-04:00"), 30},
            {Instants.parse("2025-04-09T00:01-04:00"), 104},
            {toHighest, 145},
            {toTruce, 30}
        };
        for (final long[] level : levels) {
            // What a tracker dates before another level leaves that level out.
            if (level[1] == 145 || level[1] == 30 && level[0] == toTruce || level[0] < Math.min(toHighest, toTruce)) {
                feed.level(rate, level[0], rate.scaled(Long.toString(level[1])), Publisher.NONE, reference);
            }
        }
        return rate;
    }

    private static long dated(final Conflict conflict, final int tracker) {
        return Zone.NEW_YORK.at(LocalDate.parse(conflict.dates().get(tracker)), IN_FORCE_FROM);
    }

    @Override
    public Section write(final Inquiry inquiry) {
        return new Section(
                ID,
                "Beside published numbers",
                "The same event has up to five dates, the same tariff several averages. Where a published number"
                        + " differs"
                        + " from what the law and the engine say, both stand here, with what explains it as far as it"
                        + " is known.",
                List.of(dates(inquiry), apart(inquiry), spring(inquiry), averages(inquiry), collected(inquiry)),
                List.of());
    }

    private Table dates(final Inquiry inquiry) {
        final List<Column> columns = new ArrayList<>(List.of(Column.text("Event"), Column.text("By law")));
        NAMES.forEach(name -> columns.add(Column.text(name)));
        columns.add(Column.text("Other"));
        final List<Row> rows = new ArrayList<>();
        for (final Conflict conflict : conflicts) {
            final List<String> cells = new ArrayList<>(List.of(conflict.event(), conflict.legal()));
            conflict.dates().forEach(date -> cells.add(date.isEmpty() ? "-" : date));
            cells.add(conflict.other().isEmpty() ? "-" : conflict.other());
            rows.add(new Row(cells, true));
        }
        return new Table(
                "One event, several dates",
                columns,
                rows,
                "Signing dates, days of collection and days of a model's revision are published as if they were"
                        + " those of"
                        + " effect. Source " + inquiry.sources().cite(DATES) + ".");
    }

    /** The add-on rate from its rise to 145% on, by law and as each tracker dates the truce, side by side. */
    private Table apart(final Inquiry inquiry) {
        final List<StepSeries> rates = new ArrayList<>(List.of(onChina.inForce()));
        final List<String> names = new ArrayList<>(List.of("by law"));
        for (final Tracker tracker : trackers) {
            rates.add(tracker.rate());
            names.add("as dated by " + tracker.name());
        }
        final ComparisonReading reading =
                inquiry.answers().panels().newComparisonReading(new Comparison(rates), MAX_STRETCHES);
        inquiry.answers().panels().readComparison(SINCE_THE_RISE, SPRING_END_NS, reading);
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            final long cutNs = reading.firstAtNs(i, rates.get(i).scaled("30"));
            final double days = reading.differingNs(0, i) / NANOS_PER_DAY;
            rows.add(Row.of(names.get(i), Zone.NEW_YORK.format(cutNs), Numbers.atMost(days, 2)));
            note(inquiry, rates.get(i).key(), "differs-from-law", Amount.of(days, "DAY"));
        }
        final double apart = reading.lengthNs(Agreement.DISAGREED) / NANOS_PER_DAY;
        final Amount largest = new Amount(reading.largestDifference(), reading.status(), "PP");
        note(inquiry, "tariff.US.CN.ieepa", "sources-apart", Amount.of(apart, "DAY"));
        note(inquiry, "tariff.US.CN.ieepa", "sources-largest-difference", largest);
        inquiry.findings()
                .highlight(
                        "The cut of Geneva, as four sources date it",
                        Numbers.atMost(apart, 2) + " days apart",
                        "by up to " + largest.fixed(0) + " pp, from "
                                + Zone.NEW_YORK.format(reading.largestDifferenceAtNs()) + " in New York on");
        return new Table(
                "The cut of Geneva, from 145% to 30%, as four sources date it",
                List.of(
                        Column.text("Dates"),
                        Column.text("In force (New York)"),
                        Column.number("Off the law for, days")),
                rows,
                "The rates by all dates stand side by side, a series for each source. Dates count from 00:01 in New"
                        + " York. Source " + inquiry.sources().cite(DATES) + ".");
    }

    private static void note(final Inquiry inquiry, final String series, final String metric, final Amount amount) {
        inquiry.findings().add(MetricRow.at(ID, series, metric, SPRING_END_NS, amount, DATES));
    }

    private Table spring(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        final double law = inquiry.answers()
                .window(onChina.inForce(), SPRING, SPRING_END_NS)
                .value(Metric.MEAN);
        rows.add(Row.of("by law", Numbers.fixed(law, 2), "0.00"));
        for (final Tracker tracker : trackers) {
            final Amount mean =
                    Amount.of(inquiry.answers().window(tracker.rate(), SPRING, SPRING_END_NS), Metric.MEAN, PERCENT);
            inquiry.findings()
                    .add(MetricRow.over(ID, tracker.rate().key(), "mean", SPRING_END_NS, SPRING, mean, DATES));
            rows.add(Row.of("as dated by " + tracker.name(), mean.fixed(2), Numbers.signed(mean.value() - law, 2)));
        }
        return new Table(
                "What the dates do to the mean of April and May 2025",
                List.of(Column.text("Dates"), Column.number("Mean US add-on rate, %"), Column.number("Off, pp")),
                rows,
                "The rise to 145% and the truce by the dates of each; all other levels as they were.");
    }

    private Table averages(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final PublishedAverage average : averages) {
            final long atNs = Zone.NEW_YORK.lastSecondOf(average.date());
            final double addOn =
                    inquiry.answers().level(onChina.inForce(), atNs).value();
            final double published = Double.parseDouble(average.points());
            if (!average.date().isAfter(LocalDate.of(2026, 2, 28))) {
                inquiry.findings()
                        .add(MetricRow.at(
                                ID,
                                "tariff.US.CN.published-average",
                                "published-new-tariffs",
                                atNs,
                                Amount.of(published, "PP"),
                                BY_COUNTRY));
                rows.add(Row.of(
                        average.date().toString(),
                        Numbers.fixed(published, 2),
                        Numbers.atMost(addOn, 2),
                        Numbers.signed(published - addOn, 2)));
            }
        }
        return new Table(
                "New US tariffs on China: a published average beside the add-on rate",
                List.of(
                        Column.text("Date"),
                        Column.number("Published, pp"),
                        Column.number("Add-on, %"),
                        Column.number("Difference")),
                rows,
                "The published one is weighted with imports: exemptions (phones, computers) pull it down, duties on"
                        + " metals and cars up; and it dates by signing, so 2025-05-12 is two days early. Source "
                        + inquiry.sources().cite(BY_COUNTRY) + ".");
    }

    /** Duties over imports: a ratio of sums, beside the mean of monthly ratios, and the statutory average. */
    private Table collected(final Inquiry inquiry) {
        final RatioReading ratio = inquiry.answers().panels().newRatioReading(FlowRatio.of(duties, imports));
        final List<Row> rows = new ArrayList<>();
        for (int year = 2017; year <= 2025; year++) {
            final long startNs = Zone.NEW_YORK.startOf(LocalDate.of(year, 1, 1));
            final long endNs = Zone.NEW_YORK.startOf(LocalDate.of(year + 1, 1, 1));
            final Window.Sliding window = Window.slidingNs(endNs - startNs);
            inquiry.answers().panels().readRatio(window, endNs, ratio);
            final Amount collected = new Amount(ratio.percent(), ratio.status(), PERCENT);
            inquiry.findings()
                    .add(MetricRow.over(
                            ID, "trade.US.collected", "collected-rate", endNs, window, collected, TREASURY));
            final WindowReading reading = inquiry.answers().window(statutory, window, endNs);
            final Amount law = Amount.of(reading, Metric.MEAN, PERCENT);
            final boolean isKnown = law.status().hasValue();
            if (isKnown) {
                inquiry.findings().add(MetricRow.over(ID, statutory.key(), "mean", endNs, window, law, DAILY));
            }
            rows.add(Row.of(
                    Integer.toString(year),
                    collected.fixed(3),
                    isKnown ? law.fixed(3) : "-",
                    isKnown ? Numbers.fixed(ratio.gap(law.value()), 3) : "-",
                    isKnown ? Numbers.fixed(100 * ratio.realisation(law.value()), 1) : "-"));
        }
        return new Table(
                "Collected rate of all US imports beside the published statutory average",
                List.of(
                        Column.text("Year"),
                        Column.number("Collected, %"),
                        Column.number("Statutory, %"),
                        Column.number("Gap, pp"),
                        Column.number("Realised, %")),
                rows,
                "Collected: duties of the year over imports of the year, a ratio of sums. Statutory: the published"
                        + " daily"
                        + " average, weighted with time; it begins in 2025. Goods afloat, exemptions, trade that moved"
                        + " and payment a month later lie between the two. Sources "
                        + inquiry.sources().cite(TREASURY) + " "
                        + inquiry.sources().cite(DAILY) + ".");
    }
}
