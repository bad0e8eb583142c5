package io.tollgate.core.read;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.metric.BasicMetrics;
import io.tollgate.core.metric.WindowValues;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;

/**
 * The exact sum of the events of a FLOW over a window. Used by one thread at a time. No result is valid until {@link
 * LevelReader} has found the set unchanged.
 */
public final class FlowTotal {
    private final SeriesRecord record = new SeriesRecord();
    private final WindowRead read;
    private final AsOfView view;
    private final WindowValues answer = new WindowValues(new BasicMetrics(), ReadOptions.DEFAULT, Metric.SUM);

    FlowTotal(final ReadableStore store) {
        read = new WindowRead(store.blocks());
        view = new AsOfView(store.blocks());
    }

    /**
     * Sums the events of a series.
     *
     * @param levels the set that is read.
     * @param place  the index of the series in the set.
     * @param window the window to sum over.
     * @param atNs   the instant t.
     * @return false if the series is torn.
     */
    public boolean open(final LevelSet levels, final int place, final Window window, final long atNs) {
        record.wrap(levels.address(place));
        if (!view.open(record, levels.knownAtNs())) {
            return false;
        }
        if (view.isForgotten()) {
            levels.forgotten();
            answer.none(Status.FORGOTTEN, atNs);
            return true;
        }
        return read.read(record, window, atNs, answer);
    }

    /** {@return the status of the sum} */
    public Status status() {
        return answer.status(Metric.SUM);
    }

    /** {@return the lowest word of the sum} */
    public long low() {
        return answer.summary().firstMomentLow();
    }

    /** {@return the highest word of the sum, which carries the sign} */
    public long high() {
        return answer.summary().firstMomentHigh();
    }
}
