package io.tollgate.examples.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvInputTest {
    @TempDir
    private Path directory;

    @Test
    void shouldLeaveOutCommentsEmptyLinesAndTheByteOrderMark() throws IOException {
        final List<CsvLine> lines = read("\uFEFF# a comment with one \" quote\na,b\n\n1,2\n#\n3,4");

        assertEquals(List.of(2L, 4L, 6L), lines.stream().map(CsvLine::number).toList());
        assertEquals(
                List.of(List.of("a", "b"), List.of("1", "2"), List.of("3", "4")),
                lines.stream().map(CsvLine::fields).toList());
    }

    @Test
    void shouldCountLinesThatEndInAnyWay() throws IOException {
        final List<CsvLine> lines = read("a\r\nb\rc\n\r\nd\r\r\n");

        assertEquals(
                List.of("a", "b", "c", "d"), lines.stream().map(CsvLine::text).toList());
        assertEquals(
                List.of(1L, 2L, 3L, 5L), lines.stream().map(CsvLine::number).toList());
    }

    @Test
    void shouldUnquoteFields() throws IOException {
        assertEquals(
                List.of("a,b", "say \"x\"", "", " c ", "#"),
                read("\"a,b\",\"say \"\"x\"\"\",\"\", c ,#").get(0).fields());
    }

    @Test
    void shouldKeepARecordTogetherThatSpansLines() throws IOException {
        final List<CsvLine> lines = read("\"a\nb\",1\n\"c\n#d\n\n\",2\ne,3\n");

        assertEquals(List.of("a\nb", "1"), lines.get(0).fields());
        assertEquals(List.of("c\n#d\n\n", "2"), lines.get(1).fields());
        assertEquals(List.of("e", "3"), lines.get(2).fields());
        assertEquals(List.of(1L, 3L, 7L), lines.stream().map(CsvLine::number).toList());
    }

    @Test
    void shouldLoseOneLineOnlyToAQuoteThatIsNeverClosed() throws IOException {
        final StringBuilder text = new StringBuilder("\"a,1\n");
        for (int i = 0; i < 40; i++) {
            text.append("b,").append(i).append('\n');
        }
        final List<CsvLine> lines = read(text + "\"c\",2\n");

        assertEquals(42, lines.size());
        assertFalse(lines.get(0).isSound());
        assertEquals("\"a,1", lines.get(0).text());
        assertTrue(lines.subList(1, 42).stream().allMatch(CsvLine::isSound));
        assertEquals(List.of("c", "2"), lines.get(41).fields());
    }

    @Test
    void shouldLoseOneLineOnlyToAQuoteThatTheNextQuotedFieldSeemsToClose() throws IOException {
        final List<CsvLine> lines = read("\"a,1\nb,2\n\"c\",3\n\"d,4\n");

        assertEquals(
                List.of(false, true, true, false),
                lines.stream().map(CsvLine::isSound).toList());
        assertEquals(
                List.of(1L, 2L, 3L, 4L), lines.stream().map(CsvLine::number).toList());
    }

    @Test
    void shouldFindQuotesOutOfPlace() throws IOException {
        for (final String bad : List.of("\"a\"b,1", "a\"b\",1", "a, \"b\"", "5\",1", "a\"b,\"c")) {
            final List<CsvLine> lines = read(bad + "\nok,2\n");
            assertFalse(lines.get(0).isSound(), bad);
            assertEquals(bad, lines.get(0).text());
            assertEquals(List.of("ok", "2"), lines.get(1).fields(), bad);
        }
    }

    @Test
    void shouldFindBytesThatAreNotUtf8AndLetTheReplacementCharacterPass() throws IOException {
        final Path file = directory.resolve("latin1.csv");
        Files.write(file, new byte[] {'a', (byte) 0xE9, ',', '1', '\n', (byte) 0xEF, (byte) 0xBF, (byte) 0xBD, '\n'});
        final List<CsvLine> lines = read(file);

        assertEquals("bytes that are not UTF-8", lines.get(0).fault());
        assertEquals(List.of("\uFFFD"), lines.get(1).fields());
    }

    @Test
    void shouldKeepOnlyTheBeginningOfALineThatIsTooLong() throws IOException {
        final String longest = "x".repeat(LineReader.MAX_LINE_LENGTH);
        final String tooLong = "y".repeat(10 * LineReader.MAX_LINE_LENGTH);
        final List<CsvLine> lines = read(longest + "\r\n" + longest + "y\n" + tooLong + "\nz\n" + tooLong);

        assertEquals(List.of(longest), lines.get(0).fields());
        assertEquals("a line longer than 65536 bytes", lines.get(1).fault());
        assertEquals("a line longer than 65536 bytes", lines.get(2).fault());
        assertEquals("y".repeat(200) + "...", lines.get(2).text());
        assertEquals(new CsvLine(4, "z", List.of("z"), ""), lines.get(3));
        assertFalse(lines.get(4).isSound());
        assertEquals(5, lines.size());
    }

    @Test
    void shouldKeepNoPartOfACharacterOfALineThatIsTooLong() throws IOException {
        final String smile = Character.toString(0x1F600);
        final String rest = smile + "y".repeat(LineReader.MAX_LINE_LENGTH);
        for (int length = 196; length <= 201; length++) {
            final String text = read("x".repeat(length) + rest).get(0).text();
            assertEquals("x".repeat(Math.min(length, 200)) + (length == 196 ? smile : "") + "...", text);
        }
    }

    @Test
    void shouldReadTheSameLinesFromAStreamThatGivesLittleAtATime() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("\uFEFFé,1\r\nb\r\r\n\"ü\"".getBytes(StandardCharsets.UTF_8));
        final List<String> texts = new ArrayList<>();
        try (LineReader reader = new LineReader(new Trickle(bytes.toByteArray()))) {
            while (reader.hasNext()) {
                texts.add(reader.next().text());
            }
        }
        assertEquals(List.of("é,1", "b", "", "\"ü\""), texts);
    }

    @Test
    void shouldRefuseADirectoryByName() {
        final FileSystemException e = assertThrows(FileSystemException.class, () -> CsvInput.open(directory));
        assertEquals(directory + ": is a directory, expected a file", e.getMessage());
    }

    private List<CsvLine> read(final String text) throws IOException {
        final Path file = directory.resolve("input.csv");
        Files.writeString(file, text);
        return read(file);
    }

    private static List<CsvLine> read(final Path file) throws IOException {
        final List<CsvLine> lines = new ArrayList<>();
        try (CsvInput input = CsvInput.open(file)) {
            while (input.hasNext()) {
                lines.add(input.next());
            }
            assertEquals(Files.size(file), input.byteCount());
        }
        return lines;
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
