package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.data.UkLicences;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Quarter;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** UK export licences to China: issued and refused over 90 and 365 days, and the approved share. */
public record UkLicencesChapter(UkLicences licences) implements Chapter {
    private static final String ID = "uk-licences";
    private static final List<LocalDate> DATES = List.of(
            LocalDate.of(2009, 12, 31),
            LocalDate.of(2011, 12, 31),
            LocalDate.of(2013, 12, 31),
            LocalDate.of(2014, 12, 31),
            UkLicences.LAST_DAY);

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final LocalDate date : DATES) {
            final List<String> cells = new ArrayList<>(List.of(date.toString()));
            for (final Window.Sliding window : UkLicences.WINDOWS) {
                cells.addAll(counts(inquiry, window, date));
            }
            rows.add(new Row(cells, true));
        }
        final List<Column> columns = new ArrayList<>(List.of(Column.text("To the end of")));
        for (final Window.Sliding window : UkLicences.WINDOWS) {
            final String days = Duration.ofNanos(window.lengthNs()).toDays() + " d: ";
            columns.add(Column.number(days + "issued"));
            columns.add(Column.number("refused"));
            columns.add(Column.number("approved, % of decided"));
        }
        final Table table = new Table(
                "Licences to China, dual-use and military",
                columns,
                rows,
                "Approved: issued / (issued + refused), the decided cases (DECIDED). The source does not contain"
                        + " withdrawn and pending cases. A licence with n ratings counts n times. Destination China"
                        + " in the spelling of the source; Hong Kong and Macao are separate destinations. Days of"
                        + " London; the data"
                        + " end on " + UkLicences.LAST_DAY + ". Source "
                        + inquiry.sources().cite(UkLicences.SOURCE) + ".");
        return new Section(
                ID,
                "UK licences to China",
                "An example of an authority that publishes daily: events of three categories a day, summed over"
                        + " sliding windows.",
                List.of(table),
                List.of(chart(inquiry)));
    }

    private List<String> counts(final Inquiry inquiry, final Window.Sliding window, final LocalDate date) {
        final long atNs = Zone.LONDON.endOf(date);
        final Amount issued = sum(inquiry, licences.issued(), window, atNs);
        final Amount refused = sum(inquiry, licences.refused(), window, atNs);
        final Amount approved = Amount.ratio(issued.value(), issued.value() + refused.value());
        add(inquiry, licences.issued().key(), "sum", atNs, window, issued);
        add(inquiry, licences.refused().key(), "sum", atNs, window, refused);
        add(inquiry, "licences.UK.CN", "approval-rate-of-DECIDED", atNs, window, approved);
        if (date.equals(UkLicences.LAST_DAY) && window.equals(UkLicences.WINDOWS.get(1))) {
            inquiry.findings()
                    .highlight(
                            "UK licences to China approved",
                            approved.percent(1) + "%",
                            issued.fixed(0) + " of "
                                    + Numbers.fixed(issued.value() + refused.value(), 0)
                                    + " decided in the 365 days to " + date);
        }
        return List.of(issued.fixed(0), refused.fixed(0), approved.percent(2));
    }

    private static Amount sum(
            final Inquiry inquiry, final FlowSeries series, final Window.Sliding window, final long atNs) {
        return Amount.of(inquiry.answers().window(series, window, atNs), Metric.SUM, "COUNT");
    }

    private static void add(
            final Inquiry inquiry,
            final String series,
            final String metric,
            final long atNs,
            final Window.Sliding window,
            final Amount amount) {
        inquiry.findings().add(MetricRow.over(ID, series, metric, atNs, window, amount, UkLicences.SOURCE));
    }

    private BarChart chart(final Inquiry inquiry) {
        final List<String> quarters = new ArrayList<>();
        final List<Double> issued = new ArrayList<>();
        final List<Double> refused = new ArrayList<>();
        Quarter quarter = Quarter.of(UkLicences.FIRST_DAY);
        while (quarter.start().isBefore(UkLicences.LAST_DAY)) {
            final long endNs = Zone.LONDON.startOf(quarter.next().start());
            final Window.Sliding window = Window.slidingNs(endNs - Zone.LONDON.startOf(quarter.start()));
            quarters.add(quarter.toString());
            issued.add(sum(inquiry, licences.issued(), window, endNs).value());
            refused.add(sum(inquiry, licences.refused(), window, endNs).value());
            quarter = quarter.next();
        }
        return new BarChart(
                "uk-licences-quarterly",
                "UK export licences to China by quarter",
                "licences",
                quarters,
                List.of(new BarChart.Bars("issued", 0, issued), new BarChart.Bars("refused", 1, refused)),
                List.of(),
                "UK government, via caatdata/uk-arms-export-data "
                        + inquiry.sources().cite(UkLicences.SOURCE));
    }
}
