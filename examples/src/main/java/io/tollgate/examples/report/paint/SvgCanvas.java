package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.Ink;
import java.util.Locale;

/**
 * A canvas that writes SVG. Colours are attributes, for a light background, and classes, so that the style sheet of a
 * page can change them. Text stays text. Single-threaded.
 */
public final class SvgCanvas implements Canvas {
    private static final String FONTS = "Roboto, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

    private final StringBuilder body = new StringBuilder();

    @Override
    public void rectangle(final double x, final double y, final double width, final double height, final Ink ink) {
        body.append("<rect ").append(box(x, y, width, height)).append(fill(ink)).append("/>\n");
    }

    @Override
    public void line(final double[] xy, final double width, final boolean dashed, final Ink ink) {
        body.append("<path d=\"");
        for (int i = 0; i < xy.length; i += 2) {
            body.append(i == 0 ? "M" : "L")
                    .append(Numbers.pixel(xy[i]))
                    .append(' ')
                    .append(Numbers.pixel(xy[i + 1]));
        }
        body.append("\" fill=\"none\"").append(stroke(ink, width));
        body.append(dashed ? " stroke-dasharray=\"6 4\"/>\n" : "/>\n");
    }

    @Override
    public void text(
            final String text,
            final double x,
            final double y,
            final Anchor anchor,
            final TextStyle style,
            final Ink ink) {
        body.append("<text x=\"").append(Numbers.pixel(x)).append("\" y=\"").append(Numbers.pixel(y));
        body.append("\" font-size=\"").append(Numbers.pixel(style.size())).append('"');
        if (style.strong()) {
            body.append(" font-weight=\"600\"");
        } else {
            // The layout has these widths. A wider font of the reader's machine is condensed to them.
            final double width = Glyphs.instance().width(text, style.size());
            body.append(" textLength=\"").append(Numbers.pixel(width)).append("\" lengthAdjust=\"spacingAndGlyphs\"");
        }
        if (anchor != Anchor.START) {
            body.append(" text-anchor=\"")
                    .append(anchor.name().toLowerCase(Locale.ROOT))
                    .append('"');
        }
        if (style.halo()) {
            body.append(" class=\"fill-").append(ink.cssName()).append(" stroke-paper\" fill=\"");
            body.append(ink.light()).append("\" stroke=\"").append(Ink.PAPER.light());
            body.append("\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        } else {
            body.append(fill(ink));
        }
        body.append('>').append(Xml.escape(text)).append("</text>\n");
    }

    @Override
    public void hint(final double x, final double y, final double width, final double height, final String text) {
        body.append("<rect ").append(box(x, y, width, height)).append(" fill=\"none\" pointer-events=\"all\"><title>");
        body.append(Xml.escape(text)).append("</title></rect>\n");
    }

    /**
     * Returns the drawing as an element for a page.
     *
     * @param elementId unique in the page.
     */
    public String element(
            final String elementId,
            final double width,
            final double height,
            final String title,
            final String description) {
        return element("", elementId, width, height, title, description, "");
    }

    /** Returns the drawing as a separate file, on a light background. */
    public String document(final double width, final double height, final String title, final String description) {
        final String paper = "<rect " + box(0, 0, width, height) + fill(Ink.PAPER) + "/>\n";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + element(" xmlns=\"http://www.w3.org/2000/svg\"", "chart", width, height, title, description, paper);
    }

    private String element(
            final String namespace,
            final String elementId,
            final double width,
            final double height,
            final String title,
            final String description,
            final String paper) {
        final String w = Numbers.pixel(width);
        final String h = Numbers.pixel(height);
        return "<svg" + namespace + " id=\"" + elementId + "\" role=\"img\" aria-labelledby=\"" + elementId + "-title "
                + elementId + "-desc\" width=\"" + w + "\" height=\"" + h + "\" viewBox=\"0 0 " + w + " " + h
                + "\" font-family=\"" + FONTS + "\">\n<title id=\"" + elementId + "-title\">" + Xml.escape(title)
                + "</title>\n<desc id=\"" + elementId + "-desc\">" + Xml.escape(description) + "</desc>\n" + paper
                + body + "</svg>\n";
    }

    private static String box(final double x, final double y, final double width, final double height) {
        return "x=\"" + Numbers.pixel(x) + "\" y=\"" + Numbers.pixel(y) + "\" width=\"" + Numbers.pixel(width)
                + "\" height=\"" + Numbers.pixel(height) + "\"";
    }

    private static String fill(final Ink ink) {
        return " class=\"fill-" + ink.cssName() + "\" fill=\"" + ink.light() + "\"";
    }

    private static String stroke(final Ink ink, final double width) {
        return " class=\"stroke-" + ink.cssName() + "\" stroke=\"" + ink.light() + "\" stroke-width=\""
                + Numbers.pixel(width) + "\"";
    }
}
