package io.tollgate.api.read;

import java.util.Objects;

/**
 * An answer of a CUSUM chart (Page 1954) that starts with S = 0 at the start of the window. The observations are the
 * known points inside the window in time order; events at one instant are in the order of their references. A
 * carried-in level is not an observation. EMPTY without a point inside, INSUFFICIENT without a known one. A read visits
 * every point of the window.
 *
 * @param chart  chart and its parameters.
 * @param answer requested answer.
 */
public record Cusum(CusumChart chart, Answer answer) implements Metric {
    /** Answers of a chart. */
    public enum Answer {
        /** S after the last observation, even if that is an alarm; in standard deviations. Correctly rounded. */
        SUM("cusum"),
        /** Number of alarms inside the window. */
        ALARMS("cusum-alarms"),
        /** Time from the last alarm inside the window to t, in days of 24 h. INSUFFICIENT without an alarm. */
        SINCE_ALARM("since-cusum-alarm");

        private final String text;

        Answer(final String text) {
            this.text = text;
        }
    }

    /**
     * Creates the metric; no argument may be null.
     *
     * @param chart  chart and its parameters.
     * @param answer requested answer.
     */
    public Cusum {
        Objects.requireNonNull(chart, "chart");
        Objects.requireNonNull(answer, "answer");
    }

    @Override
    public String text() {
        return answer.text + ":" + chart.text();
    }
}
