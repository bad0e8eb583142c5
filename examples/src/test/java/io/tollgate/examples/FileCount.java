package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks that every line of a file of points was either accepted or refused. */
final class FileCount {
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private static final String LINE_END = "\r\n|\r|\n";

    private final int rowsOfPoint;
    private int takenCount;
    private int refusedCount;

    /**
     * Starts a count.
     *
     * @param rowsOfPoint rows of metrics written for each accepted point.
     */
    FileCount(final int rowsOfPoint) {
        this.rowsOfPoint = rowsOfPoint;
    }

    /** Requires that some lines were accepted and some refused. */
    void requireAny() {
        assertTrue(takenCount > 0 && refusedCount > 0, "taken=" + takenCount + " refused=" + refusedCount);
    }

    /** Requires that each line after the header was accepted, or refused by its number with a message. */
    void requireAll(final Path file, final Path metrics, final Path rejects, final CommandRun run) throws IOException {
        final List<String> lines = lines(file);
        final Map<Integer, String> refused = records(rejects).stream()
                .collect(Collectors.toMap(row -> Integer.parseInt(row.getField("line")), row -> row.getField("text")));
        int taken = 0;
        int told = 0;
        int next = header(lines) + 1;
        while (next < lines.size()) {
            final String text = refused.get(next + 1);
            if (text != null) {
                told++;
                next += text.split(LINE_END, -1).length;
            } else if (isData(lines.get(next))) {
                taken++;
                next = endOfRecord(lines, next);
            } else {
                next++;
            }
        }
        final Supplier<String> shown = () -> lines + " refused=" + refused.keySet() + " " + run.err();
        assertEquals(refused.size(), told, shown);
        assertEquals(rowsOfPoint * taken, records(metrics).size(), shown);
        assertEquals(told == 0 ? 0 : told + 1, run.errLines().size(), shown);
        assertEquals(told == 0 ? 0 : 1, run.exitCode(), shown);
        takenCount += taken;
        refusedCount += told;
    }

    /** Reads each byte as a character, because line ends and quotes are single bytes in UTF-8 too. */
    private static List<String> lines(final Path file) throws IOException {
        final String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        final String unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        return List.of(unmarked.split(LINE_END, -1));
    }

    private static int header(final List<String> lines) {
        int line = 0;
        while (!isData(lines.get(line))) {
            line++;
        }
        return line;
    }

    private static boolean isData(final String line) {
        return !line.isEmpty() && line.charAt(0) != '#';
    }

    /** Returns the first line after a record. A quote that its first line leaves open is closed in its last line. */
    private static int endOfRecord(final List<String> lines, final int first) {
        int next = first + 1;
        boolean isOpen = leavesOpen(lines.get(first));
        while (isOpen && next < lines.size()) {
            isOpen = !leavesOpen(lines.get(next));
            next++;
        }
        return next;
    }

    private static boolean leavesOpen(final String line) {
        return line.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private static List<NamedCsvRecord> records(final Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            return reader.stream().toList();
        }
    }
}
