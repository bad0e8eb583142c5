package io.tollgate.examples.data;

import io.tollgate.data.DataFormat;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.RowReader;
import io.tollgate.data.table.RowWriter;
import io.tollgate.examples.file.NamedOutput;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of rows, in the format of its ending or in another one.
 *
 * @param path   of the file.
 * @param format of its rows.
 */
public record TableFile(Path path, DataFormat format) {
    /** The endings of files, for messages. */
    public static final String EXPECTED = ".csv or .jsonl";

    /**
     * Returns the file of a path, in the format of its ending.
     *
     * @param path of the file.
     * @return the file, empty if the ending is of no format.
     */
    public static Optional<TableFile> of(final Path path) {
        return DataFormat.of(path).map(format -> new TableFile(path, format));
    }

    /**
     * Creates the file, or truncates it.
     *
     * @param columns of the table.
     * @return the writer of its rows, to be closed.
     * @throws IOException if the file cannot be written.
     */
    public RowWriter create(final List<Column> columns) throws IOException {
        return format.writer(NamedOutput.create(path), columns);
    }

    /**
     * Opens the file.
     *
     * @return the reader of its rows, to be closed.
     * @throws IOException if the file cannot be read, or is not in this format.
     */
    public RowReader open() throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory, expected a file");
        }
        return format.reader(Files.newInputStream(path));
    }
}
