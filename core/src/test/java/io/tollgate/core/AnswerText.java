package io.tollgate.core;

import io.tollgate.api.Baseline;
import io.tollgate.api.BasicMetric;
import io.tollgate.api.LagRange;
import io.tollgate.api.LagReading;
import io.tollgate.api.LevelReading;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Pair;
import io.tollgate.api.PairMetric;
import io.tollgate.api.PairReading;
import io.tollgate.api.PendingReading;
import io.tollgate.api.QuantileMethod;
import io.tollgate.api.Series;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** All that can be read over a window, as text; a double's shortest text tells its bits. */
final class AnswerText {
    private static final Metric[] METRICS = Stream.of(
                    Arrays.stream(BasicMetric.values()),
                    EwmaOracle.METRICS.stream(),
                    CusumOracle.METRICS.stream(),
                    Stream.of(
                            Metric.MEDIAN,
                            Metric.quantile(0.9, QuantileMethod.NEAREST_RANK),
                            Metric.above("50"),
                            Metric.ratioTo(new Baseline.Earlier(777, 2))))
            .flatMap(metrics -> metrics)
            .toArray(Metric[]::new);

    private final MetricReader reader;

    AnswerText(final MetricReader reader) {
        this.reader = reader;
    }

    String of(final Pair pair, final Window window, final long at, final long known) {
        final PairReading reading = reader.newPairReading();
        reader.readPair(pair, window, at, known, reading);
        final StringBuilder text = new StringBuilder();
        for (final PairMetric metric : PairMetric.values()) {
            text.append(reading.status(metric))
                    .append(' ')
                    .append(reading.value(metric))
                    .append(' ');
        }
        final LagRange lags = pair.bucket().isPresent()
                ? LagRange.ofBuckets(-2, 2)
                : LagRange.of(Duration.ofNanos(-2_000), Duration.ofNanos(2_000), Duration.ofNanos(1_000));
        final LagReading lagReading = reader.newLagReading(lags);
        reader.readLags(pair, window, at, known, lagReading);
        for (int i = 0; i < lags.count(); i++) {
            text.append(lagReading.status(i))
                    .append(' ')
                    .append(lagReading.correlation(i))
                    .append(' ');
        }
        return text.toString();
    }

    /** All that can be read of a series; a double's shortest text tells its bits. */
    String of(final Series series, final Window window, final long at, final long known) {
        final WindowReading reading = reader.newReading(METRICS);
        reader.read(series, window, at, known, reading);
        final StringBuilder text = new StringBuilder();
        for (final Metric metric : METRICS) {
            text.append(metric.text())
                    .append('=')
                    .append(reading.status(metric))
                    .append(' ');
            text.append(reading.value(metric)).append(' ');
        }
        text.append(reading.count())
                .append(' ')
                .append(reading.carriedInValue())
                .append(' ');
        text.append(reading.carriedInSinceNs()).append(' ');
        final PendingReading pending = reader.newPendingReading(50);
        reader.readPending(series, at, known, pending);
        text.append(pending.status()).append(' ');
        text.append(pending.count()).append(' ').append(pending.pipeline()).append(' ');
        for (int i = 0; i < pending.heldCount(); i++) {
            text.append(pending.validTimeNs(i))
                    .append(' ')
                    .append(pending.scaledValue(i))
                    .append(' ');
        }
        if (series instanceof StepSeries step) {
            final LevelReading level = reader.newLevelReading();
            reader.readLevel(step, at, known, level);
            text.append(level.status()).append(' ').append(level.scaledValue()).append(' ');
            text.append(level.sinceNs())
                    .append(' ')
                    .append(level.nextChangeAtNs())
                    .append(' ');
            text.append(level.nextScaledValue())
                    .append(' ')
                    .append(level.nextKnowledgeTimeNs())
                    .append(' ');
            text.append(level.knowledgeTimeNs()).append(' ').append(level.reference());
        }
        return text.toString();
    }
}
