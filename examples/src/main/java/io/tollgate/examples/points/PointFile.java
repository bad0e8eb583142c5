package io.tollgate.examples.points;

import io.tollgate.api.series.Series;
import io.tollgate.examples.csv.CsvInput;
import io.tollgate.examples.csv.CsvLine;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.BiConsumer;

/**
 * A file of points: a header with the columns, then one point on each line. Single-threaded.
 *
 * @param lines   after the header.
 * @param columns of the header.
 */
public record PointFile(CsvInput lines, PointColumns columns) implements Closeable {
    private static final String UNREADABLE = "UNREADABLE";

    /**
     * Opens a file and reads its header.
     *
     * @param file to read.
     * @return the file, to be closed.
     * @throws IOException           if the file cannot be read.
     * @throws RefusedInputException if it has no usable header.
     */
    public static PointFile open(final InputFile file) throws IOException, RefusedInputException {
        final CsvInput lines = file.open();
        try {
            return new PointFile(lines, header(file, lines));
        } catch (final IOException | RefusedInputException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private static PointColumns header(final InputFile file, final CsvInput lines)
            throws IOException, RefusedInputException {
        if (!lines.hasNext()) {
            throw new RefusedInputException(file + ":1: no header, " + PointColumns.EXPECTED);
        }
        final CsvLine header = lines.next();
        try {
            return PointColumns.of(header);
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

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
