package io.tollgate.examples.report.paint;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Which places of a chart are taken, so that labels keep off each other and off the lines. One thread only. */
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

    /** Names a place that a label should keep off if it can. */
    void avoid(final Rectangle2D box) {
        avoided.add(box);
    }

    /**
     * Takes the box if it lies within the bounds and meets no other.
     *
     * @param strict whether it must keep off what is only to be avoided, too.
     * @return whether the box was taken.
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

    /** The box of a text with some room around it. */
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
