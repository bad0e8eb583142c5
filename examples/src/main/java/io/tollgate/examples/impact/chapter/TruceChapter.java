package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.data.AddOnRate;
import io.tollgate.examples.impact.data.TruceEnd;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.finding.Numbers;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** The effect of the truce of 14 May 2025, and its remaining time as known at each instant. */
public record TruceChapter(List<AddOnRate> rates, TruceEnd truce) implements Chapter {
    private static final String ID = "truce";
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 5, 14);
    private static final Window.Sliding DAY = Window.sliding(Duration.ofDays(1));
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int BASIS_POINTS = 100;

    /** An instant at which the remaining time is read. */
    private record Asked(String when, long atNs) {}

    private static final Asked AT_THE_TALKS = new Asked(
            "London talks, 9 June 2025, noon in London", Zone.LONDON.at(Timeline.LONDON_TALKS, LocalTime.NOON));
    private static final List<Asked> COUNTDOWNS = List.of(
            new Asked("9 June 2025, 00:00 UTC", Zone.UTC.startOf(Timeline.LONDON_TALKS)),
            AT_THE_TALKS,
            new Asked("9 June 2025, end of the day in New York", Zone.NEW_YORK.endOf(Timeline.LONDON_TALKS)),
            new Asked("1 July 2025, 00:00 UTC", Instants.parse("2025-07-01T00:00Z")),
            new Asked("10 August 2025, end of the day in New York", Zone.NEW_YORK.endOf(LocalDate.of(2025, 8, 10))),
            new Asked("11 August 2025, end of the day in New York", Zone.NEW_YORK.endOf(LocalDate.of(2025, 8, 11))),
            new Asked("10 November 2025, 00:00 in New York", Zone.NEW_YORK.startOf(LocalDate.of(2025, 11, 10))));

    @Override
    public Section write(final Inquiry inquiry) {
        return new Section(
                ID,
                "The truce",
                "Agreed in Geneva, announced on 12 and 13 May 2025, in force on both sides at one instant: 00:01 in"
                        + " New York is 12:01 in Shanghai. Its end is a series too: each extension changed the"
                        + " level on its day of announcement, so a countdown read as known in June does not include"
                        + " the extension of August.",
                List.of(change(inquiry), countdown(inquiry)),
                List.of());
    }

    private Table change(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        final List<String> changes = new ArrayList<>();
        final List<String> levels = new ArrayList<>();
        for (final AddOnRate rate : rates) {
            final long atNs = rate.zone().endOf(FIRST_DAY);
            final LevelReading level = inquiry.answers().level(rate.inForce(), atNs);
            final Source source = inquiry.sources().of(level.reference());
            final long sinceNs = level.sinceNs();
            final WindowReading day = inquiry.answers().window(rate.inForce(), DAY, atNs);
            final Amount delta = Amount.of(day, Metric.DELTA, "PP");
            inquiry.findings().add(MetricRow.over(ID, rate.inForce().key(), "delta", atNs, DAY, delta, source));
            changes.add(delta.fixed(0));
            levels.add(rate.imposer() + " "
                    + Amount.of(day, Metric.FIRST, "PERCENT").fixed(0) + "% to "
                    + Amount.of(day, Metric.LAST, "PERCENT").fixed(0) + "%");
            rows.add(new Row(
                    List.of(
                            rate.imposer(),
                            Amount.of(day, Metric.FIRST, "PERCENT").fixed(0),
                            Amount.of(day, Metric.LAST, "PERCENT").fixed(0),
                            delta.fixed(0),
                            Numbers.fixed(delta.value() * BASIS_POINTS, 0),
                            rate.zone().format(sinceNs) + " " + rate.zone().place(),
                            inquiry.sources().cite(source)),
                    source.verification().isVerified()));
        }
        inquiry.findings()
                .highlight("The truce of 14 May 2025", String.join(" / ", changes) + " pp", String.join("; ", levels));
        return new Table(
                "Change of the add-on rate on 14 May 2025",
                List.of(
                        Column.text("Side"),
                        Column.number("Before, %"),
                        Column.number("After, %"),
                        Column.number("Change, pp"),
                        Column.number("Change, bp"),
                        Column.text("In force"),
                        Column.text("Source")),
                rows,
                "First and last level of the day in New York and in Shanghai, and their difference (metric delta).");
    }

    private Table countdown(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final Asked asked : COUNTDOWNS) {
            final LevelReading end = inquiry.answers().level(truce.series(), asked.atNs());
            final Source source = inquiry.sources().of(end.reference());
            final long endNs = TruceEnd.instantNs(end.scaledValue());
            final long leftNs = endNs - asked.atNs();
            inquiry.findings()
                    .add(MetricRow.at(
                            ID,
                            truce.series().key(),
                            "countdown",
                            asked.atNs(),
                            Amount.of((double) leftNs / NANOS_PER_SECOND, "SECOND"),
                            source));
            if (asked.equals(AT_THE_TALKS)) {
                inquiry.findings()
                        .highlight(
                                "Truce left at the London talks",
                                text(leftNs),
                                "read at noon on 9 June 2025; end as then known " + Zone.NEW_YORK.format(endNs)
                                        + " New York");
            }
            rows.add(new Row(
                    List.of(
                            asked.when(),
                            Zone.NEW_YORK.format(endNs),
                            text(leftNs),
                            inquiry.sources().cite(source)),
                    source.verification().isVerified()));
        }
        return new Table(
                "Countdown of the truce, by the end as known at each time",
                List.of(
                        Column.text("Asked on"),
                        Column.text("End (New York)"),
                        Column.number("Left"),
                        Column.text("Source")),
                rows,
                "An announcement counts from the end of its day in New York. Days of 24 hours.");
    }

    /** Formats a time as days, hours and minutes. */
    public static String text(final long lengthNs) {
        final Duration length = Duration.ofNanos(lengthNs);
        return length.toDays() + " d " + length.toHoursPart() + " h " + length.toMinutesPart() + " min";
    }
}
