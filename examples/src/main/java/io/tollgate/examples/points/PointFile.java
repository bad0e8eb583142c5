package io.tollgate.examples.points;

import io.tollgate.api.series.Series;
import io.tollgate.examples.csv.CsvLine;
import io.tollgate.examples.csv.RowLines;
import io.tollgate.examples.terminal.PlainLine;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.BiConsumer;

/**
 * A file of points: a header with the columns, then one point on each line. Single-threaded.
 *
 * @param lines   after the header.
 * @param columns of the header.
 */
public record PointFile(RowLines lines, PointColumns columns) implements Closeable {
    private static final String UNREADABLE = "UNREADABLE";
    private static final int SHOWN_LINES = 10;

    /**
     * Opens a file and reads its header.
     *
     * @param file    to read.
     * @param options for the form of the file.
     * @return the file, to be closed.
     * @throws IOException           if the file cannot be read.
     * @throws RefusedInputException if it has no usable header.
     */
    public static PointFile open(final InputFile file, final InputOptions options)
            throws IOException, RefusedInputException {
        final RowLines lines = file.open(options.delimiter());
        try {
            return new PointFile(lines, header(file, lines, options));
        } catch (final IOException | RefusedInputException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private static PointColumns header(final InputFile file, final RowLines lines, final InputOptions options)
            throws IOException, RefusedInputException {
        lines.hasNext();
        final CsvLine header = lines.next();
        try {
            return PointColumns.of(header, options.columns(), options.ignoresOthers());
        } catch (final IllegalArgumentException e) {
            throw new RefusedInputException(file + ":" + header.number() + ": " + Rejects.oneLine(e.getMessage()), e);
        }
    }

    /**
     * Offers all points to an engine. A bad line is refused, and reading continues. Reports the number of lines without
     * effect.
     *
     * @param format   converts a line to a point.
     * @param feed     receives the points.
     * @param rejects  receives refused lines.
     * @param progress updated for each line.
     * @param accepted called after each accepted point, with its series.
     * @throws IOException if the file cannot be read.
     */
    public void feed(
            final PointFormat format,
            final PointFeed feed,
            final Rejects rejects,
            final Progress progress,
            final BiConsumer<PointLine, Series> accepted)
            throws IOException {
        final long unchangedBefore = feed.unchangedCount();
        while (lines.hasNext()) {
            final CsvLine line = lines.next();
            try {
                final PointLine point = format.parse(line);
                accepted.accept(point, feed.accept(point));
            } catch (final IllegalArgumentException e) {
                progress.end();
                final String reason = e instanceof RefusedPointException refused ? refused.reason() : UNREADABLE;
                rejects.refuse(line, reason, e.getMessage());
            }
            progress.advance(lines.byteCount());
        }
        progress.end();
        final long unchanged = feed.unchangedCount() - unchangedBefore;
        if (unchanged > 0) {
            rejects.report("unchangedLines=" + unchanged + ", which repeat known values");
        }
    }

    /**
     * Prints the first points as understood, and the refused lines among them with their reasons.
     *
     * @param format converts a line to a point.
     * @param out    receives the lines.
     * @throws IOException if the file cannot be read.
     */
    public void show(final PointFormat format, final PrintWriter out) throws IOException {
        for (int i = 0; i < SHOWN_LINES && lines.hasNext(); i++) {
            final CsvLine line = lines.next();
            try {
                out.println(
                        line.number() + ": " + PlainLine.of(format.parse(line).text(format.scale())));
            } catch (final IllegalArgumentException e) {
                out.println(line.number() + ": refused: " + Rejects.oneLine(e.getMessage()));
            }
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
