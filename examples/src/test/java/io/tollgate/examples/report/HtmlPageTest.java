package io.tollgate.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.StepChart;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.paint.Markup;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class HtmlPageTest {
    private final String text = new HtmlPage(SampleReport.report()).render();
    private final Markup page = new Markup(text);

    @Test
    void shouldLoadNothing() {
        for (final Element element : page.elements("*")) {
            assertFalse(element.hasAttribute("src"), element.getTagName());
            assertFalse(element.hasAttribute("srcset"), element.getTagName());
            final String target = element.getAttribute("href");
            assertTrue(target.isEmpty() || target.startsWith("#"), target);
        }
        assertEquals(1, page.elements("script").size(), "the filter of the page");
        assertTrue(page.elements("link").isEmpty());
        final String style = page.elements("style").get(0).getTextContent();
        assertFalse(style.contains("url(") || style.contains("@import"), style);
        assertTrue(style.contains("prefers-color-scheme:dark") && style.contains("@media print"), style);
    }

    /** Names in a legend would overlap in a font that is wider than the one of the layout. */
    @Test
    void shouldFixTheWidthsOfTextsInCharts() {
        final List<Element> texts = page.elements(
                "text",
                element -> !element.hasAttribute("font-weight")
                        && !element.getTextContent().isEmpty());
        assertFalse(texts.isEmpty());
        for (final Element label : texts) {
            assertTrue(Markup.number(label, "textLength") > 0, label.getTextContent());
            assertEquals("spacingAndGlyphs", label.getAttribute("lengthAdjust"));
        }
    }

    @Test
    void shouldHaveUniqueAnchorsAndNoDeadLink() {
        final Set<String> anchors = new HashSet<>();
        for (final Element element : page.elements("*", element -> element.hasAttribute("id"))) {
            assertTrue(anchors.add(element.getAttribute("id")), element.getAttribute("id"));
        }
        final List<Element> links = page.elements("a");
        assertEquals(10, links.size(), "1 to the content, 3 of the navigation, 6 to sources");
        links.forEach(
                link -> assertTrue(anchors.contains(link.getAttribute("href").substring(1)), text));
        for (final Element svg : page.elements("svg")) {
            assertTrue(anchors.containsAll(
                    List.of(svg.getAttribute("aria-labelledby").split(" "))));
        }
    }

    @Test
    void shouldKeepTextAsTextWhateverItHolds() {
        final String hostile = "<script>alert('1')</script> & \"quoted\" ]]> \u0001 $1 \\";
        final String readable = hostile.replace('\u0001', '\ufffd');
        final Table table = new Table(
                hostile, List.of(Table.Column.text(hostile)), List.of(Table.Row.unverified(hostile)), hostile);
        final StepChart steps = SampleReport.rates();
        final StepChart chart = new StepChart(
                "steps",
                hostile,
                hostile,
                List.of(new StepChart.Line(
                        hostile,
                        0,
                        StepChart.LineStyle.DASHED,
                        steps.lines().get(0).points(),
                        SampleReport.END_NS)),
                List.of(new StepChart.Band(SampleReport.TRUCE_NS, SampleReport.END_NS, hostile)),
                List.of(new StepChart.Marker(SampleReport.TRUCE_NS, hostile)),
                hostile);
        final Section section = new Section("s", hostile, hostile, List.of(table), List.of(chart));
        final Report report = new Report(
                hostile,
                hostile,
                List.of(new Report.Highlight(hostile, hostile, hostile)),
                List.of(section),
                List.of(hostile),
                hostile);
        final Markup parsed = new Markup(new HtmlPage(report).render());
        assertEquals(page.texts("script"), parsed.texts("script"), "the filter alone");
        for (final String name : List.of("h1", "h2", "title", "caption", "td", "li", "dt", "dd", "figcaption")) {
            parsed.elements(name).stream()
                    .map(Element::getTextContent)
                    .filter(content -> content.contains("alert"))
                    .forEach(content -> assertTrue(content.contains(readable), name + ": " + content));
        }
        assertEquals(readable, parsed.texts("h1").get(0));
        assertEquals(readable, parsed.texts("dt").get(0));
        assertEquals(
                readable + " unverified",
                parsed.texts("th").get(parsed.texts("th").size() - 1));
    }

    @Test
    void shouldLinkReferencesToSourcesThatExistOnly() {
        assertEquals(
                1,
                page.elements("td", cell -> cell.getTextContent().equals("[2] [9]"))
                        .size());
        assertFalse(text.contains("#source_9"));
        assertTrue(text.contains("<a class=\"ref\" href=\"#source_2\">[2]</a> [9]"));
    }

    @Test
    void shouldMarkOnlyRowsThatAreUnverified() {
        final List<Element> marks = page.ofClass("span", "mark");
        assertEquals(1, marks.size());
        final Element row = (Element) marks.get(0).getParentNode();
        assertEquals("2025-05-14 unverified", row.getTextContent());
        assertTrue(page.texts("p").contains("End of day. Marked unverified: not checked against the source."));
    }

    @Test
    void shouldSayInWordsAndNumbersWhatChartsShow() {
        assertEquals(4, page.elements("svg").size(), "two charts, each for a desk and for a telephone");
        for (final Element svg : page.elements("svg")) {
            assertEquals("img", svg.getAttribute("role"));
        }
        final String description = page.texts("desc").get(0);
        assertTrue(description.contains("US on China: lowest 0, highest 145, last 30."), description);
        assertTrue(description.contains("US 34, announced (announced, never in force)"), description);
        assertTrue(description.contains("Shaded: Truce, 2025-05-14 04:01 UTC to 2026-11-10 05:01 UTC."), description);
        final List<String> numbers =
                page.elements("details").get(0).getElementsByTagName("tr").getLength() == 8
                        ? page.texts("td")
                        : List.of();
        assertTrue(numbers.containsAll(List.of("2025-04-10 04:01 UTC", "145", "125", "34")), numbers.toString());
    }

    @Test
    void shouldNameEveryTableAndItsHeadings() {
        final List<Element> tables = page.elements("table");
        assertEquals(3, tables.size());
        for (final Element table : tables) {
            assertEquals(1, table.getElementsByTagName("caption").getLength());
        }
        assertTrue(page.elements("th").stream().allMatch(head -> head.hasAttribute("scope")));
    }
}
