package io.tollgate.examples.impact.chapter;

import io.tollgate.api.series.StepSeries;
import io.tollgate.examples.impact.data.ProcessingTimes;
import io.tollgate.examples.impact.data.PublishedLicences;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Processing times of licences: by month for an office that publishes them, and single statements of others. */
public record ProcessingChapter(ProcessingTimes times, PublishedLicences licences) implements Chapter {
    private static final String ID = "processing";
    private static final String PERCENT = "PERCENT";

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        final List<Double> medians = new ArrayList<>();
        for (final YearMonth month : times.months()) {
            final Amount median = read(inquiry, times.median(), month, "DAY");
            medians.add(median.value());
            rows.add(Row.of(
                    month.toString(),
                    median.fixed(0),
                    Numbers.atMost(read(inquiry, times.soon(), month, PERCENT).value(), 2),
                    Numbers.atMost(read(inquiry, times.late(), month, PERCENT).value(), 2),
                    inquiry.sources().cite(ProcessingTimes.SOURCE)));
        }
        return new Section(
                ID,
                "Processing times",
                "A pending case is not a refusal, but costs its exporter as much. Offices publish shares within a"
                        + " number of working days, medians, or averages, which a few long cases raise; these"
                        + " cannot be compared with each other. Single cases, including the pending ones, would"
                        + " show the share that waits longer than any number of days, but no available source has"
                        + " them.",
                List.of(
                        new Table(
                                "UK single licences (SIEL), all destinations, by month",
                                List.of(
                                        Column.text("Month"),
                                        Column.number("Median, days"),
                                        Column.number("within 20 working days, %"),
                                        Column.number("within 60 working days, %"),
                                        Column.text("Source")),
                                rows,
                                "Median days as published; the source does not say if they are working days."),
                        said(inquiry)),
                List.of(new BarChart(
                        "processing-times",
                        "Median processing time of UK single licences",
                        "days",
                        times.months().stream().map(YearMonth::toString).toList(),
                        List.of(new BarChart.Bars("median", 0, medians)),
                        List.of(),
                        "gov.uk dashboard " + inquiry.sources().cite(ProcessingTimes.SOURCE))));
    }

    private static Amount read(
            final Inquiry inquiry, final StepSeries series, final YearMonth month, final String unit) {
        final long atNs = ProcessingTimes.endNs(month);
        final Amount amount = Amount.of(inquiry.answers().level(series, atNs), unit);
        inquiry.findings().add(MetricRow.at(ID, series.key(), "level", atNs, amount, ProcessingTimes.SOURCE));
        return amount;
    }

    private Table said(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final PublishedLicences.Note note : licences.notes()) {
            if (!note.days().isEmpty() || note.text().contains("within")) {
                rows.add(Row.of(
                        note.asOf(),
                        note.authority() + " " + note.licenceType() + ", " + note.destination(),
                        note.period(),
                        note.days().isEmpty() ? "-" : note.days(),
                        note.text(),
                        inquiry.sources().cite(note.source())));
            }
        }
        return new Table(
                "Statements on processing times and approved shares",
                List.of(
                        Column.text("As of"),
                        Column.text("Authority, licence, for"),
                        Column.text("Period"),
                        Column.number("Days"),
                        Column.text("Said"),
                        Column.text("Src")),
                rows,
                "Days: the median, or the average if the text says so. wd: working days. RWA: returned without action."
                        + " The words are those of the sources; shares with published counts are in the tables above.");
    }
}
