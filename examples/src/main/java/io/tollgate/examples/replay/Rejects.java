package io.tollgate.examples.replay;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.examples.csv.CsvLine;
import io.tollgate.examples.csv.CsvOutput;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** The refused lines: counted, told on standard error as {@code file:line: reason}, and kept as CSV if wanted. */
final class Rejects implements Closeable {
    private static final int MAX_REASON_LENGTH = 400;

    private final Path input;
    private final PrintWriter err;
    private final Optional<CsvWriter> file;
    private long count;

    Rejects(final Path input, final PrintWriter err, final Optional<Path> rejectsFile) throws IOException {
        this.input = input;
        this.err = err;
        file = rejectsFile.isPresent() ? Optional.of(CsvOutput.create(rejectsFile.get())) : Optional.empty();
        file.ifPresent(csv -> csv.writeRecord("line", "reason", "text"));
    }

    void refuse(final CsvLine line, final String reason) {
        final String told = oneLine(reason);
        count++;
        err.println(input + ":" + line.number() + ": " + told);
        file.ifPresent(csv -> csv.writeRecord(Long.toString(line.number()), told, line.text()));
    }

    long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    /** Whatever a bad line holds, its reason is one line of bounded length that cannot steer a terminal. */
    static String oneLine(final String reason) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < reason.length() && i < MAX_REASON_LENGTH; i++) {
            final char c = reason.charAt(i);
            if (Character.isISOControl(c)) {
                line.append("\\u").append(String.format("%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.append(reason.length() > MAX_REASON_LENGTH ? "..." : "").toString();
    }
}
