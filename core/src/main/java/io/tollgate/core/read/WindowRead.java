package io.tollgate.core.read;

import io.tollgate.api.Window;
import io.tollgate.core.metric.WindowAnswer;
import io.tollgate.core.store.ReadableBlocks;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.window.SeriesRuns;
import io.tollgate.core.window.WindowBounds;
import io.tollgate.core.window.WindowResolver;

/** Reads one window of one series as it is looked at. One thread; what it reads may be torn if another one writes. */
final class WindowRead {
    private final WindowBounds bounds = new WindowBounds();
    private final WindowResolver resolver;
    private final RunReader runReader;
    private final SeriesRuns runs;

    WindowRead(final ReadableBlocks blocks) {
        resolver = new WindowResolver(blocks);
        runReader = new RunReader(blocks);
        runs = new SeriesRuns(blocks);
    }

    /** Fills the answer; false if the series is torn. */
    boolean read(final SeriesRecord series, final Window window, final long atNs, final WindowAnswer answer) {
        return resolver.resolve(series, window, atNs, bounds)
                && runReader.read(series, window, bounds, answer.isShape())
                && fill(series, window, answer);
    }

    /** The lowest word of the sum of the events of the window read last. */
    long sumLow() {
        return runReader.summary().firstMomentLow();
    }

    /** The highest word of that sum. */
    long sumHigh() {
        return runReader.summary().firstMomentHigh();
    }

    private boolean fill(final SeriesRecord series, final Window window, final WindowAnswer answer) {
        if (series.isStep()) {
            answer.step(runReader.summary(), series.scale(), bounds);
        } else {
            answer.flow(runReader.summary(), series.scale(), series.aliveFrom(), series.lifeEnd(), bounds);
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
