package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Outcome;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The oracle: one engine that gets all operations of a stream in their order. */
public final class OneEngine {
    private static final Window DAY = Window.sliding(Duration.ofHours(24));
    private static final Window LAST = Window.last(5);
    private static final Metric[] METRICS = {Metric.MEAN, Metric.SD, Metric.MAX, Metric.COUNT};
    private static final Metric[] ALL_METRICS = {Metric.MEAN, Metric.SD, Metric.MAX, Metric.COUNT, Metric.COVERAGE};
    private static final Watch HIGH =
            Watch.above(WatchedMetric.of(DAY, Metric.MEAN), 80).withClear(70).withFor(Duration.ofHours(1));
    private static final String LATER = "later";

    private final TariffPoints points;
    private final TollgateEngine engine;
    private final Map<String, Series> series = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Long> firstKnown = new HashMap<>();
    /** Instants of answers after the last point of each series: those of pending points. */
    private final Map<String, SortedSet<Long>> later = new TreeMap<>();
    /** Instants at which watches are compared. */
    private final Map<String, SortedSet<Long>> watched = new TreeMap<>();

    /** All answers as text. Those of pending points have no sequence, because it depends on the speed of the job. */
    public final SortedSet<String> answers = new TreeSet<>();
    /** All refusals as text. */
    public final SortedSet<String> refusals = new TreeSet<>();
    /** All events of watches as text. */
    public final SortedSet<String> events = new TreeSet<>();

    private OneEngine(final TariffPoints points, final TollgateEngine engine) {
        this.points = points;
        this.engine = engine;
    }

    public static OneEngine of(final TariffPoints points) {
        try (TollgateEngine engine = TollgateEngine.launch(new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(ClockMode.KNOWLEDGE)
                .refusalHandler(refusal -> {}))) {
            final OneEngine oracle = new OneEngine(points, engine);
            oracle.run();
            return oracle;
        }
    }

    /** Returns a job with the same series and answers. */
    public static RateStream stream(final TariffPoints points) {
        return RateStream.of(
                        SeriesTemplate.step("tariff.*", Unit.PERCENT, 2),
                        SeriesTemplate.flow("licence.*", Unit.COUNT, 2))
                .read(List.of(DAY, LAST), METRICS)
                .watch("high", HIGH)
                .togetherBy(TariffPoints::partition)
                .ask(together -> {
                    askGroup(together);
                    askHalfWay(points, together);
                });
    }

    private static void askGroup(final Together together) {
        final List<StepSeries> rates = rates(together.series());
        if (!rates.isEmpty()) {
            final GroupReading group =
                    together.once("group", () -> together.panels().group(group(rates)));
            group.read(together.atNs());
            if (group.knownCount() > 0) {
                together.answer(
                        together.partition(),
                        "",
                        "simple",
                        group.value(GroupMetric.SIMPLE),
                        group.status(GroupMetric.SIMPLE),
                        group.knownCount());
            }
        }
    }

    /** Near the end of the stream, reads a level as known half-way. */
    private static void askHalfWay(final TariffPoints points, final Together together) {
        if (isNearEnd(points, together.atNs())) {
            final WindowReading day = together.reader()
                    .asOf(TariffPoints.knownAtNs(points.count() / 2))
                    .window(DAY, Metric.MEAN);
            day.read(together.series(firstRate(together.partition())).orElseThrow(), together.atNs());
            together.answer(together.partition(), "", "half-way", day.value(Metric.MEAN), day.status(Metric.MEAN), 0);
        }
    }

    private static String firstRate(final String partition) {
        return "tariff." + partition + ".0";
    }

    private static boolean isNearEnd(final TariffPoints points, final long atNs) {
        return atNs > TariffPoints.knownAtNs(points.count() - points.count() / 10);
    }

    private static List<StepSeries> rates(final Collection<Series> all) {
        return all.stream()
                .filter(StepSeries.class::isInstance)
                .map(StepSeries.class::cast)
                .toList();
    }

    private static Group group(final List<StepSeries> rates) {
        return Group.of(rates.stream().map(GroupMember::of).toList());
    }

    /** Returns all bits of an answer as text. */
    static String text(final RateAnswer answer, final String sequence) {
        return String.join(
                ",",
                answer.series(),
                sequence,
                Long.toString(answer.timeNs()),
                answer.window(),
                answer.metric(),
                Long.toHexString(Double.doubleToRawLongBits(answer.value())),
                answer.status().name(),
                Long.toHexString(Double.doubleToRawLongBits(answer.coverage())));
    }

    public static String text(final RefusedPoint refused) {
        return refused.reason() + ' ' + refused.point();
    }

    public static String text(final WatchEvent event) {
        return String.join(
                ",",
                event.series(),
                event.watch(),
                Boolean.toString(event.isFired()),
                Long.toString(event.timeNs()),
                Long.toHexString(Double.doubleToRawLongBits(event.value())));
    }

    /** Returns all bits of an answer as text. */
    public static String text(final RateAnswer answer) {
        return text(answer, Long.toString(answer.sequence()));
    }

    /** Returns answers of a job as texts like those of this oracle. */
    Stream<String> texts(final Stream<RateAnswer> given) {
        return given.map(OneEngine::text).map(this::classified);
    }

    /** Returns the text of an answer, without the sequence if it is not the answer of a point. */
    public String classified(final String text) {
        return answers.contains(text) ? text : text.replaceFirst(",[0-9]+,", ',' + LATER + ',');
    }

    private void run() {
        final WindowReading reading = engine.newReader().windows(List.of(DAY, LAST), ALL_METRICS);
        for (long i = 0; i < points.count(); i++) {
            final PointRecord point = points.point(i);
            final String refusal = refusal(point);
            if (refusal.isEmpty()) {
                final long sequence = sequences.merge(point.series(), 1L, Long::sum);
                final long atNs = point.knownAtNs();
                firstKnown.putIfAbsent(point.series(), atNs);
                read(reading, point.series(), atNs, Long.toString(sequence));
                readTogether(engine.newReader(), engine.newPanelReader(), point, atNs, true);
                watched.computeIfAbsent(point.series(), key -> new TreeSet<>()).add(atNs);
                if (point.timeNs() > atNs && point.kind() != PointRecord.Kind.WITHDRAWAL) {
                    later.computeIfAbsent(point.series(), key -> new TreeSet<>())
                            .add(point.timeNs());
                    watched.get(point.series()).add(point.timeNs());
                }
            } else {
                refusals.add(text(new RefusedPoint(point, refusal, "")));
            }
        }
        later.forEach((key, instants) -> instants.forEach(atNs -> {
            final MetricReader reader = engine.newReader().asOf(atNs);
            read(reader.windows(List.of(DAY, LAST), ALL_METRICS), key, atNs, LATER);
            final PointRecord point = PointRecord.unknown(key, atNs);
            readTogether(reader, engine.newPanelReader().asOf(atNs), point, atNs, false);
        }));
        watched.forEach(this::watch);
    }

    private String refusal(final PointRecord point) {
        if (point.series().startsWith("other.")) {
            return "UNDEFINED_SERIES";
        }
        final Series found = series.computeIfAbsent(
                point.series(),
                key -> key.startsWith("tariff.")
                        ? engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 2))
                        : engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 2)));
        final PointEncoder encoder = engine.publisher()
                .point(found)
                .validAt(point.timeNs())
                .knownAt(point.knownAtNs())
                .reference(point.reference());
        final long ticket;
        try {
            ticket = switch (point.kind()) {
                case WITHDRAWAL -> encoder.withdraw();
                case UNKNOWN -> encoder.unknown().offer();
                case POINT ->
                    encoder.value(Decimals.scaled(
                                    BigDecimal.valueOf(point.value(), point.scale()), 2, RoundingMode.UNNECESSARY))
                            .offer();
            };
        } catch (final IllegalArgumentException e) {
            return "INVALID";
        }
        final Outcome outcome = engine.awaitOutcome(ticket);
        return ticket < 0
                ? Publisher.describe(ticket)
                : outcome.reason().map(Enum::name).orElse("");
    }

    private void read(final WindowReading reading, final String key, final long atNs, final String sequence) {
        reading.read(series.get(key), atNs);
        for (int w = 0; w < 2; w++) {
            for (final Metric metric : METRICS) {
                answers.add(text(
                        new RateAnswer(
                                key,
                                atNs,
                                reading.windows().get(w).toString(),
                                metric.text(),
                                reading.value(w, metric),
                                reading.status(w, metric),
                                reading.value(w, Metric.COVERAGE),
                                0),
                        sequence));
            }
        }
    }

    /** Reads the group of a partition and its first level as known half-way. */
    private void readTogether(
            final MetricReader reader,
            final PanelReader panels,
            final PointRecord point,
            final long atNs,
            final boolean isCounted) {
        final String partition = TariffPoints.partition(point.series());
        final Map<String, Series> members = new TreeMap<>();
        sequences.keySet().stream()
                .filter(key -> TariffPoints.partition(key).equals(partition) && firstKnown.get(key) <= atNs)
                .forEach(key -> members.put(key, series.get(key)));
        final List<StepSeries> rates = rates(members.values());
        if (rates.isEmpty()) {
            return;
        }
        final String sequence = isCounted
                ? Long.toString(
                        members.keySet().stream().mapToLong(sequences::get).sum())
                : LATER;
        final GroupReading group = panels.group(group(rates)).read(atNs);
        if (group.knownCount() > 0) {
            answers.add(text(
                    new RateAnswer(
                            partition,
                            atNs,
                            "",
                            "simple",
                            group.value(GroupMetric.SIMPLE),
                            group.status(GroupMetric.SIMPLE),
                            group.knownCount(),
                            0),
                    sequence));
        }
        if (isNearEnd(points, atNs)) {
            final WindowReading day =
                    reader.asOf(TariffPoints.knownAtNs(points.count() / 2)).window(DAY, Metric.MEAN);
            day.read(series.get(firstRate(partition)), atNs);
            answers.add(text(
                    new RateAnswer(
                            partition, atNs, "", "half-way", day.value(Metric.MEAN), day.status(Metric.MEAN), 0, 0),
                    sequence));
        }
    }

    /** Follows a series through time. */
    private void watch(final String key, final SortedSet<Long> instants) {
        boolean isFired = false;
        long beyondNs = Long.MAX_VALUE;
        for (final long atNs : instants) {
            final WindowReading day = engine.newReader().asOf(atNs).window(DAY, Metric.MEAN);
            final double value = day.read(series.get(key), atNs).value(Metric.MEAN);
            final boolean hasValue = day.status(Metric.MEAN).hasValue();
            if (hasValue && !isFired) {
                beyondNs = value > 80 ? Math.min(beyondNs, atNs) : Long.MAX_VALUE;
                if (value > 80 && atNs - beyondNs >= Duration.ofHours(1).toNanos()) {
                    isFired = true;
                    events.add(text(new WatchEvent(key, "high", true, atNs, value)));
                }
            } else if (hasValue && value <= 70) {
                isFired = false;
                beyondNs = Long.MAX_VALUE;
                events.add(text(new WatchEvent(key, "high", false, atNs, value)));
            }
        }
    }

    /** Fails if the texts differ, and names some that do. */
    public static void assertSame(final SortedSet<String> expected, final Stream<String> given) {
        final SortedSet<String> other = given.collect(Collectors.toCollection(TreeSet::new));
        assertEquals(some(expected, other), some(other, expected), "missing and unexpected texts");
    }

    private static List<String> some(final SortedSet<String> all, final SortedSet<String> without) {
        return all.stream().filter(text -> !without.contains(text)).limit(5).toList();
    }
}
