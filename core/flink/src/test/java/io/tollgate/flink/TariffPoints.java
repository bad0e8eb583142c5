package io.tollgate.flink;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Random operations on levels and events: late, pending, revised, withdrawn, unknown and refused ones. The operation of
 * an index is always the same, in whichever process.
 */
public record TariffPoints(long seed, int count, int partitions) implements Serializable {
    static final long START_NS = Instants.parse("2025-01-01T00:00Z");
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long STEP_NS = 60_000_000_000L;
    private static final int LEVELS = 3;
    private static final int SPREAD_HOURS = 60;

    /**
     * Returns operations of the first seed, from the given one on, in which no series begins with a knowledge time of
     * the past. Such a point comes behind the watermark, and the speed of the job decides if earlier answers of its
     * group have the series.
     */
    public static TariffPoints of(final long seed, final int count, final int partitions) {
        long next = seed;
        while (!new TariffPoints(next, count, partitions).beginInOrder()) {
            next++;
        }
        return new TariffPoints(next, count, partitions);
    }

    private boolean beginInOrder() {
        final Set<String> begun = new HashSet<>();
        for (long i = 0; i < count; i++) {
            final PointRecord point = point(i);
            final boolean isInOrder = point.knownAtNs() == knownAtNs(i);
            if (!isInOrder && !begun.contains(point.series())) {
                return false;
            }
            if (isInOrder && point.kind() == PointRecord.Kind.POINT && point.scale() == 2) {
                begun.add(point.series());
            }
        }
        return true;
    }

    /** Returns the knowledge time of an operation, which is no valid time of another one. */
    static long knownAtNs(final long index) {
        return START_NS + index * STEP_NS + STEP_NS / 2;
    }

    /** Returns the key of the partition of a series. */
    public static String partition(final String series) {
        final int end = series.indexOf('.', series.indexOf('.') + 1);
        return end < 0 ? series : series.substring(series.indexOf('.') + 1, end);
    }

    /** Returns the operation of an index. */
    public PointRecord point(final long index) {
        final SplittableRandom random = new SplittableRandom(seed * 31 + index);
        final int partition = random.nextInt(partitions);
        final boolean isEvent = random.nextInt(4) == 0;
        final String series = random.nextInt(200) == 0
                ? "other." + partition + ".x"
                : isEvent ? "licence." + partition + ".x" : "tariff." + partition + '.' + random.nextInt(LEVELS);
        final long hour = Math.floorDiv(knownAtNs(index), HOUR_NS) + random.nextInt(SPREAD_HOURS) - SPREAD_HOURS / 2;
        final long timeNs = hour * HOUR_NS;
        final int kind = random.nextInt(100);
        final long knownAtNs = random.nextInt(100) == 0 ? knownAtNs(index) - HOUR_NS * 24 * 30 : knownAtNs(index);
        final long reference = isEvent ? random.nextInt(3) : Publisher.NO_REFERENCE;
        final PointRecord record = kind < 3
                ? PointRecord.withdrawal(series, timeNs)
                : kind < 5
                        ? PointRecord.unknown(series, timeNs)
                        : PointRecord.point(series, timeNs, random.nextInt(15_000), kind < 7 ? 3 : 2);
        return record.withKnownAt(knownAtNs).withReference(reference);
    }

    /** Returns all operations as a stream in order, with so many of them between two checkpoints. */
    public DataStream<PointRecord> stream(final StreamExecutionEnvironment environment, final int countPerCheckpoint) {
        return stream(environment, 0, countPerCheckpoint);
    }

    /** Returns the operations from an index on. */
    DataStream<PointRecord> stream(
            final StreamExecutionEnvironment environment, final long from, final int countPerCheckpoint) {
        final TariffPoints points = this;
        final GeneratorFunction<Long, PointRecord> generator = index -> points.point(from + index);
        return environment
                .fromSource(
                        new DataGeneratorSource<>(
                                generator,
                                count - from,
                                RateLimiterStrategy.perCheckpoint(countPerCheckpoint),
                                PointRecord.TYPE),
                        WatermarkStrategy.<PointRecord>forMonotonousTimestamps()
                                .withTimestampAssigner((point, before) -> point.knownAtNs() / 1_000_000),
                        "points")
                .setParallelism(1)
                .uid(from == 0 ? "points" : "points from " + from);
    }
}
