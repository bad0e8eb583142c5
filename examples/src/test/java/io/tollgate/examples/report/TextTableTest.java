package io.tollgate.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Alignment;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void shouldAlignTextLeftAndNumbersRightAndMarkWhatIsUnverified() {
        assertEquals("""
                Levels
                Date           pp  Source
                ------------  ---  -------
                2025-04-10    145  [1]
                2025-05-14 *   30  [2] [9]
                * not checked against its source
                End of day.
                """, TextTable.render(SampleReport.levels()));
    }

    @Test
    void shouldWrapTextBeforeNumbers() {
        final Table table = new Table(
                "Rates",
                List.of(Column.text("What"), Column.number("Value")),
                List.of(Row.of("word ".repeat(20).strip(), "123456789.123456789")),
                "");
        final List<String> lines = TextTable.render(table).lines().toList();
        assertEquals("word ".repeat(11) + "    123,456,789.123456789", lines.get(3));
        assertEquals("word ".repeat(9).strip(), lines.get(4));
    }

    /** Numbers with words wrap at their spaces before a word of any column is cut. */
    @Test
    void shouldCutNoWordWhereAllColumnsHaveSpaceForTheirs() {
        final List<Column> columns =
                new ArrayList<>(List.of(Column.text("Authority, licence, for"), Column.text("As of")));
        columns.addAll(Collections.nCopies(4, Column.number("Closed of all")));
        final List<String> cells = new ArrayList<>(List.of("CN-MOFCOM rare earth, Magnetic (US firm)", "2025-06-30"));
        cells.addAll(Collections.nCopies(4, "at least 11,414.75"));
        final String text = TextTable.render(new Table("Backlog", columns, List.of(new Row(cells, true)), ""));
        for (final String word :
                List.of("Authority,", "licence,", "CN-MOFCOM", "Magnetic", "2025-06-30", "11,414.75")) {
            assertTrue(text.contains(word), word + " was cut:\n" + text);
        }
    }

    @Test
    void shouldNeverBeWiderThanTheTerminalNorLoseACharacter() {
        for (int seed = 0; seed < 2000; seed++) {
            final Table table = randomTable(new Random(seed));
            final String text = TextTable.render(table);
            final int widest = text.lines().mapToInt(String::length).max().orElseThrow();
            assertTrue(widest <= TextTable.WIDTH, "seed=" + seed + ", width=" + widest);
            final StringBuilder cells = new StringBuilder();
            table.columns().forEach(column -> cells.append(column.heading()));
            table.rows().forEach(row -> row.cells().forEach(cells::append));
            final String body = text.substring(text.indexOf('\n')).replaceAll("-{1,80}|\\s", "");
            assertEquals(sorted(cells.toString().replace(" ", "")), sorted(body), "seed=" + seed);
        }
    }

    @Test
    void shouldRefuseMoreColumnsThanFit() {
        final Table widest = new Table("Wide", Collections.nCopies(27, Column.text("a")), List.of(), "");
        assertEquals(79, TextTable.render(widest).lines().toList().get(1).length());
        final Table tooWide = new Table("Wide", Collections.nCopies(28, Column.text("a")), List.of(), "");
        final String message = assertThrows(IllegalArgumentException.class, () -> TextTable.render(tooWide))
                .getMessage();
        assertEquals("table=Wide: columns=28, expected at most 27 for 80 columns of a terminal", message);
    }

    @Test
    void shouldRenderAReportWithoutALineTooWide() {
        final String text = TextReport.render(SampleReport.report("A title " + "that goes on ".repeat(10)));
        assertTrue(text.lines().allMatch(line -> line.length() <= TextTable.WIDTH), text);
        for (final String part : List.of(
                "Change at the truce: -115 pp (14 May 2025 [1])",
                "Headline rates\n--------------\nBoth fell [1].\n",
                TextTable.render(SampleReport.levels()),
                "[2] Chinese customs\n",
                "Made by a test.\n")) {
            assertTrue(text.contains(part), part);
        }
    }

    private static Table randomTable(final Random random) {
        final List<Column> columns = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            columns.add(new Column(words(random), random.nextBoolean() ? Alignment.LEFT : Alignment.RIGHT));
        }
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < random.nextInt(6); i++) {
            rows.add(new Row(columns.stream().map(column -> words(random)).toList(), true));
        }
        return new Table("Random", columns, rows, "");
    }

    private static String words(final Random random) {
        final StringBuilder words = new StringBuilder();
        for (int i = 0; i < random.nextInt(8); i++) {
            words.append(i == 0 ? "" : " ");
            for (int letter = 0; letter < 1 + random.nextInt(random.nextInt(10) == 0 ? 100 : 12); letter++) {
                words.append((char) ('a' + random.nextInt(26)));
            }
        }
        return words.toString();
    }

    private static String sorted(final String text) {
        return text.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
