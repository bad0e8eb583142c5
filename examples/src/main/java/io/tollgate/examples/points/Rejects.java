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
 * The refused lines of a file: counted with those of others, told as {@code file:line: reason}, and kept as CSV if
 * wanted.
 */
public final class Rejects implements Closeable {
    private static final int MAX_REASON_LENGTH = 400;

    private final InputFile input;
    private final RefusedLines lines;
    private final Optional<CsvWriter> file;

    /**
     * No line was refused yet.
     *
     * @param input       the file that is read.
     * @param lines       of all files.
     * @param rejectsFile where refused lines go as CSV of line, reason, text; empty for nowhere.
     * @throws IOException if that file cannot be made.
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
     * @param reason  why, in one word.
     * @param message that says what is wrong.
     */
    public void refuse(final CsvLine line, final String reason, final String message) {
        final String told = oneLine(message);
        lines.add(reason, input + ":" + line.number() + ": " + told);
        file.ifPresent(csv -> csv.writeRecord(Long.toString(line.number()), told, line.text()));
    }

    /**
     * Tells something of the file as a whole.
     *
     * @param text without the name of the file.
     */
    public void tell(final String text) {
        lines.tell(input + ": " + oneLine(text));
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    /**
     * Whatever a bad line holds, its reason is one line of bounded length that cannot steer a terminal, and that
     * any file takes.
     *
     * @param reason any text.
     * @return the text without line breaks, control and format characters and halves of characters, cut if it is long.
     */
    public static String oneLine(final String reason) {
        return PlainLine.of(reason, MAX_REASON_LENGTH);
    }
}
