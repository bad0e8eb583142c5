package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.Ink;
import io.tollgate.examples.report.paint.Canvas.Anchor;
import io.tollgate.examples.report.paint.Canvas.TextStyle;
import io.tollgate.examples.report.paint.StepChartPainter.Level;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes levels next to their lines if there is space, first the greatest of a line, then those that hold longest. A
 * first level of 0 is left out. Consecutive levels with the same text are written once. For a line with many levels
 * only the greatest and the last are written; the axis shows the others. Single-threaded.
 */
final class LevelLabels {
    private static final int MANY = 16;
    private static final double[] SHARES = {0.5, 0.25, 0.75};

    private final Canvas canvas;
    private final TimeAxis axis;
    private final int decimals;
    private final ChartFrame frame;
    private final FreeSpace space;

    /** A possible place of a label. */
    private record Place(double x, double baseline, Anchor anchor) {}

    LevelLabels(
            final Canvas canvas,
            final TimeAxis axis,
            final int decimals,
            final ChartFrame frame,
            final double left,
            final double right) {
        this.canvas = canvas;
        this.axis = axis;
        this.decimals = decimals;
        this.frame = frame;
        space = new FreeSpace(left, frame.top() - 4, right, frame.bottom());
    }

    /** Marks a place that labels avoid if possible. */
    void avoid(final Rectangle2D box) {
        space.avoid(box);
    }

    /** Keeps labels away from a line. */
    void keepOff(final List<Level> line) {
        for (int i = 0; i < line.size(); i++) {
            final double x = axis.x(line.get(i).fromNs());
            final double y = frame.y(line.get(i).value());
            space.take(new Rectangle2D.Double(x, y - 1.5, axis.x(line.get(i).toNs()) - x, 3));
            if (i > 0) {
                final double before = frame.y(line.get(i - 1).value());
                space.take(new Rectangle2D.Double(x - 1, Math.min(y, before), 2, Math.abs(y - before)));
            }
        }
    }

    /** Writes the levels of a line. All lines must have been passed to keepOff() before. */
    void write(final List<Level> line) {
        final List<Level> told = told(line);
        final double greatest = told.stream().mapToDouble(Level::value).max().orElse(0);
        told.stream()
                .filter(level -> level.value() != 0 || level != told.get(0))
                .filter(level -> told.size() <= MANY || level.value() == greatest || level == told.get(told.size() - 1))
                .sorted(Comparator.<Level>comparingInt(level -> level.value() == greatest ? 0 : 1)
                        .thenComparingLong(level -> level.fromNs() - level.toNs()))
                .forEach(this::write);
    }

    /** Returns the levels, with consecutive levels of the same text merged. */
    private List<Level> told(final List<Level> line) {
        final List<Level> told = new ArrayList<>();
        for (final Level level : line) {
            final int last = told.size() - 1;
            final boolean isSame = last >= 0
                    && told.get(last).toNs() == level.fromNs()
                    && text(told.get(last)).equals(text(level));
            if (isSame) {
                final Level before = told.get(last);
                told.set(last, new Level(before.line(), before.fromNs(), level.toNs(), before.value()));
            } else {
                told.add(level);
            }
        }
        return told;
    }

    private String text(final Level level) {
        return Numbers.grouped(Numbers.rounded(level.value(), decimals));
    }

    private void write(final Level level) {
        final String text = text(level);
        for (final boolean strict : new boolean[] {true, false}) {
            for (final Place place : places(level)) {
                final Rectangle2D box =
                        FreeSpace.box(text, place.x(), place.baseline(), place.anchor(), TextStyle.VALUE);
                if (space.claim(box, strict)) {
                    final Ink ink = Ink.series(level.line().colour());
                    canvas.text(text, place.x(), place.baseline(), place.anchor(), TextStyle.VALUE, ink);
                    return;
                }
            }
        }
    }

    private List<Place> places(final Level level) {
        final double from = axis.x(level.fromNs());
        final double to = axis.x(level.toNs());
        final double y = frame.y(level.value());
        final List<Place> places = new ArrayList<>();
        for (final double belowLine : new double[] {-6, 15}) {
            for (final double share : SHARES) {
                places.add(new Place(from + share * (to - from), y + belowLine, Anchor.MIDDLE));
            }
        }
        places.add(new Place(from - 5, y + 4, Anchor.END));
        places.add(new Place(to + 5, y + 4, Anchor.START));
        return places;
    }
}
