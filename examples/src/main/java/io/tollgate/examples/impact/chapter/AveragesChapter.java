package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.data.AddOnRate;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The average add-on rate of each side: the rate in force, weighted with the time it was in force. */
public record AveragesChapter(List<AddOnRate> rates) implements Chapter {
    private static final String ID = "averages";
    private static final String PERCENT = "PERCENT";
    private static final Source SOURCE = new Source(
            "headline_levels.csv: the levels in force inside the window, one source a level (section Headline rates)",
            Verification.PAGE);
    private static final List<LocalDate> DATES = List.of(
            LocalDate.of(2025, 5, 13), LocalDate.of(2025, 6, 9), LocalDate.of(2025, 8, 12), LocalDate.of(2025, 11, 10));

    /** April and May 2025: 61 days. */
    private static final LocalDate SPRING_END = LocalDate.of(2025, 5, 31);

    private static final Window.Sliding SPRING = Window.sliding(Duration.ofDays(61));

    @Override
    public Section write(final Inquiry inquiry) {
        return new Section(
                ID,
                "Time-weighted averages",
                "The rate that importers faced on average: each level weighted with the time during which it was in"
                        + " force. The plain mean of the levels treats each level as if it had lasted equally long,"
                        + " and answers no real question.",
                List.of(averages(inquiry), spring(inquiry)),
                List.of());
    }

    private Table averages(final Inquiry inquiry) {
        final List<Column> columns = new ArrayList<>(List.of(Column.text("To the end of")));
        for (final AddOnRate rate : rates) {
            for (final Window.Sliding window : AddOnRate.WINDOWS) {
                columns.add(Column.number(rate.imposer() + " " + days(window) + " d"));
            }
        }
        final List<Row> rows = new ArrayList<>();
        for (final LocalDate date : DATES) {
            final List<String> cells = new ArrayList<>(List.of(date.toString()));
            for (final AddOnRate rate : rates) {
                for (final Window.Sliding window : AddOnRate.WINDOWS) {
                    cells.add(
                            mean(inquiry, rate, window, rate.zone().endOf(date)).fixed(4));
                }
            }
            rows.add(new Row(cells, true));
        }
        return new Table(
                "Mean rate in force over 30, 90 and 365 days, %",
                columns,
                rows,
                "Windows of 24-hour days that end at the midnight after the date, in New York for "
                        + "the US and in Shanghai"
                        + " for China. Source " + inquiry.sources().cite(SOURCE) + ".");
    }

    private static Amount mean(
            final Inquiry inquiry, final AddOnRate rate, final Window.Sliding window, final long atNs) {
        final WindowReading reading = inquiry.answers().window(rate.inForce(), window, atNs);
        final Amount mean = Amount.of(reading, Metric.MEAN, PERCENT);
        add(inquiry, rate, "mean", atNs, window, mean);
        return mean;
    }

    /** Adds a number. Its verification is the worst one of the levels it is computed from. */
    private static void add(
            final Inquiry inquiry,
            final AddOnRate rate,
            final String metric,
            final long atNs,
            final Window.Sliding window,
            final Amount amount) {
        Verification worst = Verification.FILE;
        for (final long reference : inquiry.answers().references(rate.inForce(), atNs - window.lengthNs(), atNs)) {
            worst = worst.and(inquiry.sources().of(reference).verification());
        }
        final Source source = new Source(SOURCE.text(), worst);
        inquiry.findings().add(MetricRow.over(ID, rate.inForce().key(), metric, atNs, window, amount, source));
    }

    private Table spring(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final AddOnRate rate : rates) {
            final long atNs = rate.zone().endOf(SPRING_END);
            final Amount mean = mean(inquiry, rate, SPRING, atNs);
            final WindowReading reading = inquiry.answers().window(rate.inForce(), SPRING, atNs);
            final Amount sd = Amount.of(reading, Metric.SD, PERCENT);
            add(inquiry, rate, "sd", atNs, SPRING, sd);
            final String min = Amount.of(reading, Metric.MIN, PERCENT).fixed(0);
            final String max = Amount.of(reading, Metric.MAX, PERCENT).fixed(0);
            rows.add(Row.of(
                    rate.imposer(), mean.fixed(4), sd.fixed(4), min, max, Numbers.fixed(plainMean(inquiry, rate), 1)));
            if (rate == rates.get(0)) {
                inquiry.findings()
                        .highlight(
                                "US add-on rate, mean of April and May 2025",
                                mean.fixed(2) + "%",
                                "time-weighted; lowest " + min + "%, highest " + max + "%");
            }
        }
        return new Table(
                "April and May 2025: 61 days",
                List.of(
                        Column.text("Side"),
                        Column.number("Mean, %"),
                        Column.number("sd, pp"),
                        Column.number("Min, %"),
                        Column.number("Max, %"),
                        Column.number("Plain mean of levels")),
                rows,
                "Mean and sd are time-weighted. The last column is the mean of the levels as plain samples.");
    }

    /** Returns the unweighted mean of the levels, the classic error, for comparison. */
    private static double plainMean(final Inquiry inquiry, final AddOnRate rate) {
        final long atNs = rate.zone().endOf(SPRING_END);
        return inquiry.answers().steps(rate.inForce(), atNs - SPRING.lengthNs(), atNs).stream()
                .mapToDouble(StepChart.Point::value)
                .average()
                .orElse(Double.NaN);
    }

    private static long days(final Window.Sliding window) {
        return Duration.ofNanos(window.lengthNs()).toDays();
    }
}
