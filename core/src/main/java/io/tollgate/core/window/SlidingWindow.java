package io.tollgate.core.window;

/** The bounds of a window that slides with time, {@code (t - length, t]}. */
public final class SlidingWindow {
    private SlidingWindow() {}

    /**
     * Returns the start of the window; the start itself lies outside.
     *
     * @param atNs     end of the window.
     * @param lengthNs its length, above 0.
     * @return {@code atNs - lengthNs}, not below {@code Long.MIN_VALUE}.
     */
    public static long startNs(final long atNs, final long lengthNs) {
        final long start = atNs - lengthNs;
        return start > atNs ? Long.MIN_VALUE : start;
    }
}
