package io.tollgate.examples.stat;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last values of a figure as a line of small bars, scaled to the largest one. Single-threaded. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private final int width;
    private final Deque<Double> values = new ArrayDeque<>();

    /**
     * @param width the number of values shown.
     */
    Sparkline(final int width) {
        this.width = width;
    }

    /** Adds a value, 0 or more. */
    void add(final double value) {
        if (values.size() == width) {
            values.removeFirst();
        }
        values.addLast(value);
    }

    /** Returns the bars, the newest value last. A value of 0 has the lowest bar. */
    @Override
    public String toString() {
        final double most =
                values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        final StringBuilder line = new StringBuilder();
        for (final double value : values) {
            final int highest = BARS.length() - 1;
            line.append(BARS.charAt(most == 0 ? 0 : (int) Math.ceil(value / most * highest)));
        }
        return line.toString();
    }
}
