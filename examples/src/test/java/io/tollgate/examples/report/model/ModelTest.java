package io.tollgate.examples.report.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.examples.report.SampleReport;
import io.tollgate.examples.report.model.StepChart.Line;
import io.tollgate.examples.report.model.StepChart.LineStyle;
import io.tollgate.examples.report.model.StepChart.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ModelTest {
    @Test
    void shouldRefuseIdsThatAreNoFileNames() {
        for (final String id : List.of("", "../up", "Capital", "1st", "a_b", "a".repeat(65))) {
            assertRefused(
                    "id=" + id + ", expected a letter a-z, then at most 63 letters a-z, digits and hyphens",
                    () -> new Section(id, "", "", List.of(), List.of()));
        }
    }

    @Test
    void shouldRefuseAnIdThatStandsTwice() {
        final Section section = new Section("rates", "", "", List.of(), List.of(SampleReport.rates()));
        assertRefused(
                "id=rates is used twice, expected a different id for each section and chart",
                () -> new Report("", "", List.of(), List.of(section), List.of(), ""));
    }

    @Test
    void shouldRefuseLevelsOutOfOrder() {
        final List<Point> points = List.of(new Point(5, 1), new Point(5, 2));
        assertRefused(
                "line=rate: timeNs=5 after timeNs=5, expected strictly rising times",
                () -> new Line("rate", 0, LineStyle.SOLID, points, 9));
        assertRefused(
                "line=rate: endNs=4, expected at least timeNs=5 of the last point",
                () -> new Line("rate", 0, LineStyle.SOLID, points.subList(0, 1), 4));
        assertRefused("band=b: toNs=7, expected more than fromNs=7", () -> new StepChart.Band(7, 7, "b"));
    }

    @Test
    void shouldRefuseWhatCannotBeDrawn() {
        assertRefused("colour=8, expected 0 to 7", () -> new Line("rate", 8, LineStyle.SOLID, List.of(), 0));
        assertRefused(
                "value=Infinity, expected a finite level, or NaN for unknown",
                () -> new Point(0, Double.POSITIVE_INFINITY));
        assertRefused(
                "chart=rates has no point, expected a line with at least one",
                () -> SampleReport.steps(new Line("rate", 0, LineStyle.SOLID, List.of(), 0)));
        assertRefused(
                "group=g: value=-1.0, expected 0 or more, or NaN for unknown",
                () -> new BarChart.Bars("g", 0, List.of(-1.0)));
        assertRefused("level=l: value=NaN, expected 0 or more", () -> new BarChart.Level("l", Double.NaN));
    }

    @Test
    void shouldRefuseRowsAndGroupsOfAnotherLength() {
        assertRefused(
                "table=t: cells=2 in row [a, b], expected columns=1",
                () -> new Table("t", List.of(Table.Column.text("a")), List.of(Table.Row.of("a", "b")), ""));
        assertRefused(
                "chart=c, group=g: values=1, expected one for each of categories=2",
                () -> new BarChart(
                        "c",
                        "",
                        "",
                        List.of("a", "b"),
                        List.of(new BarChart.Bars("g", 0, List.of(1.0))),
                        List.of(),
                        ""));
    }

    @Test
    void shouldNotChangeWhenTheListsItWasMadeOfDo() {
        final List<Point> points = new ArrayList<>(List.of(new Point(1, 1)));
        final Line line = new Line("rate", 0, LineStyle.SOLID, points, 9);
        points.clear();
        assertEquals(1, line.points().size());
    }

    private static void assertRefused(final String message, final Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }
}
