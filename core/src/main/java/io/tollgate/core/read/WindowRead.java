package io.tollgate.core.read;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Window;
import io.tollgate.core.metric.WindowValues;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointCursor;
import io.tollgate.core.window.RunSearch;
import io.tollgate.core.window.SeriesRuns;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowResolver;
import io.tollgate.core.window.WindowRun;
import io.tollgate.core.window.WindowStateBlock;

/**
 * Reads one window of one series as currently opened. The run is summed from the registered state of the window if the
 * frontier is near. Otherwise it is summed from the tree, or from the points if they fit one block. Points that stand
 * for periods are never summed from a state. All ways return the same bits. Used by one thread at a time. The result
 * may be torn if another thread writes.
 */
final class WindowRead {
    private final WindowBounds bounds = new WindowBounds();
    private final WindowResolver resolver;
    private final SeriesRuns runs;
    private final WindowStateBlock states;
    private final WindowRun run;
    private final PointCursor cursor;
    private final RunSearch search;
    private final PointBlock onlyBlock;
    private boolean hasStates;

    /** The state of the next window, if windows are read in the order of their registration. */
    private int likelyState;

    private boolean hasOnlyBlock;

    WindowRead(final ReadableBlocks blocks) {
        resolver = new WindowResolver(blocks);
        runs = new SeriesRuns(blocks);
        states = new WindowStateBlock(blocks);
        run = new WindowRun(blocks, states);
        cursor = new PointCursor(blocks);
        search = new RunSearch(blocks);
        onlyBlock = new PointBlock(blocks);
    }

    /** Fills the answer of one window. Returns false if the series is torn. */
    boolean read(final SeriesRecord series, final Window window, final long atNs, final WindowValues answer) {
        begin(series);
        return readNext(series, window, atNs, answer);
    }

    /** Begins to read windows of a series: {@link #readNext} follows, in the same attempt. */
    void begin(final SeriesRecord series) {
        likelyState = 0;
        final long stateBlock = series.stateBlock();
        hasStates = !series.isPast()
                && stateBlock != NO_BLOCK
                && states.wrap(stateBlock)
                && states.frontierBlock() != NO_BLOCK;
        hasOnlyBlock = !series.isPast()
                && series.treeHeight() == 0
                && series.pointCount() > 0
                && onlyBlock.wrap(series.rootBlock());
    }

    /** Fills the answer of the next window. Returns false if the series is torn. */
    boolean readNext(final SeriesRecord series, final Window window, final long atNs, final WindowValues answer) {
        return resolver.resolve(series, window, atNs, bounds)
                && summarise(series, window, answer.isShape(), answer.summary())
                && fill(series, window, answer);
    }

    private boolean summarise(
            final SeriesRecord series, final Window window, final boolean isShape, final RunSummary summary) {
        if (hasStates
                && !isShape
                && !bounds.hasPeriods()
                && window instanceof Window.Sliding sliding
                && sliding.closed() == Closed.RIGHT
                && readState(series, sliding.lengthNs(), summary)) {
            return true;
        }
        if (hasOnlyBlock && bounds.startNs() <= bounds.endNs()) {
            scan(series.isStep(), isShape, summary);
            return true;
        }
        return search.summarise(series, bounds, isShape, summary);
    }

    /** Sums the run in the only block of the series: a search for its first point would take longer. */
    private void scan(final boolean isStep, final boolean isShape, final RunSummary summary) {
        int last = onlyBlock.count() - 1;
        while (last >= 0 && onlyBlock.time(last) > bounds.highestNs()) {
            last--;
        }
        final long firstNs = isStep ? bounds.startNs() + 1 : bounds.lowestNs();
        int first = last + 1;
        while (first > 0 && onlyBlock.time(first - 1) >= firstNs) {
            first--;
        }
        if (isStep && first > 0) {
            first--;
        }
        summary.clear(isStep, isShape);
        onlyBlock.append(summary, first, last - first + 1);
    }

    private boolean readState(final SeriesRecord series, final long lengthNs, final RunSummary summary) {
        final long atNs = bounds.endNs();
        final long frontierTime = states.frontierTime();
        if (atNs < frontierTime) {
            return false;
        }
        final int window = states.find(lengthNs, likelyState);
        if (window < 0) {
            return false;
        }
        likelyState = window + 1;
        final boolean isComplete = series.lastTime() <= frontierTime;
        if (isComplete && states.evictTime(window) > bounds.startNs()) {
            states.loadSummary(window, series.isStep(), summary);
            return true;
        }
        run.load(window, series.isStep(), summary);
        return !run.isFarBehind(atNs) && (isComplete || appendAfterFrontier(atNs)) && run.evict(atNs);
    }

    /** Appends the points after the frontier that have come into effect since the last change of the series. */
    private boolean appendAfterFrontier(final long atNs) {
        if (!cursor.place(states.frontierBlock(), states.frontierIndex())) {
            return false;
        }
        for (int steps = 0; cursor.advance() && cursor.time() <= atNs; steps++) {
            if (steps == WindowRun.MAX_STEPS) {
                return false;
            }
            run.append(cursor.time(), cursor.value());
        }
        return true;
    }

    private boolean fill(final SeriesRecord series, final Window window, final WindowValues answer) {
        if (series.isStep()) {
            answer.step(series.scale(), bounds);
        } else {
            answer.flow(series.scale(), series.aliveFrom(), series.lifeEnd(), bounds);
        }
        if (answer.needsUnit()) {
            answer.wholeInUnit(series.wholeInUnit());
        }
        if (answer.hasPointMetrics()) {
            runs.begin(series, window, bounds);
            if (!answer.evaluate(runs)) {
                return false;
            }
        }
        return !answer.isProRata() || !bounds.hasPeriods() || answer.addCut(resolver.periods());
    }
}
