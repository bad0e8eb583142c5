package io.tollgate.api.licence;

import io.tollgate.api.Engine;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.util.EnumMap;
import java.util.Map;

/**
 * The series of one pipeline, below one key: a FLOW of counts for each kind of event ({@code KEY.received} and so on),
 * the STEP series {@code KEY.backlog} and {@code KEY.in-force} that follow from them, and the FLOW
 * {@code KEY.processing-days}, one event for each case that the authority closed. They are series like any other: every
 * metric, window, watch and baseline works on them. Immutable; any thread.
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
     * Defines the series, or finds them where they are defined.
     *
     * @param engine  that is to hold them.
     * @param key     of the pipeline: {@code licences.CN.rare-earths}.
     * @param startNs from when the absence of an event means that there was none.
     * @return the series.
     * @throws IllegalArgumentException if the instant is out of range, or the key is none.
     * @throws IllegalStateException    if a key is defined otherwise, a limit is reached, or the engine is closed.
     */
    public static LicenceSeries define(final Engine engine, final String key, final long startNs) {
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
     * The events of a kind. Those that lie ahead are pending: licences that will expire.
     *
     * @param kind of the events.
     * @return counts.
     */
    public FlowSeries events(final LicenceEventKind kind) {
        return flows.get(kind);
    }

    /**
     * How long the authority took, an event for each case that it issued, refused or returned, at that instant.
     *
     * @return days, as the pipeline counts them.
     */
    public FlowSeries processing() {
        return processing;
    }

    /**
     * The applications that are pending. A level below 0 says that more were closed than had come in: some event is
     * missing.
     *
     * @return counts.
     */
    public StepSeries backlog() {
        return backlog;
    }

    /**
     * The licences in force.
     *
     * @return counts.
     */
    public StepSeries inForce() {
        return inForce;
    }

    /**
     * From when the absence of an event means that there was none.
     *
     * @return the instant given.
     */
    public long startNs() {
        return startNs;
    }

    /**
     * Reads the events of a window, one series after the other: where events are published meanwhile, the counts may be
     * of several moments.
     *
     * @param reader  of the engine.
     * @param window  over which.
     * @param atNs    the instant t.
     * @param reading of that reader, to be filled on the way.
     * @return the counts, and what they are worth.
     * @throws IllegalStateException if a read was CONTENDED, or the engine is closed.
     */
    public LicenceCounts counts(
            final MetricReader reader, final Window window, final long atNs, final WindowReading reading) {
        return counts(reader, window, atNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * Reads the events of a window as known at an instant; else as {@link #counts(MetricReader, Window, long,
     * WindowReading)}.
     *
     * @param reader    of the engine.
     * @param window    over which.
     * @param atNs      the instant t.
     * @param knownAtNs knowledge time as of which is read.
     * @param reading   of that reader, to be filled on the way.
     * @return the counts, and what they are worth.
     * @throws IllegalStateException if a read was CONTENDED or FORGOTTEN, or the engine is closed.
     */
    public LicenceCounts counts(
            final MetricReader reader,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final WindowReading reading) {
        final long[] counts = new long[LicenceEventKind.values().length];
        int untold = 0;
        boolean isWhole = true;
        for (final LicenceEventKind kind : LicenceEventKind.values()) {
            reader.read(events(kind), window, atNs, knownAtNs, reading);
            counts[kind.ordinal()] = sum(reading, events(kind));
            untold += reading.status(Metric.SUM) == Status.EMPTY ? 1 : 0;
            isWhole &= reading.status(Metric.SUM) == Status.OK;
        }
        final Status status = isWhole ? Status.OK : untold == counts.length ? Status.EMPTY : Status.PARTIAL;
        return LicenceCounts.of(counts, status);
    }

    /**
     * How many licences run out within a time, by the ends that are known. They are those in force at t if all were
     * issued by then: of an instant of the past, licences count too that were issued and ran out behind it.
     *
     * @param reader   of the engine.
     * @param atNs     the instant t; what ends at t itself has ended.
     * @param withinNs how far ahead, above 0: {@link io.tollgate.api.measure.LegalCalendar#plus} counts days of the
     *                 calendar.
     * @param reading  of that reader, to be filled with the ends from t on: the status of its SUM says what the number
     *                 is worth.
     * @return the licences that end behind t and not behind {@code atNs + withinNs}, revoked ones aside; 0 where that
     *     status is EMPTY, as the pipeline tells nothing of that time.
     * @throws IllegalArgumentException if the time is 0 or less, or ends out of range.
     * @throws IllegalStateException    if the read was CONTENDED, or the engine is closed.
     */
    public long expiringWithin(
            final MetricReader reader, final long atNs, final long withinNs, final WindowReading reading) {
        return expiringWithin(reader, atNs, withinNs, MetricReader.ALL_KNOWN, reading);
    }

    /**
     * How many licences run out within a time, by the ends that were known at an instant.
     *
     * @param reader    of the engine.
     * @param atNs      the instant t; what ends at t itself has ended.
     * @param withinNs  how far ahead, above 0.
     * @param knownAtNs knowledge time as of which is read.
     * @param reading   of that reader, to be filled with the ends from t on: the status of its SUM says what the number
     *                  is worth.
     * @return the licences that were believed to end behind t and not behind {@code atNs + withinNs}; 0 where that
     *     status is EMPTY, as the pipeline tells nothing of that time.
     * @throws IllegalArgumentException if the time is 0 or less, or ends out of range.
     * @throws IllegalStateException    if the read was CONTENDED or FORGOTTEN, or the engine is closed.
     */
    public long expiringWithin(
            final MetricReader reader,
            final long atNs,
            final long withinNs,
            final long knownAtNs,
            final WindowReading reading) {
        final FlowSeries expired = flows.get(LicenceEventKind.EXPIRED);
        final long endNs;
        try {
            endNs = Instants.requireInRange(Math.addExact(atNs, withinNs));
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("withinNs=" + withinNs + ", expected an end until 2262", e);
        }
        reader.read(expired, Window.slidingNs(withinNs), endNs, knownAtNs, reading);
        return sum(reading, expired);
    }

    /** The sum of a window; one that ends before the life of the series holds nothing. */
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
