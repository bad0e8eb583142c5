package io.tollgate.data;

import io.tollgate.data.arrow.ArrowRowReader;
import io.tollgate.data.arrow.ArrowRowWriter;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowReader;
import io.tollgate.data.table.RowWriter;
import io.tollgate.data.text.CsvRowReader;
import io.tollgate.data.text.CsvRowWriter;
import io.tollgate.data.text.JsonRowReader;
import io.tollgate.data.text.JsonRowWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of files. */
public enum DataFormat {
    /** Comma-separated values, as in RFC 4180. */
    CSV(".csv"),
    /** One JSON object on each line. */
    JSON_LINES(".jsonl"),
    /** An Arrow IPC file. */
    ARROW_FILE(".arrow"),
    /** An Arrow IPC stream. */
    ARROW_STREAM(".arrows");

    private final String ending;

    DataFormat(final String ending) {
        this.ending = ending;
    }

    /** {@return the ending of the names of such files, with its dot} */
    public String ending() {
        return ending;
    }

    /**
     * Returns the format of a file by the ending of its name.
     *
     * @param file any path.
     * @return the format, empty for another ending.
     */
    public static Optional<DataFormat> of(final Path file) {
        final String name = file.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.ending))
                .findFirst();
    }

    /**
     * Returns the file of series that belongs to a file of versions: {@code NAME.series.csv} for {@code NAME.csv}.
     *
     * @param file of versions.
     * @return the path beside it.
     */
    public static Path seriesFile(final Path file) {
        final String name = file.getFileName().toString();
        final String ending = of(file).map(DataFormat::ending).orElse("");
        return file.resolveSibling(name.substring(0, name.length() - ending.length()) + ".series.csv");
    }

    /**
     * Creates a writer.
     *
     * @param stream  to write to; it is closed with the writer.
     * @param columns of the table.
     * @return the writer.
     * @throws IOException if the stream cannot be written.
     */
    public RowWriter writer(final OutputStream stream, final List<Column> columns) throws IOException {
        return switch (this) {
            case CSV -> new CsvRowWriter(stream, columns);
            case JSON_LINES -> new JsonRowWriter(stream, columns);
            case ARROW_FILE -> new ArrowRowWriter(stream, true, columns);
            case ARROW_STREAM -> new ArrowRowWriter(stream, false, columns);
        };
    }

    /**
     * Creates a reader.
     *
     * @param stream to read; it is closed with the reader.
     * @return the reader.
     * @throws IOException if the stream cannot be read, or is not in this format.
     */
    public RowReader reader(final InputStream stream) throws IOException {
        return switch (this) {
            case CSV -> new CsvRowReader(stream, ',');
            case JSON_LINES -> new JsonRowReader(stream);
            case ARROW_FILE, ARROW_STREAM -> new ArrowRowReader(stream);
        };
    }
}
