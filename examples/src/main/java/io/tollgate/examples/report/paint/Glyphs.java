package io.tollgate.examples.report.paint;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The outlines and widths of one typeface, read from a resource. Immutable.
 *
 * <p>AWT fonts are not used. On a machine without fontconfig every AWT call with a font throws, even for a font that
 * the program provides. Shapes can always be filled, and they give the same pixels on every machine.
 */
final class Glyphs {
    private static final Pattern STEP = Pattern.compile("([MLQZ])([-0-9 ]*)");
    private static final double UNITS_PER_EM = 2048;
    private static final int MISSING = '?';
    private static final Glyphs INSTANCE = load();

    private final Map<Integer, Glyph> glyphs = new HashMap<>();

    private record Glyph(double advance, Path2D outline) {}

    private Glyphs() {}

    static Glyphs instance() {
        return INSTANCE;
    }

    /** Returns the width of a text in pixels. */
    double width(final String text, final double size) {
        return text.codePoints()
                        .mapToDouble(codePoint -> glyph(codePoint).advance())
                        .sum()
                * size
                / UNITS_PER_EM;
    }

    /**
     * Returns the outline of a text with its baseline starting at (x, y). Characters that the typeface lacks are shown
     * as ?.
     */
    Shape outline(final String text, final double x, final double y, final double size) {
        final Path2D.Double path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double advance = 0;
        for (final int codePoint : text.codePoints().toArray()) {
            final Glyph glyph = glyph(codePoint);
            path.append(glyph.outline().getPathIterator(AffineTransform.getTranslateInstance(advance, 0)), false);
            advance += glyph.advance();
        }
        final AffineTransform toPixels = AffineTransform.getTranslateInstance(x, y);
        toPixels.scale(size / UNITS_PER_EM, size / UNITS_PER_EM);
        path.transform(toPixels);
        return path;
    }

    private Glyph glyph(final int codePoint) {
        final Glyph glyph = glyphs.get(codePoint);
        return glyph == null ? glyphs.get(MISSING) : glyph;
    }

    private static Path2D outline(final String steps) {
        final Path2D.Double path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        final Matcher step = STEP.matcher(steps);
        while (step.find()) {
            final double[] xy = Arrays.stream(step.group(2).split(" "))
                    .filter(number -> !number.isEmpty())
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            switch (step.group(1)) {
                case "M" -> path.moveTo(xy[0], xy[1]);
                case "L" -> path.lineTo(xy[0], xy[1]);
                case "Q" -> path.quadTo(xy[0], xy[1], xy[2], xy[3]);
                default -> path.closePath();
            }
        }
        return path;
    }

    private static Glyphs load() {
        final Glyphs loaded = new Glyphs();
        try (InputStream in = Glyphs.class.getResourceAsStream("roboto-outlines.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                final String[] fields = line.split(" ", 3);
                final Glyph glyph =
                        new Glyph(Double.parseDouble(fields[1]), outline(fields.length > 2 ? fields[2] : ""));
                loaded.glyphs.put(Integer.parseInt(fields[0], 16), glyph);
            });
        } catch (final IOException e) {
            throw new UncheckedIOException("resource=roboto-outlines.txt cannot be read", e);
        }
        return loaded;
    }
}
