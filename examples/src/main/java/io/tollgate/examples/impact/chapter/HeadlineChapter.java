package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Instants;
import io.tollgate.examples.impact.data.AddOnRate;
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
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** The level of each side's add-on rate on the key dates of 2025. */
public record HeadlineChapter(List<AddOnRate> rates, TruceEnd truce) implements Chapter {
    private static final String ID = "headline";
    private static final List<LocalDate> KEY_DATES = List.of(
            LocalDate.of(2025, 4, 2),
            LocalDate.of(2025, 4, 10),
            LocalDate.of(2025, 5, 13),
            LocalDate.of(2025, 5, 14),
            LocalDate.of(2025, 6, 9),
            LocalDate.of(2025, 8, 12),
            LocalDate.of(2025, 11, 10));

    private static final long SPRING_START = Instants.parse("2025-03-25T00:00-04:00");
    private static final long SPRING_END = Instants.parse("2025-05-25T00:00-04:00");
    private static final long YEAR_START = Instants.parse("2025-01-01T00:00-05:00");
    private static final long YEAR_END = Instants.parse("2026-03-25T00:00-04:00");
    private static final LocalDate ANNOUNCEMENT = LocalDate.of(2025, 4, 2);
    private static final LocalDate LONDON_TALKS = LocalDate.of(2025, 6, 9);

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Table> tables = new ArrayList<>();
        for (final AddOnRate rate : rates) {
            tables.add(levels(inquiry, rate));
        }
        return new Section(
                ID,
                "Headline rates",
                "The duty that each side adds on all goods of the other, in percent of their value, on top of"
                        + " earlier duties: for the US the duties under IEEPA (fentanyl and reciprocal), for China"
                        + " its response to them. Dashed: announced, never in force; such a level is the one in"
                        + " force at its announcement plus the announced change.",
                tables,
                List.of(spring(inquiry), year(inquiry)));
    }

    private Table levels(final Inquiry inquiry, final AddOnRate rate) {
        final List<Row> rows = new ArrayList<>();
        for (final LocalDate date : KEY_DATES) {
            final long atNs = rate.zone().lastSecondOf(date);
            final LevelReading level = inquiry.answers().level(rate.inForce(), atNs);
            final Source source = inquiry.sources().of(level.reference());
            inquiry.findings()
                    .add(MetricRow.at(ID, rate.inForce().key(), "level", atNs, Amount.of(level, "PERCENT"), source));
            rows.add(new Row(
                    List.of(
                            date.toString(),
                            Numbers.atMost(level.value(), 2),
                            since(rate, level.sinceNs()),
                            next(rate, level.nextChangeAtNs()),
                            inquiry.sources().cite(source)),
                    source.verification().isVerified()));
        }
        final String place = rate.zone().place();
        return new Table(
                rate.imposer() + ": add-on rate in force at the end of the day",
                List.of(
                        Column.text("Date"),
                        Column.number("Rate, %"),
                        Column.text("In force since"),
                        Column.text("Next change"),
                        Column.text("Source")),
                rows,
                "The level on a date is the one in force at 23:59:59 in " + place
                        + ". Since and next change in the time of " + place + ", as known today.");
    }

    private static String since(final AddOnRate rate, final long sinceNs) {
        return sinceNs == rate.zone().startOf(AddOnRate.STUDY_START)
                ? "none before"
                : rate.zone().format(sinceNs);
    }

    private static String next(final AddOnRate rate, final long nextNs) {
        return nextNs == Instants.NONE ? "none known" : rate.zone().format(nextNs);
    }

    private StepChart spring(final Inquiry inquiry) {
        return new StepChart(
                "headline-spring",
                "Spring 2025: from the announcement of 2 April to the truce of 14 May",
                "% added on all goods",
                lines(inquiry, SPRING_START, SPRING_END),
                List.of(new StepChart.Band(truceStart(inquiry), SPRING_END, "truce")),
                List.of(new StepChart.Marker(Zone.NEW_YORK.startOf(ANNOUNCEMENT), "2 April")),
                source(inquiry));
    }

    private StepChart year(final Inquiry inquiry) {
        return new StepChart(
                "headline-rates",
                "US and Chinese add-on rates, January 2025 to March 2026",
                "% added on all goods",
                lines(inquiry, YEAR_START, YEAR_END),
                truceBands(inquiry),
                List.of(new StepChart.Marker(Zone.LONDON.at(LONDON_TALKS, LocalTime.NOON), "London talks")),
                source(inquiry));
    }

    private List<StepChart.Line> lines(final Inquiry inquiry, final long fromNs, final long toNs) {
        final List<StepChart.Line> lines = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            final AddOnRate rate = rates.get(i);
            lines.add(new StepChart.Line(
                    rate.imposer() + ", in force",
                    i,
                    StepChart.LineStyle.SOLID,
                    inquiry.answers().steps(rate.inForce(), fromNs, toNs),
                    toNs));
            lines.add(new StepChart.Line(
                    rate.imposer() + ", announced, never in force",
                    i,
                    StepChart.LineStyle.DASHED,
                    inquiry.answers().steps(rate.announced(), fromNs, toNs),
                    toNs));
        }
        return lines;
    }

    /**
     * Returns the bands of the truce: from the cut to its first known end, and from each end to the one set by the next
     * extension.
     */
    private List<StepChart.Band> truceBands(final Inquiry inquiry) {
        final List<StepChart.Band> bands = new ArrayList<>();
        long fromNs = truceStart(inquiry);
        for (final StepChart.Point end : inquiry.answers().steps(truce.series(), fromNs, YEAR_END)) {
            final long toNs = Math.min(TruceEnd.instantNs((long) end.value()), YEAR_END);
            bands.add(new StepChart.Band(fromNs, toNs, bands.isEmpty() ? "truce, 90 days" : "extended"));
            fromNs = toNs;
        }
        return bands;
    }

    private long truceStart(final Inquiry inquiry) {
        return inquiry.answers()
                .level(rates.get(0).inForce(), Zone.NEW_YORK.lastSecondOf(LONDON_TALKS))
                .sinceNs();
    }

    private String source(final Inquiry inquiry) {
        final List<String> cited = new ArrayList<>();
        for (final AddOnRate rate : rates) {
            inquiry.answers().references(rate.inForce(), YEAR_START, YEAR_END).stream()
                    .map(reference -> "[" + reference + "]")
                    .filter(cite -> !cited.contains(cite))
                    .forEach(cited::add);
        }
        return "Executive orders and announcements of the Tariff Commission, one source a level "
                + String.join(" ", cited);
    }
}
