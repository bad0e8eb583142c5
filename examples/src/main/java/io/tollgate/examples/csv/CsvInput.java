package io.tollgate.examples.csv;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a CSV file: UTF-8 with or without byte order mark, RFC 4180 quoting. Empty lines and lines that start
 * with {@code #} are skipped. A record that cannot be read is returned with its fault, and reading continues at the
 * next line. A quote that is never closed therefore costs only its own line. Memory is bounded. Single-threaded.
 */
public final class CsvInput implements LineSource {
    /** The fields of one record may span at most this many lines. */
    private static final int MAX_RECORD_LINES = 16;

    private static final String QUOTES_OUT_OF_PLACE = "misplaced quotes, expected fields quoted as in RFC 4180";

    private final CsvReader.CsvReaderBuilder parser = CsvReader.builder()
            .commentStrategy(CommentStrategy.NONE)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false);
    private final FieldList fieldList = new FieldList();
    private final ArrayDeque<LineReader.Line> ahead = new ArrayDeque<>(MAX_RECORD_LINES);
    private final LineReader lines;

    private CsvInput(final LineReader lines, final char delimiter) {
        this.lines = lines;
        parser.fieldSeparator(delimiter);
    }

    /**
     * Opens a file.
     *
     * @param file to read.
     * @return the records of the file.
     * @throws IOException if the file cannot be read.
     */
    public static CsvInput open(final Path file) throws IOException {
        return open(file, ',');
    }

    /**
     * Opens a file with another delimiter.
     *
     * @param file      to read.
     * @param delimiter between fields.
     * @return the records of the file.
     * @throws IOException if the file cannot be read.
     */
    public static CsvInput open(final Path file, final char delimiter) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory, expected a file");
        }
        return of(Files.newInputStream(file), delimiter);
    }

    /**
     * Reads a stream.
     *
     * @param stream to read; it is closed with this object.
     * @return the records of the stream.
     * @throws IOException if the stream cannot be read.
     */
    public static CsvInput of(final InputStream stream) throws IOException {
        return of(stream, ',');
    }

    /**
     * Reads a stream with another delimiter.
     *
     * @param stream    to read; it is closed with this object.
     * @param delimiter between fields.
     * @return the records of the stream.
     * @throws IOException if the stream cannot be read.
     */
    public static CsvInput of(final InputStream stream, final char delimiter) throws IOException {
        return new CsvInput(new LineReader(stream), delimiter);
    }

    @Override
    public boolean hasNext() throws IOException {
        while (true) {
            if (ahead.isEmpty()) {
                if (!lines.hasNext()) {
                    return false;
                }
                ahead.add(lines.next());
            }
            final String text = ahead.element().text();
            if (!text.isEmpty() && text.charAt(0) != '#') {
                return true;
            }
            ahead.remove();
        }
    }

    @Override
    public CsvLine next() throws IOException {
        final LineReader.Line line = ahead.remove();
        if (!line.fault().isEmpty()) {
            return new CsvLine(line.number(), line.text(), List.of(), line.fault());
        }
        final String text = line.text();
        return isQuoteOpen(text, false) ? spanning(line) : parsed(line.number(), text);
    }

    @Override
    public long byteCount() {
        return lines.byteCount();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /**
     * Reads a record whose first line leaves a quote open. The following lines belong to it, unless the quote is a
     * mistake.
     */
    private CsvLine spanning(final LineReader.Line first) throws IOException {
        final StringBuilder text = new StringBuilder(first.text());
        final List<LineReader.Line> taken = new ArrayList<>();
        boolean open = true;
        while (open && taken.size() < MAX_RECORD_LINES - 1 && (!ahead.isEmpty() || lines.hasNext())) {
            final LineReader.Line line = ahead.isEmpty() ? lines.next() : ahead.remove();
            taken.add(line);
            text.append('\n').append(line.text());
            open = line.fault().isEmpty() && isQuoteOpen(line.text(), true);
        }
        if (!open && taken.get(taken.size() - 1).fault().isEmpty()) {
            final CsvLine record = parsed(first.number(), text.toString());
            if (record.isSound()) {
                return record;
            }
        }
        for (int i = taken.size() - 1; i >= 0; i--) {
            ahead.addFirst(taken.get(i));
        }
        return new CsvLine(first.number(), first.text(), List.of(), QUOTES_OUT_OF_PLACE);
    }

    private CsvLine parsed(final long number, final String text) {
        try {
            final List<String> fields = parser.ofSingleCsvRecord(fieldList, text);
            return fieldList.isSound()
                    ? new CsvLine(number, text, fields, "")
                    : new CsvLine(number, text, List.of(), QUOTES_OUT_OF_PLACE);
        } catch (final CsvParseException e) {
            return new CsvLine(number, text, List.of(), QUOTES_OUT_OF_PLACE);
        }
    }

    private static boolean isQuoteOpen(final String text, final boolean before) {
        boolean open = before;
        for (int i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
            open = !open;
        }
        return open;
    }
}
