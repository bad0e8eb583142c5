package io.tollgate.core.read;

import static io.tollgate.core.store.BlockDescriptor.NO_BLOCK;

import io.tollgate.api.Closed;
import io.tollgate.api.Window;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.PointCursor;
import io.tollgate.core.store.ReadableBlocks;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.window.RunSearch;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowRun;
import io.tollgate.core.window.WindowStateBlock;

/**
 * Sums up the run of a window at any instant: from the state of the window where it is registered and its frontier is
 * not far behind, else from the tree, as always where points stand for periods; both give the same bits. One thread;
 * what it reads must be validated afterwards.
 */
final class RunReader {
    private final WindowStateBlock states;
    private final WindowRun run;
    private final PointCursor cursor;
    private final RunSearch search;
    private final RunSummary searched = new RunSummary();
    private RunSummary summary = searched;

    RunReader(final ReadableBlocks blocks) {
        states = new WindowStateBlock(blocks);
        run = new WindowRun(blocks, states);
        cursor = new PointCursor(blocks);
        search = new RunSearch(blocks);
    }

    /** {@return the summary of the run read last} */
    RunSummary summary() {
        return summary;
    }

    /** Reads the run of a window; false if the series is torn by a concurrent change. */
    boolean read(final SeriesRecord series, final Window window, final WindowBounds bounds, final boolean isShape) {
        if (!isShape
                && !series.isPast()
                && !bounds.hasPeriods()
                && window instanceof Window.Sliding sliding
                && sliding.closed() == Closed.RIGHT
                && readState(series, sliding.lengthNs(), bounds.endNs())) {
            summary = run.summary();
            return true;
        }
        summary = searched;
        return search.summarise(series, bounds, isShape, searched);
    }

    /** Finds where a window of the last points begins; false if the series is torn by a concurrent change. */
    boolean findLast(final SeriesRecord series, final long atNs, final long pointCount, final WindowBounds bounds) {
        return search.findLast(series, atNs, pointCount, bounds);
    }

    private boolean readState(final SeriesRecord series, final long lengthNs, final long atNs) {
        final long stateBlock = series.stateBlock();
        if (stateBlock == NO_BLOCK || !states.wrap(stateBlock)) {
            return false;
        }
        final long frontierBlock = states.frontierBlock();
        final long frontierTime = states.frontierTime();
        if (frontierBlock == NO_BLOCK || atNs < frontierTime) {
            return false;
        }
        final int window = states.find(lengthNs);
        if (window < 0) {
            return false;
        }
        run.load(window, series.isStep());
        return !run.isFarBehind(atNs)
                && (series.lastTime() <= frontierTime || appendBehindFrontier(frontierBlock, atNs))
                && run.evict(atNs);
    }

    /** Appends the points that wait for their group or were pending, and are in effect at the instant. */
    private boolean appendBehindFrontier(final long frontierBlock, final long atNs) {
        if (!cursor.place(frontierBlock, states.frontierIndex())) {
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
}
