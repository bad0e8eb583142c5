package io.tollgate.api.read;

import java.util.Objects;

/**
 * What a CUSUM chart says that starts with S = 0 at the start of the window. Its observations are the known points
 * inside the window, in the order of time, events of an instant in that of their references: a carried-in level is
 * none. EMPTY without a point inside, INSUFFICIENT without a known one. Worked out from the points of
 * the window.
 *
 * @param chart  and its parameters.
 * @param answer what is asked of it.
 */
public record Cusum(CusumChart chart, Answer answer) implements Metric {
    /** What can be asked of a chart. */
    public enum Answer {
        /** S after the last observation, also where that is an alarm; in standard deviations, correctly rounded. */
        SUM("cusum"),
        /** The number of alarms inside the window. */
        ALARMS("cusum-alarms"),
        /** The time from the last alarm inside the window to t, in days of 24 h; INSUFFICIENT where there is none. */
        SINCE_ALARM("since-cusum-alarm");

        private final String text;

        Answer(final String text) {
            this.text = text;
        }
    }

    /**
     * Checks that both are there.
     *
     * @param chart  and its parameters.
     * @param answer what is asked of it.
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
