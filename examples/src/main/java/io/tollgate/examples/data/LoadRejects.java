package io.tollgate.examples.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.data.RejectHandler;
import io.tollgate.examples.csv.CsvOutput;
import io.tollgate.examples.points.RefusedLines;
import io.tollgate.examples.points.Rejects;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The refused rows of all files of a load: counted, printed as {@code file:row: reason}, and optionally written as CSV
 * with file, row, reason and text.
 */
final class LoadRejects implements Closeable {
    private final RefusedLines lines;
    private final Optional<CsvWriter> rejectsFile;

    LoadRejects(final RefusedLines lines, final Optional<Path> rejectsFile) throws IOException {
        this.lines = lines;
        this.rejectsFile =
                rejectsFile.isPresent() ? Optional.of(CsvOutput.create(rejectsFile.get())) : Optional.empty();
        this.rejectsFile.ifPresent(csv -> csv.writeRecord("file", "row", "reason", "text"));
    }

    /** Returns the handler for the rows of a file of versions and its file of series. */
    RejectHandler of(final Path file, final Path seriesFile) {
        return (isOfSeries, row, reason, message, text) -> {
            final Path refused = isOfSeries ? seriesFile : file;
            final String told = Rejects.oneLine(message);
            lines.add(reason, refused + ":" + row + ": " + told);
            rejectsFile.ifPresent(csv -> csv.writeRecord(refused.toString(), Long.toString(row), told, text));
        };
    }

    @Override
    public void close() throws IOException {
        if (rejectsFile.isPresent()) {
            rejectsFile.get().close();
        }
    }
}
