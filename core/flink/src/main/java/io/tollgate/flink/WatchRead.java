package io.tollgate.flink;

import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import java.io.Serializable;

/**
 * A watch in the form in which the graph of a job has it.
 *
 * @param name   the name in events and in the state.
 * @param windowTerms the window of the watched metric.
 * @param metricText  the text of the watched metric.
 * @param side   the side of the threshold on which the watch fires.
 * @param fire   the threshold.
 * @param clear  the threshold at which the watch clears.
 * @param forNs  the time in ns for which the metric must be beyond the threshold.
 */
record WatchRead(
        String name, WindowTerms windowTerms, String metricText, Watch.Side side, double fire, double clear, long forNs)
        implements Serializable {
    private static final int MAX_NAME_LENGTH = 64;

    static WatchRead of(final String name, final Watch watch) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !name.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "watch=" + name + ", expected 1 to " + MAX_NAME_LENGTH + " printable ASCII characters");
        }
        if (!(watch.metric() instanceof final WatchedMetric.OfWindow watched)) {
            throw new IllegalArgumentException("watch=" + name + " metric=" + watch.metric()
                    + ", expected WatchedMetric.of(window, metric); for a level use Window.last(1) and Metric.LAST");
        }
        return new WatchRead(
                name,
                WindowTerms.of(watched.window()),
                watched.metric().text(),
                watch.side(),
                watch.fire(),
                watch.clear(),
                watch.forNs());
    }

    Window window() {
        return windowTerms.window();
    }

    Metric metric() {
        return Metric.parse(metricText);
    }

    Watch watch() {
        return new Watch(WatchedMetric.of(window(), metric()), side, fire, clear, forNs);
    }
}
