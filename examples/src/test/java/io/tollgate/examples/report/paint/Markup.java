package io.tollgate.examples.report.paint;

import io.tollgate.examples.report.model.Chart;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Parses markup and finds elements in it. */
public final class Markup {
    private final Document document;

    public Markup(final String text) {
        try {
            document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)));
        } catch (final Exception e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    /** The chart as drawn for a desktop. */
    static Markup of(final Chart chart) {
        final ChartPainter painter = ChartPainter.of(chart, ChartFormat.WIDE);
        final SvgCanvas canvas = new SvgCanvas();
        painter.paint(canvas);
        return new Markup(canvas.document(ChartFormat.WIDE.width(), painter.height(), chart.title(), "description"));
    }

    public List<Element> elements(final String name) {
        return elements(name, element -> true);
    }

    public List<Element> elements(final String name, final Predicate<Element> wanted) {
        final NodeList nodes = document.getElementsByTagName(name);
        final List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (wanted.test((Element) nodes.item(i))) {
                elements.add((Element) nodes.item(i));
            }
        }
        return elements;
    }

    /** The elements of a class. */
    public List<Element> ofClass(final String name, final String style) {
        return elements(
                name,
                element -> List.of(element.getAttribute("class").split(" ")).contains(style));
    }

    public List<String> texts(final String name) {
        return elements(name).stream().map(Element::getTextContent).toList();
    }

    public static double number(final Element element, final String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    /** The vertices of a path: x0, y0, x1, y1, ... */
    static double[] corners(final Element path) {
        final String[] numbers = path.getAttribute("d").substring(1).split("[L ]");
        final double[] corners = new double[numbers.length];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = Double.parseDouble(numbers[i]);
        }
        return corners;
    }
}
