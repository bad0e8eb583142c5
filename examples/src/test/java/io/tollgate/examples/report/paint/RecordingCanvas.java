package io.tollgate.examples.report.paint;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tollgate.examples.report.model.Ink;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Records the positions of texts. */
final class RecordingCanvas implements Canvas {
    private final List<String> texts = new ArrayList<>();
    private final List<Rectangle2D> boxes = new ArrayList<>();

    @Override
    public void rectangle(final double x, final double y, final double width, final double height, final Ink ink) {}

    @Override
    public void line(final double[] xy, final double width, final boolean dashed, final Ink ink) {}

    @Override
    public void text(
            final String text,
            final double x,
            final double y,
            final Anchor anchor,
            final TextStyle style,
            final Ink ink) {
        final double width = Glyphs.instance().width(text, style.size());
        final double start = switch (anchor) {
            case START -> x;
            case MIDDLE -> x - width / 2;
            case END -> x - width;
        };
        if (!text.isEmpty()) {
            texts.add(text);
            boxes.add(new Rectangle2D.Double(start, y - 0.7 * style.size(), width, 0.7 * style.size()));
        }
    }

    @Override
    public void hint(final double x, final double y, final double width, final double height, final String text) {}

    List<String> texts() {
        return texts;
    }

    void assertNoTextMeetsAnother(final String message) {
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                final boolean meets = boxes.get(i).intersects(boxes.get(j));
                assertFalse(meets, message + ": " + texts.get(i) + boxes.get(i) + ", " + texts.get(j) + boxes.get(j));
            }
        }
    }
}
