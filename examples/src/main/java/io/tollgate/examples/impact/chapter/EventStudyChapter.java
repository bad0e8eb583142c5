package io.tollgate.examples.impact.chapter;

import io.tollgate.api.panel.EventMetric;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.panel.StudyMetric;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.TimelineEvent;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tests if the geopolitical risk index and the yuan moved around the measures more than usual: constant-mean event
 * studies over days and over months.
 *
 * @param risk     the index, one level a day.
 * @param days     its days.
 * @param yuan     CNY per USD, the mean of a month, at the end of the month.
 * @param months   the ends of its months.
 * @param measures the events, by announcement.
 */
public record EventStudyChapter(
        StepSeries risk, List<Long> days, StepSeries yuan, List<Long> months, List<TimelineEvent> measures)
        implements Chapter {
    private static final String ID = "event-study";
    private static final int PERCENT = 100;
    private static final int RISK_DAYS = 120;
    private static final int RISK_GAP = 5;
    private static final int RISK_AFTER = 5;
    private static final int YUAN_MONTHS = 36;
    private static final int YUAN_GAP = 1;
    private static final int YUAN_AFTER = 1;
    private static final int RISK_SCALE = 2;
    private static final int YUAN_SCALE = 4;
    private static final List<String> EVENTS = List.of(
            "US-301-L1",
            "US-301-L3",
            "US-301-L3-RAISE",
            "US-301-L4A",
            "US-301-L4A-CUT",
            "XC-US-2022",
            "XC-US-2023",
            "US-FENT-1",
            "US-RECIP-125",
            "GENEVA-US",
            "XC-CN-OCT9");
    private static final Source RISK = new Source(
            "gpr_daily_2017_2024.csv: daily index of geopolitical risk, github"
                    + " QuantMerlinLab/geopolitical-risk-data @cfa8162c, MIT",
            Verification.FILE);
    private static final Source YUAN = new Source(
            "usd_cny_monthly_fed.csv: Federal Reserve H.10 from FRED by github datasets/exchange-rates"
                    + " @fa7d9499, ODC-PDDL",
            Verification.FILE);

    public static EventStudyChapter load(final Feed feed, final Sources sources, final Timeline timeline)
            throws IOException {
        final StepSeries risk = feed.step(SeriesDefinition.step("macro.gpr.daily", new Unit("INDEX"), RISK_SCALE));
        final long riskSource = sources.number(RISK);
        final List<Long> days = new ArrayList<>();
        BundledCsv.read("gpr_daily_2017_2024.csv.gz", csv -> {
            final LocalDate day = LocalDate.parse(csv.getField("DAY"), DateTimeFormatter.BASIC_ISO_DATE);
            days.add(Zone.UTC.startOf(day));
            feed.level(risk, Zone.UTC.startOf(day), risk.scaled(csv.getField("GPRD")), Instants.NONE, riskSource);
        });
        endAfter(feed, risk, Zone.UTC.endOf(Zone.UTC.dateOf(days.get(days.size() - 1))), riskSource);
        final StepSeries yuan = feed.step(SeriesDefinition.step("macro.usd-cny.monthly", new Unit("CNY"), YUAN_SCALE));
        final long yuanSource = sources.number(YUAN);
        final List<Long> months = new ArrayList<>();
        BundledCsv.read("usd_cny_monthly_fed.csv", csv -> {
            final YearMonth month = YearMonth.from(LocalDate.parse(csv.getField("date")));
            final long endNs = Zone.UTC.endOf(month.atEndOfMonth());
            months.add(endNs);
            feed.level(
                    yuan,
                    endNs,
                    yuan.scaled(new BigDecimal(csv.getField("rate_per_usd")), RoundingMode.HALF_EVEN),
                    Instants.NONE,
                    yuanSource);
        });
        endAfter(feed, yuan, months.get(months.size() - 1) + 1, yuanSource);
        return new EventStudyChapter(
                risk, days, yuan, months, EVENTS.stream().map(timeline::get).toList());
    }

    /** Ends a series after its data with an unknown level, so that the last level does not continue. */
    private static void endAfter(final Feed feed, final StepSeries series, final long atNs, final long reference) {
        feed.level(series, atNs, Decimals.UNKNOWN, Instants.NONE, reference);
    }

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Long> byDay = measures.stream()
                .map(measure -> Zone.UTC.startOf(measure.announced()))
                .toList();
        final EventStudyReading riskReading = inquiry.answers()
                .panels()
                .study(EventStudy.ofMean(List.of(risk), byDay, days, RISK_DAYS)
                        .withReturns(EventStudy.Returns.LEVEL)
                        .withWindow(RISK_GAP, 0, RISK_AFTER));
        final EventStudyReading yuanReading = inquiry.answers()
                .panels()
                .study(EventStudy.ofMean(List.of(yuan), byDay, months, YUAN_MONTHS)
                        .withWindow(YUAN_GAP, 0, YUAN_AFTER));
        riskReading.read();
        yuanReading.read();
        return new Section(
                ID,
                "Event study",
                "The effect of announcements on the daily geopolitical-risk index and the monthly yuan rate. The"
                        + " available index ends in August 2024, before the escalation. The exchange rate is a"
                        + " monthly mean, too coarse for a single day. There is no broad market for comparison, so"
                        + " the model is a constant mean. Questions that the data cannot answer are shown as"
                        + " INSUFFICIENT.",
                List.of(
                        table(inquiry, "Geopolitical risk, abnormal index points over six days", riskReading, RISK, 1),
                        table(
                                inquiry,
                                "Yuan per dollar, abnormal change over two months, %",
                                yuanReading,
                                YUAN,
                                PERCENT),
                        all(inquiry, riskReading, yuanReading)),
                List.of());
    }

    private Table table(
            final Inquiry inquiry,
            final String title,
            final EventStudyReading reading,
            final Source source,
            final int factor) {
        final List<Row> rows = new ArrayList<>();
        for (int event = 0; event < measures.size(); event++) {
            final TimelineEvent measure = measures.get(event);
            final Amount car = amount(reading, event, EventMetric.CAR, factor);
            final Amount simple = amount(reading, event, EventMetric.T_SIMPLE, 1);
            final Amount exact = amount(reading, event, EventMetric.T_EXACT, 1);
            final String series = reading.study().subjects().get(0).key() + " around " + measure.id();
            final long atNs = Zone.UTC.startOf(measure.announced());
            inquiry.findings().add(MetricRow.at(ID, series, "car", atNs, car, source));
            inquiry.findings().add(MetricRow.at(ID, series, "t-simple", atNs, simple, source));
            inquiry.findings().add(MetricRow.at(ID, series, "t-exact", atNs, exact, source));
            rows.add(new Row(
                    List.of(
                            measure.announced().toString(),
                            measure.imposer() + ", " + measure.scope(),
                            car.fixed(2),
                            simple.fixed(2),
                            exact.fixed(2),
                            Numbers.fixed(reading.estimationCount(event, 0), 0)),
                    measure.source().verification().isVerified()));
        }
        return new Table(
                title,
                List.of(
                        Column.text("Announced"),
                        Column.text("Measure"),
                        Column.number("CAR"),
                        Column.number("t simple"),
                        Column.number("t exact"),
                        Column.number("n")),
                rows,
                "CAR: the sum of the event window above the mean of the estimation window; n: observations in the"
                        + " estimation window. Source " + inquiry.sources().cite(source) + ". The file does not"
                        + " contain publication or revision dates of the values, so this study uses"
                        + " hindsight.");
    }

    private static Amount amount(
            final EventStudyReading reading, final int event, final EventMetric metric, final int factor) {
        return new Amount(
                reading.value(event, 0, metric) * factor,
                reading.status(event, 0, metric),
                metric == EventMetric.CAR ? factor == 1 ? "INDEX" : "PERCENT" : "RATIO");
    }

    private static long last(final List<Long> instants) {
        return instants.get(instants.size() - 1);
    }

    private static String label(final StudyMetric metric) {
        return switch (metric) {
            case MEAN_CAR -> "Mean CAR, index points and %";
            case T_CROSS -> "t of that mean, from the spread between events";
            case RANK -> "Rank test (Corrado), standard normal";
        };
    }

    private Table all(final Inquiry inquiry, final EventStudyReading risk, final EventStudyReading yuan) {
        final List<Row> rows = new ArrayList<>();
        for (final StudyMetric metric : StudyMetric.values()) {
            final boolean isMean = metric == StudyMetric.MEAN_CAR;
            final Amount first = new Amount(risk.value(metric), risk.status(metric), isMean ? "INDEX" : "RATIO");
            final Amount second = new Amount(
                    yuan.value(metric) * (isMean ? PERCENT : 1), yuan.status(metric), isMean ? "PERCENT" : "RATIO");
            final String name = metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
            inquiry.findings().add(MetricRow.at(ID, this.risk.key(), name, last(days), first, RISK));
            inquiry.findings().add(MetricRow.at(ID, this.yuan.key(), name, last(months), second, YUAN));
            rows.add(Row.of(label(metric), first.fixed(3), second.fixed(4)));
        }
        return new Table(
                "All events together",
                List.of(Column.text("Test"), Column.number("Risk index"), Column.number("Yuan")),
                rows,
                "Only events with a complete window in the data. Event windows of neighbouring months overlap, so"
                        + " the tests overstate their significance. Other events in a window count too: the index"
                        + " of October 2023 reflects a war, not a chip rule.");
    }
}
