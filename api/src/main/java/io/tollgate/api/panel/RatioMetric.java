package io.tollgate.api.panel;

/** A metric of a {@link FlowRatio}. */
public enum RatioMetric {
    /** The ratio of the sums as a fraction, {@link RatioReading#value()}. */
    RATIO("ratio"),
    /** The ratio in per cent, {@link RatioReading#percent()}: the collected rate for duties over imports. */
    PERCENT("percent"),
    /** The ratio less 1, {@link RatioReading#growth()}: the growth of a flow over itself at an earlier instant. */
    GROWTH("growth");

    private final String text;

    RatioMetric(final String text) {
        this.text = text;
    }

    /** {@return the name used in files, for example {@code percent}} */
    public String text() {
        return text;
    }
}
