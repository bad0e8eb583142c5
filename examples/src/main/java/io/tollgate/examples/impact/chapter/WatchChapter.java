package io.tollgate.examples.impact.chapter;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.impact.data.AddOnRate;
import io.tollgate.examples.impact.finding.Amount;
import io.tollgate.examples.impact.finding.Answers;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The alarms that watches would have raised at the time. A separate engine advances its clock through 2025, with
 * watches on the add-on rates of both sides.
 */
public record WatchChapter(List<AddOnRate> rates) implements Chapter {
    private static final String ID = "watches";
    private static final int SCALE = 6;
    private static final long FROM_NS = Zone.NEW_YORK.startOf(LocalDate.of(2025, 1, 1));
    private static final long TO_NS = Zone.NEW_YORK.startOf(LocalDate.of(2026, 3, 1));

    private static final long STRIDE_NS = Duration.ofDays(10).toNanos();

    /** A watch with its id and its name for the reader. */
    private record Alarm(String id, String name, Watch watch) {}

    private static final List<Alarm> ALARMS = List.of(
            new Alarm(
                    "above-100",
                    "above 100%, until 50% or less",
                    Watch.above(WatchedMetric.LEVEL, 100).withClear(50)),
            new Alarm(
                    "above-25-for-30d",
                    "above 25% for 30 days, until 15% or less",
                    Watch.above(WatchedMetric.LEVEL, 25).withClear(15).withFor(Duration.ofDays(30))),
            new Alarm(
                    "mean-90d-above-40",
                    "mean of 90 days above 40%",
                    Watch.above(WatchedMetric.of(Window.sliding(Duration.ofDays(90)), Metric.MEAN), 40)));

    /** An update of a watch. */
    private record Told(String side, long atNs, UpdateType type, double value) {}

    @Override
    public Section write(final Inquiry inquiry) {
        final List<Row> rows = new ArrayList<>();
        final List<StepChart.Marker> markers = new ArrayList<>();
        for (final Alarm alarm : ALARMS) {
            for (final Told told : run(inquiry, alarm.watch())) {
                final boolean isFired = told.type() == UpdateType.FIRED;
                rows.add(Row.of(
                        alarm.name(),
                        told.side(),
                        isFired ? "fires" : "clears",
                        Zone.NEW_YORK.format(told.atNs()),
                        Numbers.fixed(told.value(), 1)));
                final Source source = inquiry.sources()
                        .of(inquiry.answers()
                                .level(rate(told.side()).inForce(), told.atNs())
                                .reference());
                inquiry.findings()
                        .add(MetricRow.at(
                                ID,
                                rate(told.side()).inForce().key(),
                                alarm.id() + "-" + told.type().name().toLowerCase(Locale.ROOT),
                                told.atNs(),
                                Amount.of(told.value(), "PERCENT"),
                                source));
                if (alarm.equals(ALARMS.get(0)) && told.side().equals("US")) {
                    markers.add(new StepChart.Marker(told.atNs(), isFired ? "fires" : "clears"));
                }
            }
        }
        return new Section(
                ID,
                "Watches",
                "A threshold that fires at the escalation and clears at the truce, at the instants of the law; one"
                        + " that requires a rate to last; and one on the 90-day mean, which stays above its"
                        + " threshold after the truce, because the average rate does not fall in a day.",
                List.of(new Table(
                        "Updates of the watches, " + Zone.NEW_YORK.dateOf(FROM_NS) + " to "
                                + Zone.NEW_YORK.dateOf(TO_NS - 1),
                        List.of(
                                Column.text("Watch"),
                                Column.text("Side"),
                                Column.text(""),
                                Column.text("At (New York)"),
                                Column.number("Value, %")),
                        rows,
                        "Each event is reported once. A mean changes continuously: the watch fires at the first"
                                + " nanosecond at which the exact mean is above the threshold.")),
                List.of(chart(inquiry, markers)));
    }

    private AddOnRate rate(final String side) {
        return rates.stream()
                .filter(rate -> rate.imposer().equals(side))
                .findFirst()
                .orElseThrow();
    }

    /** Advances the clock through the period with a watch on both sides. */
    private List<Told> run(final Inquiry inquiry, final Watch watch) {
        final List<Told> told = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(
                new EngineContext().clockMode(ClockMode.MANUAL).threadingMode(ThreadingMode.STEPPED))) {
            engine.advanceTo(FROM_NS);
            final Subscription subscription =
                    Subscription.of("alarm", "add-on.*").withWatches(watch);
            final List<StepSeries> series = rates.stream()
                    .map(rate ->
                            engine.defineStep(SeriesDefinition.step("add-on." + rate.imposer(), Unit.PERCENT, SCALE)))
                    .toList();
            final Map<Long, String> sides = new HashMap<>();
            for (int i = 0; i < series.size(); i++) {
                sides.put(series.get(i).number(), rates.get(i).imposer());
            }
            try (UpdateQueue updates = engine.updates().subscribe(subscription, QueueOptions.DEFAULT)) {
                final Publisher publisher = engine.publisher();
                for (int i = 0; i < series.size(); i++) {
                    for (final Answers.Step step :
                            inquiry.answers().scaledSteps(rates.get(i).inForce(), FROM_NS, TO_NS)) {
                        engine.awaitApplied(offer(publisher, series.get(i), step));
                    }
                }
                long atNs = FROM_NS;
                while (atNs < TO_NS) {
                    atNs = Math.min(TO_NS, atNs + STRIDE_NS);
                    engine.advanceTo(atNs);
                    updates.poll(
                            update -> told.add(new Told(
                                    sides.get(update.seriesNumber()), update.atNs(), update.type(), update.newValue())),
                            Integer.MAX_VALUE);
                }
            }
        }
        return told;
    }

    private static long offer(final Publisher publisher, final StepSeries series, final Answers.Step step) {
        return step.scaledValue() == Decimals.UNKNOWN
                ? publisher.offerUnknown(series, step.atNs())
                : publisher.offer(series, step.atNs(), step.scaledValue());
    }

    private StepChart chart(final Inquiry inquiry, final List<StepChart.Marker> markers) {
        final List<StepChart.Line> lines = new ArrayList<>();
        for (final AddOnRate rate : rates) {
            lines.add(new StepChart.Line(
                    rate.imposer() + " add-on rate",
                    lines.size(),
                    StepChart.LineStyle.SOLID,
                    inquiry.answers().steps(rate.inForce(), FROM_NS, TO_NS),
                    TO_NS));
        }
        return new StepChart(
                "watch-events",
                "The watch above 100% on the US rate",
                "percent",
                lines,
                List.of(),
                markers,
                "headline_levels.csv, one source a level (section Headline rates)");
    }
}
