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
 * What the events of a FLOW add up to over a window, exactly. One thread at a time; nothing may be trusted before
 * {@link LevelReader} has found the set unchanged.
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
     * Adds up a series.
     *
     * @param levels set that is read.
     * @param place  of the series in it.
     * @param window over which.
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

    /** {@return what the sum is worth} */
    public Status status() {
        return answer.status(Metric.SUM);
    }

    /** {@return the lowest word of the sum} */
    public long low() {
        return answer.summary().firstMomentLow();
    }

    /** {@return the highest word of the sum, with the sign} */
    public long high() {
        return answer.summary().firstMomentHigh();
    }
}
