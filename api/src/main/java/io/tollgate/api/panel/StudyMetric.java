package io.tollgate.api.panel;

/** A metric of all pairs of an event and a subject of an {@link EventStudy} that have a CAR. */
public enum StudyMetric {
    /** The mean of the cumulative abnormal returns. EMPTY if there is none. */
    MEAN_CAR,
    /**
     * The mean divided by its standard error across the N pairs, {@code mean / (sd / sqrt N)}. INSUFFICIENT for fewer
     * than 2 pairs.
     */
    T_CROSS,
    /**
     * The rank test of Corrado (1989) with the ranks of Corrado and Zivney (1992). An abnormal return with rank k among
     * the T returns of both windows of its pair becomes {@code u = k / (T + 1) - 1/2}; ties share their rank. U of a
     * day is the sum of u over the pairs of the day, divided by the root of their number. The statistic is the sum of U
     * over the event window, divided by {@code sqrt L} times the root of the mean of U^2 over all days of both windows.
     * UNDEFINED if the divisor is 0.
     */
    RANK
}
