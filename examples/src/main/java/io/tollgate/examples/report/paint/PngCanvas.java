package io.tollgate.examples.report.paint;

import io.tollgate.examples.file.NamedOutput;
import io.tollgate.examples.report.model.Ink;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A canvas of pixels, {@value #SCALE} by {@value #SCALE} for each pixel of the chart, on a light background.
 * Single-threaded.
 */
public final class PngCanvas implements Canvas {
    /** Image pixels for one pixel of the chart, in each direction. */
    static final int SCALE = 2;

    private static final float HALO_WIDTH = 3;

    static {
        // Set before AWT loads. A display is not needed, and AWT must not connect to a missing one named by DISPLAY.
        System.setProperty("java.awt.headless", "true");
    }

    private final BufferedImage image;
    private final Graphics2D graphics;

    public PngCanvas(final double width, final double height) {
        image = new BufferedImage(
                (int) Math.ceil(width * SCALE), (int) Math.ceil(height * SCALE), BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(SCALE, SCALE);
        rectangle(0, 0, width + 1, height + 1, Ink.PAPER);
    }

    @Override
    public void rectangle(final double x, final double y, final double width, final double height, final Ink ink) {
        graphics.setColor(new Color(ink.rgb()));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void line(final double[] xy, final double width, final boolean dashed, final Ink ink) {
        final Path2D.Double path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        final float[] dash = dashed ? new float[] {6, 4} : null;
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dash, 0));
        graphics.setColor(new Color(ink.rgb()));
        graphics.draw(path);
    }

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
        final Shape outline = Glyphs.instance().outline(text, start, y, style.size());
        if (style.halo()) {
            drawOutline(outline, HALO_WIDTH, Ink.PAPER);
        }
        if (style.strong()) {
            drawOutline(outline, (float) style.size() / 30, ink);
        }
        graphics.setColor(new Color(ink.rgb()));
        graphics.fill(outline);
    }

    @Override
    public void hint(final double x, final double y, final double width, final double height, final String text) {
        // An image has no tooltips.
    }

    public void write(final Path file) throws IOException {
        graphics.dispose();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException(
                        "file=" + file + ": this JDK has no PNG writer, expected one in the module java.desktop");
            }
        }
        NamedOutput.write(file, bytes.toByteArray());
    }

    private void drawOutline(final Shape outline, final float width, final Ink ink) {
        graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.setColor(new Color(ink.rgb()));
        graphics.draw(outline);
    }
}
