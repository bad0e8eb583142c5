package io.tollgate.api.panel;

/** What can be asked of all series and events of an {@link EventStudy} together: of the pairs that have a CAR. */
public enum StudyMetric {
    /** The mean of the cumulative abnormal returns. EMPTY if there is none. */
    MEAN_CAR,
    /** The mean over its standard error across the pairs, {@code mean / (sd / sqrt N)}. INSUFFICIENT below 2 pairs. */
    T_CROSS,
    /**
     * The rank test of Corrado (1989), with the ranks of Corrado and Zivney (1992): of each pair the rank k of an
     * abnormal return among the T of both windows, ties sharing theirs, becomes {@code u = k / (T + 1) - 1/2}. With U
     * the sum of u over the pairs of a day, over the root of their number, the statistic is the sum of U over the event
     * window, over {@code sqrt L} times the root of the mean of U^2 over all days of both windows. UNDEFINED if that is
     * 0.
     */
    RANK
}
