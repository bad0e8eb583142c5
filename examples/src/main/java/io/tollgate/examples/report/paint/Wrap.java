package io.tollgate.examples.report.paint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Breaks text into lines. */
public final class Wrap {
    private Wrap() {}

    /**
     * Breaks text at spaces. A word is broken only if it is too wide for a line.
     *
     * @param limit width of a line; a single character may exceed it.
     * @param width of a text, in the unit of the limit.
     * @return one line or more.
     */
    public static List<String> lines(final String text, final double limit, final ToDoubleFunction<String> width) {
        final List<String> lines = new ArrayList<>();
        String line = "";
        for (final String word : text.strip().split("\\s+")) {
            final String longer = line.isEmpty() ? word : line + " " + word;
            if (width.applyAsDouble(longer) <= limit) {
                line = longer;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            line = word;
            while (width.applyAsDouble(line) > limit && line.codePointCount(0, line.length()) > 1) {
                final int end = fitting(line, limit, width);
                lines.add(line.substring(0, end));
                line = line.substring(end);
            }
        }
        lines.add(line);
        return lines;
    }

    private static int fitting(final String word, final double limit, final ToDoubleFunction<String> width) {
        int end = word.offsetByCodePoints(0, 1);
        while (end < word.length()) {
            final int next = word.offsetByCodePoints(end, 1);
            if (width.applyAsDouble(word.substring(0, next)) > limit) {
                break;
            }
            end = next;
        }
        return end;
    }
}
