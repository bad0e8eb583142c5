package io.tollgate.examples.impact.chapter;

import io.tollgate.api.licence.ApprovalRate;
import io.tollgate.api.licence.Denominator;
import io.tollgate.api.licence.LicenceCounts;
import io.tollgate.api.series.Status;
import io.tollgate.examples.impact.data.PublishedLicences;
import io.tollgate.examples.impact.data.PublishedLicences.Figure;
import io.tollgate.examples.impact.data.PublishedLicences.Observation;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The cases left undecided, for authorities that also published applications, and the uncertainty of approval rates.
 */
public record BacklogChapter(PublishedLicences licences) implements Chapter {
    private static final String ID = "backlog";
    private static final double DAYS_A_MONTH = 365.25 / 12;

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        final List<Double> approved = new ArrayList<>();
        final List<Double> refused = new ArrayList<>();
        final List<Double> left = new ArrayList<>();
        for (final Observation observation : licences.observations()) {
            if (observation.figures().containsKey(Figure.RECEIVED)) {
                final LicenceCounts counts = counts(inquiry, observation);
                rows.add(row(inquiry, observation, counts));
                final boolean isRefusedKnown = observation.figures().containsKey(Figure.REFUSED);
                names.add(shortName(observation));
                approved.add(100.0 * counts.issued() / counts.received());
                // Unpublished refusals are unknown, not zero.
                refused.add(
                        isRefusedKnown
                                ? 100.0 * (counts.refused() + counts.returned()) / counts.received()
                                : Double.NaN);
                left.add(isRefusedKnown ? Math.max(0, 100.0 * counts.backlogChange() / counts.received()) : Double.NaN);
            }
        }
        return new Section(
                ID,
                "Backlog and approval",
                "The backlog is received minus decided. An office can approve nearly every case that it decides,"
                        + " and decide few. A share of few cases is uncertain, as its bounds show.",
                List.of(table(rows), elsewhere(inquiry)),
                List.of(new BarChart(
                        "licence-backlog",
                        "Decisions of a period against its applications",
                        "percent of those received",
                        names,
                        List.of(
                                new BarChart.Bars("approved", 0, approved),
                                new BarChart.Bars("refused or returned, as published", 1, refused),
                                new BarChart.Bars("not decided, at most", 2, left)),
                        List.of(),
                        "Published licence counts, one source an observation, see the table")));
    }

    /** Office or licence, and the end of the period; short, because seven of them are side by side. */
    private static String shortName(final Observation observation) {
        final String office =
                observation.authority().substring(observation.authority().indexOf('-') + 1);
        return (office.equals("ECJU") ? observation.licenceType() : office) + " " + YearMonth.from(observation.to());
    }

    private static LicenceCounts counts(final Inquiry inquiry, final Observation observation) {
        return new LicenceCounts(
                observation.read(Figure.RECEIVED, inquiry.answers()).orElse(0),
                observation.read(Figure.ISSUED, inquiry.answers()).orElse(0),
                observation.read(Figure.REFUSED, inquiry.answers()).orElse(0),
                observation.read(Figure.RETURNED, inquiry.answers()).orElse(0),
                0,
                0,
                0);
    }

    /**
     * Returns true if all ways to close a case were published, or if the published pending cases equal the computed
     * backlog.
     */
    private static boolean isWhole(final Observation observation, final LicenceCounts counts) {
        return observation.figures().keySet().containsAll(Set.of(Figure.REFUSED, Figure.RETURNED))
                || observation.pending().equals(Long.toString(counts.backlogChange()));
    }

    private static Row row(final Inquiry inquiry, final Observation observation, final LicenceCounts counts) {
        final boolean isWhole = isWhole(observation, counts);
        final boolean isRefusedKnown = observation.figures().containsKey(Figure.REFUSED);
        final ApprovalRate decided = counts.approvalRate(Denominator.DECIDED);
        final double months =
                ChronoUnit.DAYS.between(observation.from(), observation.to().plusDays(1)) / DAYS_A_MONTH;
        // If refusals or returns are not published, more cases may have been closed. Without refusals the approved
        // share of the decisions is unknown.
        final Status status = isWhole ? Status.OK : Status.PARTIAL;
        final Amount left = new Amount(counts.backlogChange(), status, "COUNT");
        final Amount work = counts.backlogChange() < 0
                ? new Amount(Double.NaN, Status.UNDEFINED, "MONTH")
                : new Amount(counts.monthsOfWork(counts.backlogChange(), months), status, "MONTH");
        final Status ofDecided = isRefusedKnown ? Status.OK : Status.EMPTY;
        final double low = decided.wilsonLow(ApprovalRate.Z95);
        final double high = decided.wilsonHigh(ApprovalRate.Z95);
        note(inquiry, observation, "backlog-of-the-period", left);
        note(inquiry, observation, "months-of-work", work);
        note(inquiry, observation, "wilson-low-of-DECIDED", new Amount(low, ofDecided, "FRACTION"));
        note(inquiry, observation, "wilson-high-of-DECIDED", new Amount(high, ofDecided, "FRACTION"));
        return new Row(
                List.of(
                        observation.authority() + " " + observation.licenceType() + ", "
                                + observation.destination().replace('-', ' '),
                        observation.asOf().toString(),
                        Numbers.fixed(counts.received(), 0),
                        (isWhole ? "" : "at least ") + Numbers.fixed(counts.closed(), 0),
                        (isWhole ? "" : "at most ") + left.fixed(0),
                        work.status().hasValue() ? (isWhole ? "" : "at most ") + work.fixed(1) : "-",
                        isRefusedKnown ? Numbers.fixed(100 * low, 1) + " to " + Numbers.fixed(100 * high, 1) : "-",
                        inquiry.sources().cite(observation.source())),
                observation.source().verification().isVerified());
    }

    private static void note(
            final Inquiry inquiry, final Observation observation, final String metric, final Amount amount) {
        inquiry.findings().add(observation.row(ID, metric, amount));
    }

    private static Table table(final List<Row> rows) {
        return new Table(
                "Backlog of a period: received minus decided and returned",
                List.of(
                        Column.text("Authority, licence, for"),
                        Column.text("As of"),
                        Column.number("Received"),
                        Column.number("Closed"),
                        Column.number("Left"),
                        Column.number("Months of work"),
                        Column.number("Approved, 95% bounds, %"),
                        Column.text("Src")),
                rows,
                "Left: of this period alone, because earlier pending cases are not published; negative if more was"
                        + " decided than received; an upper bound if refusals or returns are not published, and"
                        + " the pending cases are not published either. Months of work at the pace of the period."
                        + " Bounds: Wilson's score"
                        + " interval for the approved share of the decisions.");
    }

    /** Counts of the same office from other sources, side by side, because they disagree. */
    private Table elsewhere(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final PublishedLicences.Note note : licences.notes()) {
            if (note.authority().equals("CN-MOFCOM")) {
                rows.add(Row.of(
                        note.asOf(),
                        note.destination(),
                        note.received().isEmpty() ? "-" : note.received(),
                        note.text(),
                        inquiry.sources().cite(note.source())));
            }
        }
        return new Table(
                "China's rare-earth licences, as different sources counted them",
                List.of(
                        Column.text("As of"),
                        Column.text("Whose applications"),
                        Column.number("Received"),
                        Column.text("Said"),
                        Column.text("Src")),
                rows,
                "The shares of neighbouring days and industries disagree, because the sources count different"
                        + " cases, and no source counts all.");
    }
}
