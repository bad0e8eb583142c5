package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.data.ReciprocalDuty;
import io.tollgate.examples.impact.data.TruceEnd;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Expectations about the truce and the actual course: the same questions, as known at different times. */
public record BeliefsChapter(ReciprocalDuty duty, TruceEnd truce) implements Chapter {
    private static final String ID = "beliefs";
    private static final LocalDate BELIEVED = LocalDate.of(2025, 5, 20);
    private static final LocalDate TRUCE_START = LocalDate.of(2025, 5, 14);
    private static final LocalDate ASKED_OF = LocalDate.of(2025, 12, 1);
    private static final Window.Sliding YEAR = Window.sliding(Duration.ofDays(365));
    private static final double NANOS_PER_DAY = 86_400e9;
    private static final List<LocalDate> DAYS = List.of(
            LocalDate.of(2025, 7, 1),
            LocalDate.of(2025, 8, 15),
            ASKED_OF,
            LocalDate.of(2026, 3, 2),
            LocalDate.of(2026, 12, 1));
    private static final List<LocalDate> KNOWN_ON = List.of(
            LocalDate.of(2025, 4, 2),
            LocalDate.of(2025, 4, 8),
            LocalDate.of(2025, 4, 9),
            LocalDate.of(2025, 5, 12),
            LocalDate.of(2025, 8, 11),
            LocalDate.of(2025, 11, 4),
            LocalDate.of(2026, 2, 20));

    @Override
    public Section write(final Inquiry inquiry) {
        return new Section(
                ID,
                "As believed, and as it turned out",
                "The US reciprocal duty of spring 2025 with all announcements. The end of the suspension is a"
                        + " pending level, 34% again, until an extension moves it. A question about December"
                        + " therefore has a different answer in May than in November. Both answers are read from"
                        + " one series: as known at an instant, the engine gives the answer of that time.",
                List.of(believed(inquiry), december(inquiry)),
                List.of(end(inquiry)));
    }

    private Table believed(final Inquiry inquiry) {
        final long thenNs = Zone.NEW_YORK.endOf(BELIEVED);
        final List<Row> rows = new ArrayList<>();
        for (final LocalDate day : DAYS) {
            final long atNs = Zone.NEW_YORK.lastSecondOf(day);
            final Amount then = level(inquiry, atNs, thenNs);
            final Amount now = level(inquiry, atNs, Instants.ALL_KNOWN);
            final Source source = inquiry.sources()
                    .of(inquiry.answers()
                            .level(duty.series(), atNs, Instants.ALL_KNOWN)
                            .reference());
            rows.add(row(day.toString(), then, now, inquiry.sources().cite(source), source));
        }
        final long yearNs = Zone.NEW_YORK.startOf(TRUCE_START.plusYears(1));
        final Amount then = mean(inquiry, yearNs, thenNs);
        final Amount now = mean(inquiry, yearNs, Instants.ALL_KNOWN);
        rows.add(
                new Row(List.of("Mean of the 365 days", then.fixed(2), now.fixed(2), difference(then, now), ""), true));
        inquiry.findings()
                .highlight(
                        "Mean reciprocal duty, first year of the truce",
                        now.fixed(2) + "%",
                        "as believed on 20 May 2025: " + then.fixed(2) + "%");
        return new Table(
                "The reciprocal duty, %, as believed on 20 May 2025 and as known today",
                List.of(
                        Column.text("Level on"),
                        Column.number("Believed"),
                        Column.number("Turned out"),
                        Column.number("Difference"),
                        Column.text("Source")),
                rows,
                "Levels at 23:59:59 in New York. The mean is weighted with time, from 14 May 2025 to 14 May 2026.");
    }

    private static Row row(
            final String name, final Amount then, final Amount now, final String cite, final Source source) {
        return new Row(
                List.of(name, then.fixed(0), now.fixed(0), difference(then, now), cite),
                source.verification().isVerified());
    }

    private static String difference(final Amount then, final Amount now) {
        return Numbers.atMost(now.value() - then.value(), 2);
    }

    private Amount level(final Inquiry inquiry, final long atNs, final long knownNs) {
        final LevelReading reading = inquiry.answers().level(duty.series(), atNs, knownNs);
        final Amount amount = Amount.of(reading, "PERCENT");
        final Source source = inquiry.sources().of(reading.reference());
        inquiry.findings()
                .add(MetricRow.at(ID, duty.series().key(), "level" + asKnownAt(knownNs), atNs, amount, source));
        return amount;
    }

    private Amount mean(final Inquiry inquiry, final long atNs, final long knownNs) {
        final Amount amount =
                Amount.of(inquiry.answers().window(duty.series(), YEAR, atNs, knownNs), Metric.MEAN, "PERCENT");
        final Source source = inquiry.sources()
                .of(inquiry.answers().level(duty.series(), atNs, knownNs).reference());
        inquiry.findings()
                .add(MetricRow.over(ID, duty.series().key(), "mean" + asKnownAt(knownNs), atNs, YEAR, amount, source));
        return amount;
    }

    private static String asKnownAt(final long knownNs) {
        return knownNs == Instants.ALL_KNOWN ? "" : " as known at " + Instants.format(knownNs);
    }

    private Table december(final Inquiry inquiry) {
        final long atNs = Zone.NEW_YORK.lastSecondOf(ASKED_OF);
        final List<Row> rows = new ArrayList<>();
        for (final LocalDate day : KNOWN_ON) {
            final long knownNs = Zone.NEW_YORK.endOf(day);
            final Amount amount = level(inquiry, atNs, knownNs);
            final Source source = inquiry.sources()
                    .of(inquiry.answers().level(duty.series(), atNs, knownNs).reference());
            final LevelReading seen = inquiry.answers().level(duty.series(), knownNs, knownNs);
            final long nextNs = seen.nextChangeAtNs();
            final String next = nextNs == Instants.NONE
                    ? "none known"
                    : Zone.NEW_YORK.format(nextNs) + " to " + Numbers.atMost(seen.nextValue(), 0) + "%";
            rows.add(new Row(
                    List.of(
                            day.toString(),
                            Numbers.atMost(seen.value(), 0),
                            next,
                            amount.fixed(0),
                            inquiry.sources().cite(source)),
                    source.verification().isVerified()));
        }
        return new Table(
                "The rate of 1 December 2025, as known at the time",
                List.of(
                        Column.text("Known on"),
                        Column.number("In force, %"),
                        Column.text("Next change"),
                        Column.number("On 1 December, %"),
                        Column.text("Source")),
                rows,
                "As known at the end of each day in New York; an announcement counts from the end of its day.");
    }

    /** The remaining time of the truce, by its end as known at each time. */
    private StepChart end(final Inquiry inquiry) {
        final long startNs = Zone.NEW_YORK.startOf(TRUCE_START);
        final long toNs = Zone.NEW_YORK.startOf(LocalDate.of(2026, 3, 1));
        final List<StepChart.Point> points = inquiry.answers().steps(truce.series(), startNs, toNs).stream()
                .map(end -> new StepChart.Point(
                        end.timeNs(), (TruceEnd.instantNs((long) end.value()) - startNs) / NANOS_PER_DAY))
                .toList();
        return new StepChart(
                "truce-end",
                "How long the truce was to run, as known at the time",
                "days from 14 May 2025",
                List.of(new StepChart.Line("end of the truce as known", 0, StepChart.LineStyle.SOLID, points, toNs)),
                List.of(),
                List.of(
                        new StepChart.Marker(Zone.NEW_YORK.startOf(LocalDate.of(2025, 8, 12)), "first end"),
                        new StepChart.Marker(Zone.NEW_YORK.startOf(LocalDate.of(2025, 11, 10)), "second end")),
                "Executive orders 14298, 14334 and 14358, one source a level "
                        + inquiry.answers().references(truce.series(), startNs, toNs).stream()
                                .map(reference -> "[" + reference + "]")
                                .collect(Collectors.joining(" ")));
    }
}
