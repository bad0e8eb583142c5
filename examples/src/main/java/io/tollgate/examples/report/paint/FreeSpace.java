package io.tollgate.examples.report.paint;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** The occupied places of a chart, so that labels overlap neither each other nor the lines. Single-threaded. */
final class FreeSpace {
    private static final double PADDING = 2;

    private final Rectangle2D bounds;
    private final List<Rectangle2D> taken = new ArrayList<>();
    private final List<Rectangle2D> avoided = new ArrayList<>();

    FreeSpace(final double left, final double top, final double right, final double bottom) {
        bounds = new Rectangle2D.Double(left, top, right - left, bottom - top);
    }

    void take(final Rectangle2D box) {
        taken.add(box);
    }

    /** Marks a place that a label should avoid if possible. */
    void avoid(final Rectangle2D box) {
        avoided.add(box);
    }

    /**
     * Claims the box if it is within the bounds and overlaps no other.
     *
     * @param strict true if it must also be free of places to avoid.
     * @return true if the box was claimed.
     */
    boolean claim(final Rectangle2D box, final boolean strict) {
        final boolean free = bounds.contains(box)
                && taken.stream().noneMatch(box::intersects)
                && !(strict && avoided.stream().anyMatch(box::intersects));
        if (free) {
            taken.add(box);
        }
        return free;
    }

    /** Returns the box of a text with a margin. */
    static Rectangle2D box(
            final String text,
            final double x,
            final double baseline,
            final Canvas.Anchor anchor,
            final Canvas.TextStyle style) {
        final double width = Glyphs.instance().width(text, style.size());
        final double start = switch (anchor) {
            case START -> x;
            case MIDDLE -> x - width / 2;
            case END -> x - width;
        };
        final double ascent = 0.74 * style.size();
        return new Rectangle2D.Double(
                start - PADDING, baseline - ascent - PADDING, width + 2 * PADDING, ascent + 2 * PADDING);
    }
}
