package io.tollgate.api.panel;

/** What can be asked of a {@link FlowRatio}. */
public enum RatioMetric {
    /** {@link RatioReading#value()}: the ratio of the sums, a fraction. */
    RATIO("ratio"),
    /** {@link RatioReading#percent()}: the ratio in per cent, the collected rate of duties over imports. */
    PERCENT("percent"),
    /** {@link RatioReading#growth()}: the ratio less 1, front-loading of a flow over itself some time before. */
    GROWTH("growth");

    private final String text;

    RatioMetric(final String text) {
        this.text = text;
    }

    /**
     * The name used in files.
     *
     * @return for example {@code percent}.
     */
    public String text() {
        return text;
    }
}
