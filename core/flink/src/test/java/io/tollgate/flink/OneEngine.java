package io.tollgate.flink;

import io.tollgate.api.Outcome;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The oracle: one engine that gets all operations of a stream in their order. */
final class OneEngine {
    static final Window MONTH = Window.sliding(Duration.ofDays(30));
    static final Window LAST = Window.last(5);
    static final Metric[] METRICS = {Metric.MEAN, Metric.SD, Metric.MAX, Metric.COUNT};

    /** The answers as text, in order. */
    final List<String> answers = new ArrayList<>();
    /** The refusals as text, in order. */
    final List<String> refusals = new ArrayList<>();

    /** The same series and answers as a stream. */
    static RateStream stream() {
        return RateStream.of(
                        SeriesTemplate.step("tariff.*", Unit.PERCENT, 2),
                        SeriesTemplate.flow("licence.*", Unit.COUNT, 2))
                .read(List.of(MONTH, LAST), METRICS);
    }

    /** Returns all bits of an answer as text. */
    static String text(final RateAnswer answer) {
        return String.join(
                ",",
                answer.series(),
                Long.toString(answer.sequence()),
                Long.toString(answer.timeNs()),
                answer.window(),
                answer.metric(),
                Long.toHexString(Double.doubleToRawLongBits(answer.value())),
                answer.status().name(),
                Long.toHexString(Double.doubleToRawLongBits(answer.coverage())));
    }

    static String text(final RefusedPoint refused) {
        return refused.reason() + ' ' + refused.point();
    }

    static OneEngine of(final TariffPoints points) {
        final OneEngine oracle = new OneEngine();
        try (TollgateEngine engine = TollgateEngine.launch(
                new EngineContext().threadingMode(ThreadingMode.STEPPED).clockMode(ClockMode.KNOWLEDGE))) {
            final Map<String, Series> series = new HashMap<>();
            final Map<String, Long> sequences = new HashMap<>();
            final Metric[] metrics = {Metric.MEAN, Metric.SD, Metric.MAX, Metric.COUNT, Metric.COVERAGE};
            final WindowReading reading = engine.newReader().windows(List.of(MONTH, LAST), metrics);
            for (long i = 0; i < points.count(); i++) {
                final PointRecord point = points.point(i);
                final String refusal = refusal(engine, series, point);
                if (refusal.isEmpty()) {
                    oracle.read(reading, series.get(point.series()), point, sequences);
                } else {
                    oracle.refusals.add(text(new RefusedPoint(point, refusal, "")));
                }
            }
        }
        return oracle;
    }

    private static String refusal(
            final TollgateEngine engine, final Map<String, Series> series, final PointRecord point) {
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

    private void read(
            final WindowReading reading,
            final Series series,
            final PointRecord point,
            final Map<String, Long> sequences) {
        final long sequence = sequences.merge(point.series(), 1L, Long::sum);
        reading.read(series, point.knownAtNs());
        for (int w = 0; w < 2; w++) {
            for (final Metric metric : METRICS) {
                answers.add(text(new RateAnswer(
                        point.series(),
                        point.knownAtNs(),
                        reading.windows().get(w).toString(),
                        metric.text(),
                        reading.value(w, metric),
                        reading.status(w, metric),
                        reading.value(w, Metric.COVERAGE),
                        sequence)));
            }
        }
    }
}
