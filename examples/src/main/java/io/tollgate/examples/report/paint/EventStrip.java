package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.Ink;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The names of bands and markers above a plot, drawn like flags on poles, in enough rows that they do not overlap.
 * Immutable.
 */
final class EventStrip {
    static final double ROW_HEIGHT = 16;
    private static final double GAP = 5;
    private static final double CAP = 12;

    private final List<Flag> flags = new ArrayList<>();

    /** A named event and the x coordinate of its pole. */
    record Event(double x, String label) {}

    /** A placed name. Rows count from 0, the row next to the plot. */
    private record Flag(double x, String label, int row, double start, double end) {}

    /**
     * Places the names of the events. A name extends beyond {@code right} only if it does not fit on the other side of
     * its pole.
     */
    EventStrip(final List<Event> events, final double left, final double right) {
        events.stream().sorted(Comparator.comparingDouble(Event::x).reversed()).forEach(event -> {
            final double width = Glyphs.instance().width(event.label(), Canvas.TextStyle.EVENT.size());
            final boolean leftOfPole = event.x() + GAP + width > right && event.x() - GAP - width >= left;
            final double start = leftOfPole ? event.x() - GAP - width : event.x() + GAP;
            int row = 0;
            while (row < flags.size() && isCrossed(event.x(), start, start + width, row)) {
                row++;
            }
            flags.add(new Flag(event.x(), event.label(), row, start, start + width));
        });
    }

    int rows() {
        return flags.stream().mapToInt(Flag::row).max().orElse(-1) + 1;
    }

    /** Returns the poles from their tips to the bottom of a plot that spans {@code top} to {@code bottom}. */
    List<Rectangle2D> poles(final double top, final double bottom) {
        return flags.stream()
                .map(flag -> {
                    final double tip = top - flag.row() * ROW_HEIGHT - CAP;
                    return (Rectangle2D) new Rectangle2D.Double(flag.x() - 0.5, tip, 1, bottom - tip);
                })
                .toList();
    }

    void drawPoles(final Canvas canvas, final double top, final double bottom) {
        for (final Rectangle2D pole : poles(top, bottom)) {
            canvas.rectangle(pole.getX(), pole.getY(), pole.getWidth(), pole.getHeight(), Ink.AXIS);
        }
    }

    void drawLabels(final Canvas canvas, final double top) {
        for (final Flag flag : flags) {
            final double baseline = top - flag.row() * ROW_HEIGHT - 4;
            canvas.text(flag.label(), flag.start(), baseline, Canvas.Anchor.START, Canvas.TextStyle.EVENT, Ink.TEXT);
        }
    }

    private boolean isCrossed(final double x, final double start, final double end, final int row) {
        for (final Flag other : flags) {
            final boolean boxesMeet = other.row() == row && start < other.end() + GAP && other.start() < end + GAP;
            final boolean itsPoleMeets = row <= other.row() && start < other.x() && other.x() < end;
            final boolean ownPoleMeets = other.row() <= row && other.start() < x && x < other.end();
            if (boxesMeet || itsPoleMeets || ownPoleMeets) {
                return true;
            }
        }
        return false;
    }
}
