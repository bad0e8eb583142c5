package io.tollgate.examples.impact.chapter;

import io.tollgate.api.panel.Agreement;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.ComparisonReading;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.data.AddOnRate;
import io.tollgate.examples.impact.data.TrackerDates;
import io.tollgate.examples.impact.data.TrackerDates.Conflict;
import io.tollgate.examples.impact.data.TrackerDates.Tracker;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Published numbers that contradict the law or each other, compared with the engine's answers. */
public record ConflictsChapter(
        AddOnRate onChina,
        TrackerDates published,
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
    private static final double NANOS_PER_DAY = 86_400e9;
    private static final Source BY_COUNTRY = new Source(
            "country-by-time-china.csv: github tradewartracker/trade-war-redux-2025 @726c5958, MIT", Verification.FILE);
    private static final Source DAILY = new Source(
            "daily-tariff-latest-data.csv: US import-weighted average tariff by day, the same repository, MIT",
            Verification.FILE);
    private static final Source TREASURY = new Source(
            "treasury_revenue.csv: customs duties and imports by month, github Budget-Lab-Yale/tariff-etr-eval"
                    + " @5c53e393, MIT",
            Verification.FILE);

    /** The average of a tracker for China from a date on, in percentage points. */
    record PublishedAverage(LocalDate date, String points) {}

    public static ConflictsChapter load(final Feed feed, final Inquiry inquiry, final AddOnRate onChina)
            throws IOException {
        final Sources sources = inquiry.sources();
        final TrackerDates published = TrackerDates.load(feed, inquiry, onChina);
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
            feed.event(duties, endNs, duties.scaled(csv.getField("customs_duties")), Instants.NONE, treasury);
            feed.event(imports, endNs, imports.scaled(csv.getField("imports_value")), Instants.NONE, treasury);
        });
        return new ConflictsChapter(
                onChina, published, averages, duties, imports, statutory(feed, sources.number(DAILY)));
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
                        Instants.NONE,
                        reference);
            }
        });
        return rate;
    }

    @Override
    public Section write(final Inquiry inquiry) {
        return new Section(
                ID,
                "Comparison with published numbers",
                "The same event has up to four dates, and the same tariff several averages. If a published number"
                        + " differs from the law and the engine, both are shown here, with the explanation as far"
                        + " as it is known.",
                List.of(dates(inquiry), apart(inquiry), spring(inquiry), averages(inquiry), collected(inquiry)),
                List.of());
    }

    private Table dates(final Inquiry inquiry) {
        final List<Column> columns = new ArrayList<>(List.of(Column.text("Event"), Column.text("By law")));
        List.of(TrackerDates.Column.values()).forEach(column -> columns.add(Column.text(column.title())));
        columns.add(Column.text("Other"));
        final List<Row> rows = new ArrayList<>();
        for (final Conflict conflict : published.conflicts()) {
            final List<String> cells =
                    new ArrayList<>(List.of(conflict.event(), conflict.legal().toString()));
            conflict.dates().forEach(date -> cells.add(date.isEmpty() ? "-" : date));
            cells.add(conflict.other().isEmpty() ? "-" : conflict.other());
            rows.add(new Row(cells, true));
        }
        return new Table(
                "One event, several dates",
                columns,
                rows,
                "Signing dates and days of collection are published as effective dates. A date of removal can be"
                        + " the last day of the old duty. A model's revision is a run of the model, not a date of"
                        + " policy. Source " + inquiry.sources().cite(TrackerDates.SOURCE) + ".");
    }

    /** The add-on rate since its rise to 145%: by law and with each tracker's dates of the truce, side by side. */
    private Table apart(final Inquiry inquiry) {
        final List<StepSeries> rates = new ArrayList<>(List.of(onChina.inForce()));
        final List<String> names = new ArrayList<>(List.of("by law"));
        for (final Tracker tracker : published.trackers()) {
            rates.add(tracker.rate());
            names.add("as dated by " + tracker.column().title());
        }
        final Window sinceRise = Window.since(published.rise().legalNs());
        final ComparisonReading reading = inquiry.answers()
                .panels()
                .comparison(new Comparison(rates), sinceRise, MAX_STRETCHES)
                .read(TrackerDates.END_NS);
        final long cutAtNs = published.cut().legalNs();
        final Amount before = Amount.of(inquiry.answers().level(onChina.inForce(), cutAtNs - 1), PERCENT);
        final LevelReading level = inquiry.answers().level(onChina.inForce(), cutAtNs);
        final Amount after = Amount.of(level, PERCENT);
        final long cutTo = level.scaledValue();
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            final long cutNs = reading.firstAtNs(i, cutTo);
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
                        "The cut of Geneva, as three sources date it",
                        Numbers.atMost(apart, 2) + " days apart",
                        "by up to " + largest.fixed(0) + " pp, from "
                                + Zone.NEW_YORK.format(reading.largestDifferenceAtNs()) + " in New York on");
        return new Table(
                "The cut of Geneva, from " + before.fixed(0) + "% to " + after.fixed(0) + "%, as three sources date it",
                List.of(
                        Column.text("Dates"),
                        Column.text("In force (New York)"),
                        Column.number("Difference to the law, days")),
                rows,
                "The rates by all dates are separate series, one for each source. Dates count from 00:01 in New"
                        + " York; an inclusive date of removal ends with its day. Source "
                        + inquiry.sources().cite(TrackerDates.SOURCE) + ".");
    }

    private static void note(final Inquiry inquiry, final String series, final String metric, final Amount amount) {
        inquiry.findings().add(MetricRow.at(ID, series, metric, TrackerDates.END_NS, amount, TrackerDates.SOURCE));
    }

    private Table spring(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        final long endNs = TrackerDates.END_NS;
        final double law =
                inquiry.answers().window(onChina.inForce(), SPRING, endNs).value(Metric.MEAN);
        rows.add(Row.of("by law", Numbers.fixed(law, 2), "0.00"));
        for (final Tracker tracker : published.trackers()) {
            final Amount mean =
                    Amount.of(inquiry.answers().window(tracker.rate(), SPRING, endNs), Metric.MEAN, PERCENT);
            inquiry.findings()
                    .add(MetricRow.over(ID, tracker.rate().key(), "mean", endNs, SPRING, mean, TrackerDates.SOURCE));
            rows.add(Row.of(
                    "as dated by " + tracker.column().title(), mean.fixed(2), Numbers.fixed(mean.value() - law, 2)));
        }
        return new Table(
                "Effect of the dates on the mean of April and May 2025",
                List.of(Column.text("Dates"), Column.number("Mean US add-on rate, %"), Column.number("Off, pp")),
                rows,
                "The rise to 145% and the truce by the dates of each source; all other levels unchanged.");
    }

    private Table averages(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        final LocalDate end = lastChange(inquiry);
        for (final PublishedAverage average : averages) {
            final long atNs = Zone.NEW_YORK.lastSecondOf(average.date());
            final double addOn =
                    inquiry.answers().level(onChina.inForce(), atNs).value();
            final double published = Double.parseDouble(average.points());
            if (!average.date().isAfter(end)) {
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
                        Numbers.fixed(published - addOn, 2)));
            }
        }
        return new Table(
                "New US tariffs on China: a published average and the add-on rate",
                List.of(
                        Column.text("Date"),
                        Column.number("Published, pp"),
                        Column.number("Add-on, %"),
                        Column.number("Difference")),
                rows,
                "The published average is weighted with imports: exemptions (phones, computers) lower it, duties on"
                        + " metals and cars raise it. It uses signing dates, so 2025-05-12 is two days early. The"
                        + " add-on rate ends"
                        + " on " + end + "; later values of the published average are not shown. Source "
                        + inquiry.sources().cite(BY_COUNTRY) + ".");
    }

    /** The day of the last change of the add-on rate. The data does not contain later events. */
    private LocalDate lastChange(final Inquiry inquiry) {
        final List<Answers.Step> steps = inquiry.answers()
                .scaledSteps(
                        onChina.inForce(),
                        Zone.NEW_YORK.startOf(AddOnRate.STUDY_START),
                        Zone.NEW_YORK.endOf(averages.get(averages.size() - 1).date()));
        return Zone.NEW_YORK.dateOf(steps.get(steps.size() - 1).atNs());
    }

    /** Duties divided by imports: the ratio of sums, the mean of monthly ratios, and the statutory average. */
    private Table collected(final Inquiry inquiry) {
        final FlowRatio ofImports = FlowRatio.of(duties, imports);
        final List<Row> rows = new ArrayList<>();
        for (int year = 2017; year <= 2025; year++) {
            final long startNs = Zone.NEW_YORK.startOf(LocalDate.of(year, 1, 1));
            final long endNs = Zone.NEW_YORK.startOf(LocalDate.of(year + 1, 1, 1));
            final Window.Sliding window = Window.slidingNs(endNs - startNs);
            final RatioReading ratio =
                    inquiry.answers().panels().ratio(ofImports, window).read(endNs);
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
                "Collected rate of all US imports and the published statutory average",
                List.of(
                        Column.text("Year"),
                        Column.number("Collected, %"),
                        Column.number("Statutory, %"),
                        Column.number("Gap, pp"),
                        Column.number("Realised, %")),
                rows,
                "Collected: duties of the year divided by imports of the year, a ratio of sums. Statutory: the"
                        + " published average, weighted with time; it begins in 2025. The difference comes from"
                        + " goods in transit, exemptions, shifted trade, and payment a month later. Sources "
                        + inquiry.sources().cite(TREASURY) + " "
                        + inquiry.sources().cite(DAILY) + ".");
    }
}
