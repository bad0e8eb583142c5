package io.tollgate.flink;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.VersionCursor;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.impact.data.AddOnRate;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The add-on rates of the United States and China, from the data of the command {@code impact}, as a job: each point
 * that becomes known gives the table of averages anew.
 */
final class ImpactJob {
    private static final int SCALE = 6;
    private static final List<LocalDate> DATES = List.of(
            LocalDate.of(2025, 5, 13), LocalDate.of(2025, 6, 9), LocalDate.of(2025, 8, 12), LocalDate.of(2025, 11, 10));

    private ImpactJob() {}

    /** Returns the operations on both rates in the order in which they became known. */
    static List<PointRecord> points() throws IOException {
        try (Engine engine = TollgateEngine.launch(new EngineContext().threadingMode(ThreadingMode.STEPPED))) {
            final Feed feed = new Feed(engine);
            final Answers answers = new Answers(engine);
            final Timeline timeline = Timeline.load();
            final List<AddOnRate> rates = List.of(
                    AddOnRate.loadUnitedStates(feed, answers, new Sources(), timeline),
                    AddOnRate.loadChina(feed, answers, new Sources(), timeline));
            feed.publish();
            final List<PointRecord> points = new ArrayList<>();
            final VersionCursor versions = engine.newReader().versionCursor();
            for (final AddOnRate rate : rates) {
                for (final StepSeries series : List.of(rate.inForce(), rate.announced())) {
                    versions.open(series);
                    while (versions.next()) {
                        points.add(point(series.key(), versions));
                    }
                }
            }
            points.sort(Comparator.comparingLong(PointRecord::knownAtNs));
            return points;
        }
    }

    private static PointRecord point(final String key, final VersionCursor version) {
        final long value = version.scaledValue();
        return (value == Decimals.UNKNOWN
                        ? PointRecord.unknown(key, version.validTimeNs())
                        : PointRecord.point(key, version.validTimeNs(), value, SCALE))
                .withKnownAt(version.knowledgeTimeNs())
                .withReference(version.reference());
    }

    /** Adds the job to an environment. The source waits for a checkpoint after each eighth of the points. */
    static DataStream<PointRecord> source(
            final StreamExecutionEnvironment environment, final List<PointRecord> points) {
        final PointRecord[] all = points.toArray(PointRecord[]::new);
        final GeneratorFunction<Long, PointRecord> generator = index -> all[index.intValue()];
        return environment
                .fromSource(
                        new DataGeneratorSource<>(
                                generator,
                                all.length,
                                RateLimiterStrategy.perCheckpoint(1 + all.length / 8),
                                PointRecord.TYPE),
                        WatermarkStrategy.<PointRecord>forMonotonousTimestamps()
                                .withTimestampAssigner((point, before) -> point.knownAtNs() / 1_000_000),
                        "impact")
                .setParallelism(1);
    }

    /** Returns the answers: the table of averages, as known after each point. */
    static DataStream<RateAnswer> averages(final DataStream<PointRecord> points) {
        return RateStream.of(SeriesTemplate.step("tariff.*", Unit.PERCENT, SCALE))
                .ask(ImpactJob::averages)
                .applyTo(points)
                .uid("tollgate");
    }

    private static void averages(final Together together) {
        final WindowReading means = together.once(
                "means", () -> together.reader().windows(AddOnRate.WINDOWS, Metric.MEAN, Metric.COVERAGE));
        final Zone zone = together.partition().startsWith("tariff.US.") ? Zone.NEW_YORK : Zone.SHANGHAI;
        for (final LocalDate date : DATES) {
            means.read(together.series().get(0), zone.endOf(date));
            for (int i = 0; i < AddOnRate.WINDOWS.size(); i++) {
                final Window window = AddOnRate.WINDOWS.get(i);
                together.answer(
                        together.partition() + ' ' + date,
                        window.toString(),
                        Metric.MEAN.text(),
                        means.value(i, Metric.MEAN),
                        means.status(i, Metric.MEAN),
                        means.value(i, Metric.COVERAGE));
            }
        }
    }
}
