package io.tollgate.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tollgate.api.Engine;
import io.tollgate.api.EngineClosedException;
import io.tollgate.api.EngineFailedException;
import io.tollgate.api.admin.BatchCounts;
import io.tollgate.api.admin.CheckpointCounts;
import io.tollgate.api.admin.EngineHealth;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binds the statistics and the health of an engine to a registry of Micrometer, under names that begin with {@code
 * tollgate}. The number of meters is fixed: refusals have a tag for their reason, batches and checkpoints one for their
 * outcome, and no meter has a tag for a series.
 *
 * <pre>{@code
 * TollgateMetrics metrics = new TollgateMetrics(engine, Tags.of("engine", "customs"));
 * metrics.bindTo(registry);
 * ...
 * engine.close();
 * metrics.close();
 * }</pre>
 *
 * <p>Values are read when the registry is scraped; between scrapes the engine does no work for them. Counters count
 * from the opening of the engine. After the engine is closed, counters keep the value of their last scrape, and
 * gauges of its contents have no value (NaN).
 *
 * <p>Micrometer itself holds the source of a meter weakly. The meters of this binder hold the binder, and the binder
 * holds the engine, so the program needs to keep neither. Close the binder to remove its meters. This must happen
 * before another engine with the same tags is bound, because a registry keeps the first meter of a name.
 *
 * <p>Any thread may bind, close and scrape.
 */
public final class TollgateMetrics implements MeterBinder, AutoCloseable {
    private static final String PREFIX = "tollgate.";
    private static final String OUTCOME = "outcome";

    private final Engine engine;
    private final Tags tags;
    private final List<Bound> bound = new ArrayList<>();

    /** The statistics at the last scrape of the open engine. */
    private volatile EngineStatistics last;

    /** A meter and its registry. */
    private record Bound(MeterRegistry registry, Meter meter) {}

    /**
     * Creates a binder without tags of its own, for a program with one engine.
     *
     * @param engine to read.
     * @throws EngineClosedException if the engine is closed.
     * @throws EngineFailedException if the engine is closed after a failure.
     */
    public TollgateMetrics(final Engine engine) {
        this(engine, Tags.empty());
    }

    /**
     * Creates a binder.
     *
     * @param engine to read.
     * @param tags   of all its meters; they distinguish several engines of one registry.
     * @throws EngineClosedException if the engine is closed.
     * @throws EngineFailedException if the engine is closed after a failure.
     */
    public TollgateMetrics(final Engine engine, final Iterable<Tag> tags) {
        this.engine = Objects.requireNonNull(engine, "engine=null, expected an open engine");
        this.tags = Tags.of(Objects.requireNonNull(tags, "tags=null, expected tags, or none"));
        last = engine.admin().statistics();
    }

    /**
     * Registers the meters.
     *
     * @param registry to register them with.
     */
    @Override
    public synchronized void bindTo(final MeterRegistry registry) {
        bindPoints(registry);
        bindWaits(registry);
        bindBatches(registry);
        bindCheckpoints(registry);
        bindContents(registry);
        bindHealth(registry);
    }

    private void bindPoints(final MeterRegistry registry) {
        countPoints(registry, "applied", "Applied points and withdrawals", EngineStatistics::appliedCount);
        countPoints(registry, "revised", "Applied revisions of earlier points", EngineStatistics::revisedCount);
        countPoints(registry, "unchanged", "Applied points equal to the current one", EngineStatistics::unchangedCount);
        countPoints(registry, "late", "Applied points that were late", EngineStatistics::lateCount);
        countPoints(registry, "ignored", "Applied points without effect", EngineStatistics::ignoredCount);
        countPoints(registry, "withdrawn", "Applied withdrawals", EngineStatistics::withdrawnCount);
        for (final RefusalReason reason : RefusalReason.values()) {
            countPoints(
                    registry,
                    "refused",
                    "Refused points and withdrawals",
                    statistics -> statistics.refusedCounts().getOrDefault(reason, 0L),
                    Tag.of("reason", reason.name().toLowerCase(Locale.ROOT)));
        }
    }

    private void bindWaits(final MeterRegistry registry) {
        count(
                registry,
                "back.pressured",
                "offers",
                "Offers that ended as BACK_PRESSURED",
                EngineStatistics::backPressureCount);
        count(registry, "contended", "reads", "Reads that ended as CONTENDED", EngineStatistics::contendedCount);
        count(registry, "stalls", "stalls", "Waits of the writer for space", EngineStatistics::stallCount);
    }

    private void bindBatches(final MeterRegistry registry) {
        countBatches(registry, "applied", BatchCounts::applied);
        countBatches(registry, "refused", BatchCounts::refused);
        countBatches(registry, "aborted", BatchCounts::aborted);
        countBatches(registry, "timed_out", BatchCounts::timedOut);
    }

    private void bindCheckpoints(final MeterRegistry registry) {
        countCheckpoints(registry, "made", CheckpointCounts::made);
        countCheckpoints(registry, "failed", CheckpointCounts::failed);
        count(
                registry,
                "log.deleted",
                "segments",
                "Log segments that were deleted after checkpoints",
                statistics -> statistics.checkpointCounts().deletedSegments());
    }

    private void bindContents(final MeterRegistry registry) {
        gauge(registry, "series", "series", "Defined series", () -> ofOpenEngine(EngineStatistics::seriesCount));
        gauge(
                registry,
                "off.heap",
                "bytes",
                "Memory off the Java heap, or mapped from files, for series and points",
                () -> ofOpenEngine(EngineStatistics::offHeapBytes));
    }

    private void bindHealth(final MeterRegistry registry) {
        gauge(
                registry,
                "running",
                null,
                "1 if the engine accepts points",
                () -> ofHealth(health -> health.isRunning() ? 1 : 0));
        gauge(
                registry,
                "ring.used",
                "bytes",
                "Offered points that are not consumed",
                () -> ofHealth(EngineHealth::ringUsed));
        gauge(registry, "ring.capacity", "bytes", "Capacity of the ring", () -> ofHealth(EngineHealth::ringCapacity));
        if (engine.health().usableBytes().isPresent()) {
            gauge(
                    registry,
                    "disk.usable",
                    "bytes",
                    "Free space on the disk of the data directory",
                    () -> ofHealth(TollgateMetrics::usableBytes));
        }
    }

    private void countPoints(
            final MeterRegistry registry,
            final String name,
            final String description,
            final ToDoubleFunction<EngineStatistics> value,
            final Tag... more) {
        count(registry, name, "points", description, value, more);
    }

    private void countBatches(
            final MeterRegistry registry, final String outcome, final ToDoubleFunction<BatchCounts> value) {
        count(
                registry,
                "batches",
                "batches",
                "Batches by outcome",
                statistics -> value.applyAsDouble(statistics.batchCounts()),
                Tag.of(OUTCOME, outcome));
    }

    private void countCheckpoints(
            final MeterRegistry registry, final String outcome, final ToDoubleFunction<CheckpointCounts> value) {
        count(
                registry,
                "checkpoints",
                "checkpoints",
                "Checkpoints by outcome",
                statistics -> value.applyAsDouble(statistics.checkpointCounts()),
                Tag.of(OUTCOME, outcome));
    }

    private void count(
            final MeterRegistry registry,
            final String name,
            final String unit,
            final String description,
            final ToDoubleFunction<EngineStatistics> value,
            final Tag... more) {
        // The function refers to this binder, so the weak reference of the meter is never cleared.
        bound.add(new Bound(
                registry,
                FunctionCounter.builder(PREFIX + name, this, binder -> value.applyAsDouble(statistics()))
                        .baseUnit(unit)
                        .description(description)
                        .tags(tags.and(more))
                        .register(registry)));
    }

    private void gauge(
            final MeterRegistry registry,
            final String name,
            final @Nullable String unit,
            final String description,
            final Supplier<Number> value) {
        bound.add(new Bound(
                registry,
                Gauge.builder(PREFIX + name, value)
                        .baseUnit(unit)
                        .description(description)
                        .tags(tags)
                        .register(registry)));
    }

    /** Returns the statistics; those of the last scrape if the engine is closed. */
    private EngineStatistics statistics() {
        try {
            last = engine.admin().statistics();
        } catch (final EngineClosedException | EngineFailedException e) {
            // A counter must not fall, so its last value remains.
        }
        return last;
    }

    private double ofOpenEngine(final ToDoubleFunction<EngineStatistics> value) {
        try {
            return value.applyAsDouble(engine.admin().statistics());
        } catch (final EngineClosedException | EngineFailedException e) {
            return Double.NaN;
        }
    }

    private double ofHealth(final ToDoubleFunction<EngineHealth> value) {
        return value.applyAsDouble(engine.health());
    }

    private static double usableBytes(final EngineHealth health) {
        return health.usableBytes().isPresent() ? health.usableBytes().getAsLong() : Double.NaN;
    }

    /** Removes the meters from their registries. The engine stays open. */
    @Override
    public synchronized void close() {
        bound.forEach(each -> each.registry().remove(each.meter()));
        bound.clear();
    }
}
