package io.tollgate.data.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.data.table.FileFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowReaderTest {
    private static final String QUOTES = "misplaced quotes, expected fields quoted as in RFC 4180";

    /** A row, with no fields if it has a fault. */
    private record Row(long number, List<String> fields, String fault, String text) {
        boolean isSound() {
            return fault.isEmpty();
        }
    }

    @Test
    void shouldLeaveOutCommentsEmptyLinesAndTheByteOrderMark() throws IOException {
        final List<Row> rows = read("\uFEFF# a comment with one \" quote\na,b\n\n1,2\n#\n3,4");
        assertEquals(List.of(4L, 6L), rows.stream().map(Row::number).toList());
        assertEquals(
                List.of(List.of("1", "2"), List.of("3", "4")),
                rows.stream().map(Row::fields).toList());
    }

    @Test
    void shouldCountLinesThatEndInAnyWay() throws IOException {
        final List<Row> rows = read("a\r\nb\rc\n\r\nd\r\r\n");
        assertEquals(List.of("b", "c", "d"), rows.stream().map(Row::text).toList());
        assertEquals(List.of(2L, 3L, 5L), rows.stream().map(Row::number).toList());
    }

    @Test
    void shouldUnquoteFields() throws IOException {
        assertEquals(
                List.of("a,b", "say \"x\"", "", " c ", "#"),
                read("a,b,c,d,e\n\"a,b\",\"say \"\"x\"\"\",\"\", c ,#").get(0).fields());
    }

    @Test
    void shouldKeepARecordTogetherThatSpansLines() throws IOException {
        final List<Row> rows = read("a,b\n\"a\nb\",1\n\"c\n#d\n\n\",2\ne,3\n");
        assertEquals(List.of("a\nb", "1"), rows.get(0).fields());
        assertEquals(List.of("c\n#d\n\n", "2"), rows.get(1).fields());
        assertEquals(List.of("e", "3"), rows.get(2).fields());
        assertEquals(List.of(2L, 4L, 8L), rows.stream().map(Row::number).toList());
    }

    @Test
    void shouldLoseOneLineOnlyToAQuoteThatIsNeverClosed() throws IOException {
        final StringBuilder text = new StringBuilder("a,b\n\"a,1\n");
        for (int i = 0; i < 40; i++) {
            text.append("b,").append(i).append('\n');
        }
        final List<Row> rows = read(text + "\"c\",2\n");
        assertEquals(42, rows.size());
        assertEquals(new Row(2, List.of(), QUOTES, "\"a,1"), rows.get(0));
        assertTrue(rows.subList(1, 42).stream().allMatch(Row::isSound));
        assertEquals(List.of("c", "2"), rows.get(41).fields());
    }

    @Test
    void shouldLoseOneLineOnlyToAQuoteThatTheNextQuotedFieldSeemsToClose() throws IOException {
        final List<Row> rows = read("a,b\n\"a,1\nb,2\n\"c\",3\n\"d,4\n");
        assertEquals(
                List.of(false, true, true, false),
                rows.stream().map(Row::isSound).toList());
        assertEquals(List.of(2L, 3L, 4L, 5L), rows.stream().map(Row::number).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"b,1", "a\"b\",1", "a, \"b\"", "5\",1", "a\"b,\"c"})
    void shouldFindQuotesOutOfPlace(final String bad) throws IOException {
        final List<Row> rows = read("a,b\n" + bad + "\nok,2\n");
        assertEquals(new Row(2, List.of(), QUOTES, bad), rows.get(0));
        assertEquals(List.of("ok", "2"), rows.get(1).fields());
    }

    @Test
    void shouldFindBytesThatAreNotUtf8AndLetTheReplacementCharacterPass() throws IOException {
        final byte[] bytes = {
            'h', ',', 'i', '\n', 'a', (byte) 0xE9, ',', '1', '\n', (byte) 0xEF, (byte) 0xBF, (byte) 0xBD, ',', '2', '\n'
        };
        final List<Row> rows = read(new ByteArrayInputStream(bytes));
        assertEquals("bytes that are not UTF-8", rows.get(0).fault());
        assertEquals(List.of("\uFFFD", "2"), rows.get(1).fields());
    }

    @Test
    void shouldKeepOnlyTheBeginningOfALineThatIsTooLong() throws IOException {
        final String longest = "x".repeat(ByteInput.MAX_LINE_LENGTH);
        final String tooLong = "y".repeat(10 * ByteInput.MAX_LINE_LENGTH);
        final List<Row> rows = read("h\n" + longest + "\r\n" + longest + "y\n" + tooLong + "\nz\n" + tooLong);
        assertEquals(List.of(longest), rows.get(0).fields());
        assertEquals("a line longer than 65536 bytes", rows.get(1).fault());
        assertEquals(new Row(4, List.of(), "a line longer than 65536 bytes", "y".repeat(200) + "..."), rows.get(2));
        assertEquals(new Row(5, List.of("z"), "", "z"), rows.get(3));
        assertEquals(5, rows.size());
    }

    @Test
    void shouldKeepNoPartOfACharacterOfALineThatIsTooLong() throws IOException {
        final String smile = Character.toString(0x1F600);
        final String rest = smile + "y".repeat(ByteInput.MAX_LINE_LENGTH);
        for (int length = 196; length <= 201; length++) {
            final String text = read("h\n" + "x".repeat(length) + rest).get(0).text();
            assertEquals("x".repeat(Math.min(length, 200)) + (length == 196 ? smile : "") + "...", text);
        }
    }

    @Test
    void shouldReadTheSameRowsFromAStreamThatGivesLittleAtATime() throws IOException {
        final String text = "\uFEFFh,i\né,1\r\nb,2\r\r\nc,3\n\"ü\nv\",4";
        assertEquals(read(text), read(new Trickle(text.getBytes(StandardCharsets.UTF_8))));
        assertEquals(4, read(text).size());
    }

    /** Rows of the usual form and others take different ways. */
    @Test
    void shouldReadEachFormOfARowAlike() throws IOException {
        final StringBuilder text = new StringBuilder("h;i\n");
        final List<List<String>> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            final String field = "f".repeat(i % 37) + i;
            text.append(
                    switch (i % 4) {
                        case 0 -> field + ";,\n";
                        case 1 -> '"' + field + "\";,\r\n";
                        case 2 -> "é" + field + ";,\n";
                        default -> field + ";\",\"\r";
                    });
            expected.add(List.of((i % 4 == 2 ? "é" : "") + field, ","));
        }
        final List<List<String>> found = new ArrayList<>();
        try (CsvRowReader reader = new CsvRowReader(stream(text.toString()), ';')) {
            while (reader.next()) {
                assertEquals(found.size() + 2, reader.rowNumber());
                found.add(List.of(reader.text(0), reader.text(1)));
            }
        }
        assertEquals(expected, found);
    }

    @Test
    void shouldRefuseRowsAndHeadersWithOtherNumbersOfColumns() throws IOException {
        final String many = ",".repeat(5_000);
        assertEquals(
                List.of("columns=1, expected 2 as in the header", "columns=4096, expected 2 as in the header"),
                read("a,b\n1\n" + many + "\n").stream().map(Row::fault).toList());
        for (final String header : List.of("", "# only a comment\n", many + "\n", "\"a,b\n")) {
            assertThrows(FileFormatException.class, () -> read(header), header);
        }
    }

    private static InputStream stream(final String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Row> read(final String text) throws IOException {
        return read(stream(text));
    }

    private static List<Row> read(final InputStream stream) throws IOException {
        final List<Row> rows = new ArrayList<>();
        try (CsvRowReader reader = new CsvRowReader(stream, ',')) {
            while (reader.next()) {
                final List<String> fields = new ArrayList<>();
                for (int i = 0; reader.fault().isEmpty() && i < reader.columns().size(); i++) {
                    fields.add(reader.text(i));
                }
                rows.add(new Row(reader.rowNumber(), fields, reader.fault(), reader.rowText()));
            }
        }
        return rows;
    }

    /** Returns one byte in each read. */
    private static final class Trickle extends InputStream {
        private final InputStream bytes;

        Trickle(final byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(final byte[] buffer, final int offset, final int length) throws IOException {
            return bytes.read(buffer, offset, Math.min(length, 1));
        }
    }
}
