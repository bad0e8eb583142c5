package io.tollgate.data.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.data.TestSeed;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowReaderTest {
    /** The first name is shorter than eight bytes with its punctuation, the second one is longer. */
    private static final List<Column> COLUMNS =
            List.of(new Column("a", ColumnType.TEXT), new Column("known_until", ColumnType.TEXT));

    private static final String[] PARTS = {"a", "85", ".", " ", "\"", "\\", "\n", "\u0001", "é", "稀", "😀"};

    @Test
    void shouldReadAnyTextThatTheWriterWrites() throws IOException {
        final Random random = new Random(TestSeed.of("json"));
        final String[][] rows = new String[2_000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new String[] {text(random), text(random)};
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonRowWriter writer = new JsonRowWriter(bytes, COLUMNS)) {
            for (final String[] row : rows) {
                writer.text(row[0]);
                writer.text(row[1]);
                writer.endRow();
            }
        }
        try (JsonRowReader reader = new JsonRowReader(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (final String[] row : rows) {
                assertTrue(reader.next());
                assertEquals("", reader.fault());
                assertEquals(List.of(row), List.of(reader.text(0), reader.text(1)));
            }
        }
    }

    /** Most texts are of plain letters, so that both ways of reading a line occur. */
    private static String text(final Random random) {
        final int parts = random.nextInt(5) == 0 ? PARTS.length : 3;
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(PARTS[random.nextInt(parts)]);
        }
        return text.toString();
    }

    /** JSON allows neither control characters in a text nor these escapes. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\t", "\\x", "\\"})
    void shouldRefuseWhatNoTextContainsAtEachPlace(final String wrong) throws IOException {
        for (int place = 0; place <= 20; place++) {
            final String text = "x".repeat(place) + wrong + "x".repeat(20 - place);
            final String lines = "{\"a\":\"1\"}\n{\"a\":\"" + text + "\"}\n{\"a\":\"3\"}\n";
            try (JsonRowReader reader =
                    new JsonRowReader(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))) {
                assertTrue(reader.next() && reader.next());
                assertTrue(reader.fault().startsWith("malformed JSON at column "), reader.fault());
                assertTrue(reader.next());
                assertEquals("3", reader.text(0));
            }
        }
    }
}
