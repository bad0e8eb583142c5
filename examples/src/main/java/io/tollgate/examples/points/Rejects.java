package io.tollgate.examples.points;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.examples.csv.CsvLine;
import io.tollgate.examples.csv.CsvOutput;
import io.tollgate.examples.terminal.PlainLine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The refused lines of a file: counted with those of other files, printed as {@code file:line: reason}, and optionally
 * written as CSV.
 */
public final class Rejects implements Closeable {
    private static final int MAX_REASON_LENGTH = 400;

    private final InputFile input;
    private final RefusedLines lines;
    private final Optional<CsvWriter> file;

    /**
     * Creates an empty collection.
     *
     * @param input       the file that is read.
     * @param lines       refused lines of all files.
     * @param rejectsFile CSV file for refused lines with line, reason and text; empty for none.
     * @throws IOException if that file cannot be created.
     */
    public Rejects(final InputFile input, final RefusedLines lines, final Optional<Path> rejectsFile)
            throws IOException {
        this.input = input;
        this.lines = lines;
        file = rejectsFile.isPresent() ? Optional.of(CsvOutput.create(rejectsFile.get())) : Optional.empty();
        file.ifPresent(csv -> csv.writeRecord("line", "reason", "text"));
    }

    /**
     * Refuses a line.
     *
     * @param line    of the input.
     * @param reason  one word.
     * @param message the fault.
     */
    public void refuse(final CsvLine line, final String reason, final String message) {
        final String told = oneLine(message);
        lines.add(reason, input + ":" + line.number() + ": " + told);
        file.ifPresent(csv -> csv.writeRecord(Long.toString(line.number()), told, line.text()));
    }

    /**
     * Prints a message about the file as a whole.
     *
     * @param text without the name of the file.
     */
    public void report(final String text) {
        lines.report(input + ": " + oneLine(text));
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    /**
     * Formats a reason as one line of bounded length, whatever the refused line contains. The result cannot control a
     * terminal and can be written to any file.
     *
     * @param reason any text.
     * @return the text without line breaks, control and format characters or unpaired surrogates, cut if it is long.
     */
    public static String oneLine(final String reason) {
        return PlainLine.of(reason, MAX_REASON_LENGTH);
    }
}
