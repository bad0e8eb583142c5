package io.tollgate.flink.cluster;

import io.tollgate.api.series.Instants;
import io.tollgate.flink.PointRecord;
import java.io.Serializable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Points for measurements: an event of each series in each hour, in order.
 *
 * @param series  number of series.
 * @param hours   number of points of each series.
 * @param sources number of subtasks of the source, each with its own series.
 */
record HourlyPoints(long series, long hours, int sources) implements Serializable {
    static final long HOUR_MS = 3_600_000;

    private static final long START_NS = Instants.parse("2025-01-01T00:00Z");

    long count() {
        return series * hours;
    }

    /** The source gives each subtask a contiguous part of the indexes. */
    private PointRecord point(final long index) {
        final long perSource = count() / sources;
        final long seriesPerSource = series / sources;
        final long local = index % perSource;
        final long number = index / perSource * seriesPerSource + local % seriesPerSource;
        final long timeNs = START_NS + local / seriesPerSource * HOUR_MS * 1_000_000;
        return PointRecord.point("licence." + number, timeNs, (number * 31 + local * 17) % 10_007, 2)
                .withKnownAt(timeNs);
    }

    DataStream<PointRecord> stream(final StreamExecutionEnvironment environment, final RateLimiterStrategy<?> limit) {
        final HourlyPoints points = this;
        final GeneratorFunction<Long, PointRecord> generator = points::point;
        return environment
                .fromSource(
                        new DataGeneratorSource<>(generator, count(), limit, PointRecord.TYPE),
                        WatermarkStrategy.<PointRecord>forMonotonousTimestamps()
                                .withTimestampAssigner((point, before) -> point.knownAtNs() / 1_000_000),
                        "points")
                .setParallelism(sources)
                .uid("points");
    }
}
