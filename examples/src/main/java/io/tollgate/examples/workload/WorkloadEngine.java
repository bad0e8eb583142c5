package io.tollgate.examples.workload;

import io.tollgate.api.Outcome;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BusySpinIdleStrategy;

/**
 * An engine with the series and windows of a workload. {@link #offer} puts a batch on the ring. {@link #apply} applies
 * it up to published metrics, or waits until the engine's own thread has done so. Single-threaded.
 */
public final class WorkloadEngine implements AutoCloseable {
    /**
     * So large that a stepped engine rarely allocates another map during a measurement, because a map takes heap
     * memory.
     */
    private static final int FIRST_MAP_ENTRIES = 1 << 20;

    /** More blocks than a series has at the end of any measurement. */
    private static final long ENTRIES_OF_SERIES = 1 << 14;

    private final TemporaryDirectory directory;
    private final boolean isStepped;
    private final TollgateEngine engine;
    private final Publisher publisher;
    private final Window[] windows;
    private final StepSeries[] steps;
    private final FlowSeries[] flows;
    private final long knownAheadNs;
    private long lastTicket;

    /**
     * Opens an engine that the caller steps.
     *
     * @param workload   with the series and windows to define.
     * @param kind       of all series.
     * @param durability of the operation log.
     */
    public WorkloadEngine(final Workload workload, final SeriesKind kind, final Durability durability) {
        this(workload, kind, durability, true);
    }

    /**
     * Opens an engine.
     *
     * @param workload   with the series and windows to define.
     * @param kind       of all series.
     * @param durability of the operation log.
     * @param isStepped  true if the caller steps it. Otherwise it has its own thread, which never idles, and
     *                   preallocates memory in the background.
     */
    public WorkloadEngine(
            final Workload workload, final SeriesKind kind, final Durability durability, final boolean isStepped) {
        this(
                workload,
                kind,
                durability,
                isStepped
                        ? new EngineContext().threadingMode(ThreadingMode.STEPPED_WITH_MAINTENANCE)
                        : new EngineContext().idleStrategySupplier(BusySpinIdleStrategy::new));
    }

    /**
     * Opens an engine with the given threads.
     *
     * @param workload   with the series and windows to define.
     * @param kind       of all series.
     * @param durability of the operation log.
     * @param context    options of the engine. The clock mode, the directory and the capacity of a stepped engine are
     *                   set here.
     */
    public WorkloadEngine(
            final Workload workload, final SeriesKind kind, final Durability durability, final EngineContext context) {
        isStepped = context.threadingMode().isStepped();
        directory = durability == Durability.NONE ? new TemporaryDirectory() : null;
        context.clockMode(workload.knownAheadNs() > 0 ? ClockMode.KNOWLEDGE : ClockMode.EVENT);
        if (isStepped) {
            context.limits(context.limits().withFirstMapEntries(room(workload)));
        }
        engine = launch(context);
        publisher = engine.publisher();
        windows = workload.windows().stream().map(Window::sliding).toArray(Window[]::new);
        steps = kind == SeriesKind.STEP ? new StepSeries[workload.seriesCount()] : new StepSeries[0];
        flows = kind == SeriesKind.FLOW ? new FlowSeries[workload.seriesCount()] : new FlowSeries[0];
        knownAheadNs = workload.knownAheadNs();
        define();
    }

    /** Returns the initial capacity. Excess capacity would be allocated too, which takes seconds. */
    private static int room(final Workload workload) {
        final long needed = Math.min(FIRST_MAP_ENTRIES, workload.seriesCount() * ENTRIES_OF_SERIES);
        return BitUtil.findNextPositivePowerOfTwo((int) needed);
    }

    private TollgateEngine launch(final EngineContext context) {
        try {
            return TollgateEngine.launch(directory == null ? context : context.directory(directory.path()));
        } catch (final RuntimeException | Error e) {
            CloseHelper.quietClose(directory);
            throw e;
        }
    }

    private void define() {
        try {
            defineAll();
        } catch (final RuntimeException | Error e) {
            CloseHelper.quietClose(this);
            throw e;
        }
    }

    private void defineAll() {
        final boolean isStep = steps.length > 0;
        final SeriesDefinition alike = (isStep
                        ? SeriesDefinition.step("bench", Unit.PERCENT, PointStream.SCALE)
                        : SeriesDefinition.flow("bench", Unit.COUNT, PointStream.SCALE))
                .withWindows(windows);
        final List<Series> all = engine.series()
                .define(IntStream.range(0, steps.length + flows.length)
                        .mapToObj(i -> alike.withKey("bench." + i))
                        .toList());
        all.toArray(isStep ? steps : flows);
    }

    /**
     * Offers and applies enough points to fill every window.
     *
     * @param stream source of the points.
     * @param batch  buffer for the points.
     * @param length minimum number of points.
     */
    public void fill(final PointStream stream, final PointBatch batch, final long length) {
        for (long i = 0; i < length; i += batch.length()) {
            stream.next(batch);
            offer(batch);
            apply();
        }
    }

    /**
     * Offers all points of a batch.
     *
     * @param batch that fits the ring.
     * @return the last ticket.
     */
    public long offer(final PointBatch batch) {
        for (int i = 0; i < batch.length(); i++) {
            lastTicket = require(offerOne(batch, i));
        }
        return lastTicket;
    }

    /**
     * Offers all points of a batch by the numbers of their series, which are their indexes in the workload. Points are
     * known at once.
     *
     * @param batch that fits the ring.
     * @return the last ticket.
     */
    public long offerByNumber(final PointBatch batch) {
        for (int i = 0; i < batch.length(); i++) {
            lastTicket = require(publisher.offer((long) batch.series[i], batch.timesNs[i], batch.scaled[i]));
        }
        return lastTicket;
    }

    /**
     * Offers one point.
     *
     * @param batch with the point.
     * @param index of the point.
     * @return a ticket above 0, or {@link Publisher#BACK_PRESSURED}.
     */
    public long offer(final PointBatch batch, final int index) {
        final long ticket = offerOne(batch, index);
        return ticket == Publisher.BACK_PRESSURED ? ticket : require(ticket);
    }

    /**
     * Applies one point at once. The engine must be stepped.
     *
     * @param batch that holds it.
     * @param index of the point.
     * @throws IllegalStateException if the engine refuses the point.
     */
    public void apply(final PointBatch batch, final int index) {
        requireTaken(applyOne(batch, index));
    }

    /**
     * Applies one point at once by the number of its series, which is its index in the workload. The point is known at
     * once. The engine must be stepped.
     *
     * @param batch that holds it.
     * @param index of the point.
     * @throws IllegalStateException if the engine refuses the point.
     */
    public void applyByNumber(final PointBatch batch, final int index) {
        requireTaken(publisher.apply((long) batch.series[index], batch.timesNs[index], batch.scaled[index]));
    }

    private static void requireTaken(final Outcome outcome) {
        if (outcome.type() == Outcome.Type.REFUSED) {
            throw new IllegalStateException("outcome=" + outcome + ", expected the engine to take every point");
        }
    }

    private Outcome applyOne(final PointBatch batch, final int index) {
        final Series of = series(batch.series[index]);
        final long time = batch.timesNs[index];
        final long value = batch.scaled[index];
        return knownAheadNs == 0
                ? publisher.apply(of, time, value)
                : publisher
                        .point(of)
                        .validAt(time)
                        .value(value)
                        .knownAt(time - knownAheadNs)
                        .apply();
    }

    private long offerOne(final PointBatch batch, final int index) {
        final Series of = series(batch.series[index]);
        final long time = batch.timesNs[index];
        final long value = batch.scaled[index];
        return knownAheadNs == 0
                ? publisher.offer(of, time, value)
                : publisher
                        .point(of)
                        .validAt(time)
                        .value(value)
                        .knownAt(time - knownAheadNs)
                        .offer();
    }

    private static long require(final long ticket) {
        if (ticket < 0) {
            throw new IllegalStateException("ticket=" + Publisher.describe(ticket) + ", expected one above 0");
        }
        return ticket;
    }

    /**
     * Applies all offered batches.
     *
     * @return the work count; 0 if the engine has its own thread.
     */
    public int apply() {
        if (!isStepped) {
            engine.awaitApplied(lastTicket);
            return 0;
        }
        int work = 0;
        int done;
        do {
            done = engine.step();
            work += done;
        } while (done > 0);
        return work;
    }

    /**
     * Returns the engine, to create readers and read its statistics.
     *
     * @return the open engine.
     */
    public TollgateEngine engine() {
        return engine;
    }

    /**
     * Returns a series by its index in the workload.
     *
     * @param index from 0.
     * @return its handle.
     */
    public Series series(final int index) {
        return flows.length > 0 ? flows[index] : steps[index];
    }

    /**
     * Returns the registered windows.
     *
     * @return the windows, ascending in length.
     */
    public List<Window> windows() {
        return List.of(windows);
    }

    /**
     * Returns a registered window by its index in the workload.
     *
     * @param index from 0, ascending in length.
     * @return the window.
     */
    public Window window(final int index) {
        return windows[index];
    }

    @Override
    public void close() {
        CloseHelper.closeAll(engine, directory);
    }
}
