package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.data.MagnetExports;
import io.tollgate.examples.impact.data.MagnetExports.Month;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chinese exports of rare-earth magnets by month, compared with their mean before the controls of 4 April 2025. */
public record MagnetsChapter(MagnetExports exports) implements Chapter {
    private static final String ID = "magnets";
    private static final String TONNE = "TONNE";
    private static final String UNITED_STATES = "US";
    private static final YearMonth TROUGH = YearMonth.of(2025, 5);
    private static final YearMonth FIRST_CONTROLLED = YearMonth.of(2025, 4);
    private static final YearMonth LAST_KNOWN = YearMonth.of(2025, 11);

    private static final Source MONTHS = new Source(
            "china_rare_earth_magnet_exports_monthly.csv: one source a month (section Rare-earth magnets)",
            Verification.CITED);

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        final Map<YearMonth, Double> world = new LinkedHashMap<>();
        for (final Month month : exports.months()) {
            final Amount tonnes = tonnes(inquiry, month);
            inquiry.findings()
                    .add(MetricRow.over(
                            ID, month.series().key(), "sum", month.endNs(), month.window(), tonnes, month.source()));
            if (month.destination().equals(MagnetExports.WORLD)) {
                world.put(month.month(), tonnes.value());
                rows.add(row(inquiry, month, tonnes));
            }
        }
        final Table table = new Table(
                "Exports to the world and to the US",
                List.of(
                        Column.text("Month"),
                        Column.number("World, t"),
                        Column.number("of mean of 2024"),
                        Column.number("vs mean, %"),
                        Column.number("US, t"),
                        Column.text("Basis"),
                        Column.text("Source")),
                rows,
                "Mean: "
                        + Numbers.fixed(
                                baseline(inquiry, exports.months().get(0).endNs()), 0)
                        + " t a month, the average of 2024 as published "
                        + inquiry.sources().cite(exports.baselineSource())
                        + ". Months without a source are missing, not zero. The file's averages and cumulative rows"
                        + " ("
                        + String.join(", ", exports.leftOut()) + ") are not months and were skipped.");
        return new Section(
                ID,
                "Rare-earth magnets",
                "On 4 April 2025 China required a licence for each shipment of seven rare earths and of the magnets"
                        + " made from them. Exports collapsed, and recovered as licences were granted.",
                List.of(table, sinceControls(inquiry)),
                List.of(chart(inquiry, world)));
    }

    private Row row(final Inquiry inquiry, final Month month, final Amount tonnes) {
        final Amount ratio = againstMean(
                inquiry, month.series(), "against-mean-2024", tonnes, month.endNs(), month.window(), month.source());
        if (month.month().equals(TROUGH)) {
            inquiry.findings()
                    .highlight(
                            "Magnet exports, May 2025",
                            ratio.percent(1) + "%",
                            "of the mean of 2024: " + tonnes.fixed(0) + " t against "
                                    + Numbers.fixed(baseline(inquiry, month.endNs()), 0) + " t a month");
        }
        final String us = exports.months().stream()
                .filter(m -> m.destination().equals(UNITED_STATES) && m.month().equals(month.month()))
                .findFirst()
                .map(m -> tonnes(inquiry, m).fixed(0))
                .orElse("");
        return new Row(
                List.of(
                        month.month().toString(),
                        tonnes.fixed(0),
                        ratio.fixed(4),
                        Numbers.fixed((ratio.value() - 1) * 100, 1),
                        us,
                        month.basis(),
                        inquiry.sources().cite(month.source())),
                month.source().verification().isVerified());
    }

    private Amount againstMean(
            final Inquiry inquiry,
            final FlowSeries series,
            final String metric,
            final Amount tonnes,
            final long atNs,
            final Window.Sliding window,
            final Source source) {
        final Amount ratio = Amount.ratio(tonnes.value(), baseline(inquiry, atNs));
        final Source baseline = exports.baselineSource();
        final Source both = new Source(
                source.text() + "; mean of 2024: " + baseline.text(),
                source.verification().and(baseline.verification()));
        inquiry.findings().add(MetricRow.over(ID, series.key(), metric, atNs, window, ratio, both));
        return ratio;
    }

    /** The average month since the controls, over consecutive months with known exports. */
    private Table sinceControls(final Inquiry inquiry) {
        final Month last = exports.months().stream()
                .filter(m ->
                        m.destination().equals(MagnetExports.WORLD) && m.month().equals(LAST_KNOWN))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("month=" + LAST_KNOWN + ", expected the month in the file"));
        final Window.Sliding window =
                Window.slidingNs(last.endNs() - MagnetExports.ZONE.startOf(FIRST_CONTROLLED.atDay(1)));
        final WindowReading reading = inquiry.answers().window(last.series(), window, last.endNs());
        final Amount mean = Amount.of(reading, Metric.MEAN, TONNE);
        final String months = Long.toString(reading.count());
        final String lowest = Amount.of(reading, Metric.MIN, TONNE).fixed(0);
        final String highest = Amount.of(reading, Metric.MAX, TONNE).fixed(0);
        inquiry.findings().add(MetricRow.over(ID, last.series().key(), "mean", last.endNs(), window, mean, MONTHS));
        final Amount ratio =
                againstMean(inquiry, last.series(), "mean-against-mean-2024", mean, last.endNs(), window, MONTHS);
        return new Table(
                "Since the controls: " + FIRST_CONTROLLED + " to " + LAST_KNOWN,
                List.of(
                        Column.number("Months"),
                        Column.number("Mean, t a month"),
                        Column.number("of mean of 2024"),
                        Column.number("Lowest, t"),
                        Column.number("Highest, t")),
                List.of(Row.of(months, mean.fixed(1), ratio.fixed(4), lowest, highest)),
                "");
    }

    private static Amount tonnes(final Inquiry inquiry, final Month month) {
        return Amount.of(inquiry.answers().window(month.series(), month.window(), month.endNs()), Metric.SUM, TONNE);
    }

    private double baseline(final Inquiry inquiry, final long atNs) {
        final LevelReading level = inquiry.answers().level(exports.baseline(), atNs);
        return level.value();
    }

    private BarChart chart(final Inquiry inquiry, final Map<YearMonth, Double> world) {
        final List<String> months = new ArrayList<>();
        final List<Double> tonnes = new ArrayList<>();
        for (YearMonth month = FIRST_CONTROLLED; !month.isAfter(LAST_KNOWN); month = month.plusMonths(1)) {
            months.add(month.toString());
            tonnes.add(world.getOrDefault(month, Double.NaN));
        }
        final double mean = baseline(inquiry, exports.months().get(0).endNs());
        return new BarChart(
                "magnet-exports",
                "Chinese exports of rare-earth magnets since the controls of April 2025",
                "tonnes a month",
                months,
                List.of(new BarChart.Bars("world", 0, tonnes)),
                List.of(new BarChart.Level("mean of 2024: " + Numbers.fixed(mean, 0) + " t", mean)),
                "Chinese customs as reported by the press, one source a month, see the table");
    }
}
