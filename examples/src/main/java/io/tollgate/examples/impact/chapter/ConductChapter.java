package io.tollgate.examples.impact.chapter;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.data.Accusations;
import io.tollgate.examples.impact.data.Accusations.Accusation;
import io.tollgate.examples.impact.data.Accusations.Subject;
import io.tollgate.examples.impact.data.MagnetExports;
import io.tollgate.examples.impact.data.PublishedLicences;
import io.tollgate.examples.impact.data.PublishedLicences.Figure;
import io.tollgate.examples.impact.data.PublishedLicences.Observation;
import io.tollgate.examples.impact.data.TruceConduct;
import io.tollgate.examples.impact.data.TruceConduct.Act;
import io.tollgate.examples.impact.data.TruceConduct.Direction;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import io.tollgate.examples.report.model.BarChart;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conduct of each side during the truce: tightening and easing measures, and the effect on licences. */
public record ConductChapter(
        TruceConduct conduct, MagnetExports exports, PublishedLicences licences, Accusations accusations)
        implements Chapter {
    private static final String ID = "conduct";
    private static final LocalDate GENEVA = LocalDate.of(2025, 5, 14);
    /**
     * The day after the last announcement of an extension, which is one act with two announcements; the same for the
     * second one.
     */
    private static final LocalDate EXTENDED = LocalDate.of(2025, 8, 13);

    private static final LocalDate EXTENDED_AGAIN = LocalDate.of(2025, 11, 11);
    private static final String TIMELINE =
            "us_china_measures_timeline.csv: one source a measure (section Inside the truce)";

    /** A part of the truce; the last day is excluded. */
    private record Stretch(String name, LocalDate from, LocalDate until) {
        Window.Sliding window() {
            return Window.slidingNs(endNs() - Zone.NEW_YORK.startOf(from));
        }

        long endNs() {
            return Zone.NEW_YORK.startOf(until);
        }

        boolean includes(final Act act) {
            final long knownNs = act.measure().knownNs();
            return knownNs > Zone.NEW_YORK.startOf(from) && knownNs <= endNs();
        }
    }

    private static final List<Stretch> STRETCHES = List.of(
            new Stretch("the 45 days before Geneva", LocalDate.of(2025, 3, 30), GENEVA),
            new Stretch("Geneva to the London talks", GENEVA, Timeline.LONDON_TALKS),
            new Stretch("London to the first extension", Timeline.LONDON_TALKS, EXTENDED),
            new Stretch("first to second extension", EXTENDED, EXTENDED_AGAIN),
            new Stretch("second extension to the judgment", EXTENDED_AGAIN, LocalDate.of(2026, 2, 20)));

    @Override
    public Section write(final Inquiry inquiry) {
        return new Section(
                ID,
                "Inside the truce",
                "Around the start of June 2025 each side accused the other of breaking the agreement. Washington"
                        + " said that Beijing held back rare earths; Beijing said that Washington had put new"
                        + " controls on chips and design software. This section gives the numbers of the timeline"
                        + " and of the published counts on these accusations.",
                List.of(counts(inquiry), acts(inquiry), accusations(inquiry)),
                List.of(chart(inquiry)));
    }

    private FlowSeries series(final String side, final Direction direction) {
        return conduct.acts().stream()
                .filter(act -> act.side().equals(side) && act.direction() == direction)
                .findFirst()
                .orElseThrow()
                .series();
    }

    private Amount count(final Inquiry inquiry, final String side, final Direction direction, final Stretch stretch) {
        final FlowSeries series = series(side, direction);
        return Amount.of(inquiry.answers().window(series, stretch.window(), stretch.endNs()), Metric.SUM, "COUNT");
    }

    /** The measures included in a count. */
    private List<Act> counted(final String side, final Direction direction, final Stretch stretch) {
        return conduct.acts().stream()
                .filter(act -> act.side().equals(side) && act.direction() == direction && stretch.includes(act))
                .toList();
    }

    /** Returns the source of a count. Its verification is the worst one of its measures. */
    private static Source source(final List<Act> acts) {
        return new Source(
                TIMELINE,
                acts.stream()
                        .map(act -> act.measure().source().verification())
                        .reduce(Verification.PAGE, Verification::and));
    }

    private Table counts(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final Stretch stretch : STRETCHES) {
            final List<String> cells = new ArrayList<>(List.of(
                    stretch.name(), stretch.from() + " to " + stretch.until().minusDays(1)));
            boolean isVerified = true;
            for (final Direction direction : Direction.values()) {
                for (final String side : List.of("US", "China")) {
                    final Amount count = count(inquiry, side, direction, stretch);
                    final Source source = source(counted(side, direction, stretch));
                    isVerified &= source.verification().isVerified();
                    inquiry.findings()
                            .add(MetricRow.over(
                                    ID,
                                    series(side, direction).key(),
                                    "sum",
                                    stretch.endNs(),
                                    stretch.window(),
                                    count,
                                    source));
                    cells.add(count.fixed(0));
                }
            }
            rows.add(new Row(cells, isVerified));
        }
        return new Table(
                "Measures announced, by part of the truce",
                List.of(
                        Column.text("Stretch"),
                        Column.text("Days"),
                        Column.number("US tightens"),
                        Column.number("China tightens"),
                        Column.number("US eases"),
                        Column.number("China eases")),
                rows,
                "Only measures of the timeline, which is not complete. A measure counts from the end of its day of"
                        + " announcement, in its own zone. The parts end when both sides had"
                        + " extended.");
    }

    private Table acts(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        for (final Act act : conduct.acts()) {
            final boolean isInside =
                    STRETCHES.subList(1, STRETCHES.size()).stream().anyMatch(stretch -> stretch.includes(act));
            if (isInside) {
                rows.add(new Row(
                        List.of(
                                act.measure().announced().toString(),
                                act.side(),
                                act.direction() == Direction.TIGHTENING ? "tightens" : "eases",
                                act.measure().instrument() + ": "
                                        + act.measure().scope(),
                                inquiry.sources().cite(act.measure().source())),
                        act.measure().source().verification().isVerified()));
            }
        }
        return new Table(
                "Measures announced between Geneva and the judgment of 20 February 2026",
                List.of(
                        Column.text("Announced"),
                        Column.text("Side"),
                        Column.text(""),
                        Column.text("What"),
                        Column.text("Source")),
                rows,
                "Steel under section 232 is aimed at all countries; it counts for the US because it affects China"
                        + " too.");
    }

    /** The accusations of June 2025 and the numbers that answer them. */
    private Table accusations(final Inquiry inquiry) {
        final Stretch stretch = STRETCHES.get(1);
        final Amount us = count(inquiry, "US", Direction.TIGHTENING, stretch);
        final Amount china = count(inquiry, "China", Direction.TIGHTENING, stretch);
        final List<Act> acts = Stream.of("US", "China")
                .flatMap(side -> counted(side, Direction.TIGHTENING, stretch).stream())
                .toList();
        final double mean = inquiry.answers()
                .level(exports.baseline(), exports.months().get(0).endNs())
                .value();
        final List<Row> rows = new ArrayList<>();
        for (final Accusation accusation : accusations.all()) {
            final String numbers = switch (accusation.subject()) {
                case TOTALLY_VIOLATED -> "no number: the statement gives no details";
                case SLOW_LICENCES ->
                    "exports of magnets in May " + share(inquiry, MagnetExports.WORLD, 5, mean) + ", in June "
                            + share(inquiry, MagnetExports.WORLD, 6, mean) + " of the mean month of 2024; "
                            + held(inquiry);
                case NEW_MEASURES ->
                    us.fixed(0) + " measures of the US against " + china.fixed(0) + " of China until the talks";
                case LICENCES_GRANTED -> granted(inquiry);
            };
            final boolean isCounted = accusation.subject() == Subject.NEW_MEASURES;
            rows.add(new Row(
                    List.of(
                            accusation.date(),
                            accusation.by(),
                            accusation.said(),
                            numbers,
                            inquiry.sources().cite(accusation.source())),
                    !isCounted || source(acts).verification().isVerified()));
        }
        inquiry.findings()
                .highlight(
                        "Tightening measures, Geneva to London",
                        "US " + us.fixed(0) + ", China " + china.fixed(0),
                        "announced from 14 May to 8 June 2025, in the timeline, which is not complete; " + doubts(acts)
                                + "; licences are in the backlog instead");
        return new Table(
                "The accusations of June 2025 as numbers",
                List.of(
                        Column.text("Said on"),
                        Column.text("By"),
                        Column.text("Said"),
                        Column.text("Numbers"),
                        Column.text("Src")),
                rows,
                "China named three measures; the timeline contains only the design software. It also contains the"
                        + " rise of the steel duty, which China did not name there. China's controls of 4 April"
                        + " were in force before Geneva, and the truce did not end them; their effect is in the"
                        + " licences, not in new measures. Counts of licences were published after the statements,"
                        + " as of the given days. A source is the page that reports the statement; the numbers are"
                        + " those of the tables above and of the sections on licences and magnets.");
    }

    /** Names measures that also concern other countries, and measures that are not verified. */
    private static String doubts(final List<Act> acts) {
        return "aimed at all countries: "
                + named(acts, act -> act.measure().target().equals("ALL")) + "; unverified: "
                + named(acts, act -> !act.measure().source().verification().isVerified());
    }

    private static String named(final List<Act> acts, final Predicate<Act> predicate) {
        final String names = acts.stream()
                .filter(predicate)
                .map(act -> act.side() + " " + act.measure().scope())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** Published or reported figures of China's licences for rare earths that include the number issued. */
    private Stream<Observation> chinese() {
        return licences.observations().stream()
                .filter(observation -> observation.authority().equals("CN-MOFCOM"));
    }

    private String held(final Inquiry inquiry) {
        return chinese()
                .map(observation -> observation.destination() + ": "
                        + observation.read(Figure.ISSUED, inquiry.answers()).orElseThrow() + " of "
                        + observation.read(Figure.RECEIVED, inquiry.answers()).orElseThrow()
                        + " applications approved by " + observation.to() + ", as of " + observation.asOf())
                .collect(Collectors.joining("; "));
    }

    private String granted(final Inquiry inquiry) {
        return chinese()
                .filter(observation -> observation.figures().containsKey(Figure.REFUSED))
                .map(observation -> {
                    final long issued =
                            observation.read(Figure.ISSUED, inquiry.answers()).orElseThrow();
                    final long refused =
                            observation.read(Figure.REFUSED, inquiry.answers()).orElseThrow();
                    final long received =
                            observation.read(Figure.RECEIVED, inquiry.answers()).orElseThrow();
                    return observation.destination() + " as of " + observation.asOf() + ": "
                            + Amount.ratio(issued, issued + refused).percent(1)
                            + "% of the cases decided, "
                            + Amount.ratio(issued, received).percent(1)
                            + "% of those received; both are right";
                })
                .collect(Collectors.joining("; "));
    }

    private String share(final Inquiry inquiry, final String destination, final int month, final double mean) {
        final MagnetExports.Month found = exports.months().stream()
                .filter(m -> m.destination().equals(destination) && m.month().equals(YearMonth.of(2025, month)))
                .findFirst()
                .orElseThrow();
        final Amount tonnes =
                Amount.of(inquiry.answers().window(found.series(), found.window(), found.endNs()), Metric.SUM, "TONNE");
        return Amount.ratio(tonnes.value(), mean).percent(1) + "%";
    }

    private BarChart chart(final Inquiry inquiry) {
        final List<BarChart.Bars> bars = new ArrayList<>();
        for (final Direction direction : Direction.values()) {
            for (final String side : List.of("US", "China")) {
                bars.add(new BarChart.Bars(
                        side + (direction == Direction.TIGHTENING ? " tightens" : " eases"),
                        bars.size(),
                        STRETCHES.stream()
                                .map(stretch ->
                                        count(inquiry, side, direction, stretch).value())
                                .toList()));
            }
        }
        return new BarChart(
                "truce-conduct",
                "Measures announced by each side, by part of the truce",
                "measures",
                List.of("before Geneva", "to London", "to Aug 2025", "to Nov 2025", "to Feb 2026"),
                bars,
                List.of(),
                "Timeline of measures, one source a measure, see the table");
    }
}
