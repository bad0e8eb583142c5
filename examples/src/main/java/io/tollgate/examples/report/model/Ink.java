package io.tollgate.examples.report.model;

import java.util.Locale;

/**
 * The colours by their role, for a light and a dark background. Text and the eight colours of lines and bars have a
 * contrast of at least 4.5 to the background. Adjacent colours of lines and bars also differ in lightness.
 */
public enum Ink {
    PAPER("#ffffff", "#15191e"),
    TEXT("#1a2028", "#e4e8ec"),
    MUTED("#57616c", "#9ca7b3"),
    AXIS("#8b949e", "#6a7581"),
    GRID("#e4e7eb", "#2a3037"),
    BAND("#f6eed8", "#332d1c"),
    S0("#0b5394", "#74b6f5"),
    S1("#c4480f", "#ff9d63"),
    S2("#0b7a5b", "#55d3a8"),
    S3("#7a4aa8", "#c6a5f0"),
    S4("#806000", "#e6c75a"),
    S5("#ad2f6c", "#f58fbb"),
    S6("#454f5a", "#c2cbd4"),
    S7("#0b7285", "#62cfe4");

    private static final int SERIES_COUNT = 8;

    private final String light;
    private final String dark;

    Ink(final String light, final String dark) {
        this.light = light;
        this.dark = dark;
    }

    public static Ink series(final int colour) {
        if (colour < 0 || colour >= SERIES_COUNT) {
            throw new IllegalArgumentException("colour=" + colour + ", expected 0 to " + (SERIES_COUNT - 1));
        }
        return values()[S0.ordinal() + colour];
    }

    public String light() {
        return light;
    }

    public String dark() {
        return dark;
    }

    public int rgb() {
        return Integer.parseInt(light.substring(1), 16);
    }

    /**
     * Returns the name in style sheets: the variable {@code --name}, the classes {@code fill-name} and {@code
     * stroke-name}.
     */
    public String cssName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
