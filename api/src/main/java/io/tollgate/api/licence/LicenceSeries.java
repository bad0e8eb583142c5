package io.tollgate.api.licence;

import io.tollgate.api.Engine;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The series of one pipeline, with a common key. {@code KEY.received} and so on are FLOW series of counts, one for each
 * kind of event. {@code KEY.backlog} and {@code KEY.in-force} are STEP series derived from them.
 * {@code KEY.processing-days} is a FLOW with one event for each case that the authority closed. All metrics, windows,
 * watches and baselines work on them as on any other series. Immutable and thread-safe.
 *
 * <pre>{@code
 * LicenceSeries licences = LicenceSeries.define(engine, "licences.CN.rare-earths", start);
 * double backlog = reader.level().read(licences.backlog(), engine.now()).value();
 * }</pre>
 */
public final class LicenceSeries {
    private static final Unit DAY = new Unit("DAY");

    private final Map<LicenceEventKind, FlowSeries> flows;
    private final FlowSeries processing;
    private final StepSeries backlog;
    private final StepSeries inForce;
    private final long startNs;

    private LicenceSeries(
            final Map<LicenceEventKind, FlowSeries> flows,
            final FlowSeries processing,
            final StepSeries backlog,
            final StepSeries inForce,
            final long startNs) {
        this.flows = flows;
        this.processing = processing;
        this.backlog = backlog;
        this.inForce = inForce;
        this.startNs = startNs;
    }

    /**
     * Defines the series, or finds the existing ones.
     *
     * @param engine  engine of the series.
     * @param key     key of the pipeline, for example {@code licences.CN.rare-earths}.
     * @param startNs instant in ns from which the absence of an event means zero.
     * @return the series.
     * @throws IllegalArgumentException if the instant is out of range, or the key is invalid.
     * @throws IllegalStateException    if a key has another definition, a limit is reached, or the engine is closed.
     */
    public static LicenceSeries define(final Engine engine, final String key, final long startNs) {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(key, "key");
        Instants.requireInRange(startNs);
        final Map<LicenceEventKind, FlowSeries> flows = new EnumMap<>(LicenceEventKind.class);
        for (final LicenceEventKind kind : LicenceEventKind.values()) {
            flows.put(kind, flow(engine, key + "." + kind.segment(), Unit.COUNT, startNs));
        }
        return new LicenceSeries(
                flows,
                flow(engine, key + ".processing-days", DAY, startNs),
                engine.defineStep(SeriesDefinition.step(key + ".backlog", Unit.COUNT, 0)),
                engine.defineStep(SeriesDefinition.step(key + ".in-force", Unit.COUNT, 0)),
                startNs);
    }

    private static FlowSeries flow(final Engine engine, final String key, final Unit unit, final long startNs) {
        return engine.defineFlow(SeriesDefinition.flow(key, unit, 0).withLifeStart(startNs));
    }

    /**
     * Returns the series of a kind of event. Licences that will expire are pending points of EXPIRED.
     *
     * @param kind kind of event.
     * @return the series of counts.
     */
    public FlowSeries events(final LicenceEventKind kind) {
        Objects.requireNonNull(kind, "kind");
        return flows.get(kind);
    }

    /**
     * {@return the series of processing times in days: one event for each case issued, refused or returned, at that
     * instant}
     */
    public FlowSeries processing() {
        return processing;
    }

    /** {@return the series of pending applications; a level below 0 means that an event is missing} */
    public StepSeries backlog() {
        return backlog;
    }

    /** {@return the series of licences in force} */
    public StepSeries inForce() {
        return inForce;
    }

    /** {@return the instant in ns from which the absence of an event means zero} */
    public long startNs() {
        return startNs;
    }

    /**
     * Reads the events of a window, one series after the other. If events are published at the same time, the counts
     * may belong to different states of the pipeline.
     *
     * @param reading reading of the window with {@link Metric#SUM}.
     * @param atNs    the instant t in ns.
     * @return the counts and their status.
     * @throws IllegalArgumentException if the reading was created without the sum.
     * @throws IllegalStateException    if a read was CONTENDED or FORGOTTEN, or the engine is closed.
     */
    public LicenceCounts counts(final WindowReading reading, final long atNs) {
        Objects.requireNonNull(reading, "reading");
        final long[] counts = new long[LicenceEventKind.values().length];
        int untold = 0;
        boolean isWhole = true;
        for (final LicenceEventKind kind : LicenceEventKind.values()) {
            reading.read(events(kind), atNs);
            counts[kind.ordinal()] = sum(reading, events(kind));
            untold += reading.status(Metric.SUM) == Status.EMPTY ? 1 : 0;
            isWhole &= reading.status(Metric.SUM) == Status.OK;
        }
        final Status status = isWhole ? Status.OK : untold == counts.length ? Status.EMPTY : Status.PARTIAL;
        return LicenceCounts.of(counts, status);
    }

    /**
     * Counts the licences that expire within a time after t, by the expiries known. If all licences were issued by t,
     * these are licences in force at t. For a past t, the count includes licences issued and expired after t.
     *
     * <pre>{@code
     * WindowReading ahead = reader.window(Window.sliding(Duration.ofDays(90)), Metric.SUM);
     * long expiring = licences.expiringWithin(ahead, engine.now());
     * }</pre>
     *
     * @param reading reading of a sliding window of that length, with {@link Metric#SUM};
     *                {@link io.tollgate.api.measure.LegalCalendar#plus} helps to count calendar days. Afterwards the
     *                reading holds the window after t, and the status of its sum is the status of the count.
     * @param atNs    the instant t in ns; a licence that expires at t has expired.
     * @return the number of licences that expire after t and at or before t plus the length, without revoked ones; 0 if
     *     the status is EMPTY, because the pipeline does not cover that time.
     * @throws IllegalArgumentException if the window is not sliding or includes its start, its end is out of range, or
     *                                  the reading was created without the sum.
     * @throws IllegalStateException    if the read was CONTENDED or FORGOTTEN, or the engine is closed.
     */
    public long expiringWithin(final WindowReading reading, final long atNs) {
        Objects.requireNonNull(reading, "reading");
        final FlowSeries expired = flows.get(LicenceEventKind.EXPIRED);
        reading.read(expired, endOf(reading.windows().get(0), atNs));
        return sum(reading, expired);
    }

    private static long endOf(final Window window, final long atNs) {
        if (!(window instanceof Window.Sliding ahead) || ahead.closed() != Closed.RIGHT) {
            throw new IllegalArgumentException(
                    "window=" + window + ", expected a sliding window closed RIGHT, as long as the time ahead");
        }
        try {
            return Instants.requireInRange(Math.addExact(atNs, ahead.lengthNs()));
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException(
                    "withinNs=" + ahead.lengthNs() + ", expected an end before 2262-04-11", e);
        }
    }

    /** Returns the sum of a window; 0 if the window ends before the life of the series. */
    private static long sum(final WindowReading reading, final FlowSeries series) {
        return switch (reading.status(Metric.SUM)) {
            case EMPTY -> 0;
            case OK, PARTIAL -> Math.round(reading.value(Metric.SUM));
            default ->
                throw new IllegalStateException("series=" + series.key() + " status=" + reading.status(Metric.SUM)
                        + ", expected a sum: read again");
        };
    }
}
