package io.tollgate.examples.file;

import io.tollgate.data.DataFormat;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowReader;
import io.tollgate.data.table.RowWriter;
import io.tollgate.data.text.CsvRowReader;
import io.tollgate.duckdb.ParquetRowReader;
import io.tollgate.duckdb.ParquetRowWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file of rows, in the format of its ending or in another one.
 *
 * @param path   of the file.
 * @param format of its rows, empty for Parquet.
 */
public record TableFile(Path path, Optional<DataFormat> format) {
    /** The endings of files, for messages. */
    public static final String EXPECTED = ".csv, .jsonl, .arrow, .arrows or .parquet";

    /** The ending of Parquet files. */
    public static final String PARQUET = ".parquet";

    private static final String DATABASE = "org/duckdb/";

    /**
     * Returns the file of a path, in the format of its ending.
     *
     * @param path of the file.
     * @return the file, empty if the ending is of no format.
     */
    public static Optional<TableFile> of(final Path path) {
        final Optional<DataFormat> format = DataFormat.of(path);
        final boolean isKnown =
                format.isPresent() || path.toString().toLowerCase(Locale.ROOT).endsWith(PARQUET);
        return isKnown ? Optional.of(new TableFile(path, format)) : Optional.empty();
    }

    /**
     * Returns the file of series that belongs to this file of versions.
     *
     * @return {@code NAME.series.csv} beside it.
     */
    public TableFile seriesFile() {
        final String name = path.toString();
        final boolean isParquet = name.toLowerCase(Locale.ROOT).endsWith(PARQUET);
        final Path named = isParquet ? Path.of(name.substring(0, name.length() - PARQUET.length())) : path;
        return new TableFile(DataFormat.seriesFile(named), Optional.of(DataFormat.CSV));
    }

    /**
     * Creates the file, or truncates it.
     *
     * @param columns of the table.
     * @return the writer of its rows, to be closed.
     * @throws IOException           if the file cannot be written.
     * @throws IllegalStateException if it is a Parquet file, and the jar of DuckDB is missing.
     */
    public RowWriter create(final List<Column> columns) throws IOException {
        if (format.isPresent()) {
            return format.get().writer(NamedOutput.create(path), columns);
        }
        try {
            return new ParquetRowWriter(path, columns);
        } catch (final NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    /**
     * Opens the file; the fields of CSV are separated by commas.
     *
     * @return the reader of its rows, to be closed.
     * @throws IOException           if the file cannot be read, or is not in this format.
     * @throws IllegalStateException if it is a Parquet file, and the jar of DuckDB is missing.
     */
    public RowReader open() throws IOException {
        return open(',');
    }

    /**
     * Opens the file.
     *
     * @param delimiter between the fields of CSV.
     * @return the reader of its rows, to be closed.
     * @throws IOException           if the file cannot be read, or is not in this format.
     * @throws IllegalStateException if it is a Parquet file, and the jar of DuckDB is missing.
     */
    public RowReader open(final char delimiter) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory, expected a file");
        }
        if (format.isPresent()) {
            final InputStream stream = Files.newInputStream(path);
            return format.get() == DataFormat.CSV
                    ? new CsvRowReader(stream, delimiter)
                    : format.get().reader(stream);
        }
        try {
            return new ParquetRowReader(path);
        } catch (final NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    /**
     * Explains that the jar of DuckDB is missing.
     *
     * @param e the failure to find one of its classes.
     * @return the exception, to be thrown; another class that is missing is no reason, and is thrown at once.
     */
    public static IllegalStateException missing(final NoClassDefFoundError e) {
        if (!String.valueOf(e.getMessage()).startsWith(DATABASE)) {
            throw e;
        }
        return new IllegalStateException(
                "duckdb_jdbc.jar is missing, expected it beside tollgate.jar; it is needed for Parquet and SQL", e);
    }
}
