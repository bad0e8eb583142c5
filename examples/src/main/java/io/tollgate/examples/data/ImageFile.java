package io.tollgate.examples.data;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.examples.file.NamedOutput;
import io.tollgate.examples.file.TableFile;
import io.tollgate.examples.points.RefusedInputException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * A file with the image of a data directory.
 *
 * @param path of the file.
 */
record ImageFile(Path path) {
    /** The name of the format. */
    static final String FORMAT = "image";

    /** The endings of all files of dump and load, for messages. */
    static final String EXPECTED = TableFile.EXPECTED.replace(" or ", ", ") + " or ." + FORMAT;

    /** Returns true if a file is an image by its ending. */
    static boolean isNamed(final Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith('.' + FORMAT);
    }

    /** Writes the series whose keys match a pattern, and returns their number. */
    long write(final DirectoryView view, final String pattern, final LongConsumer progress) throws IOException {
        try (OutputStream out = new BufferedOutputStream(NamedOutput.create(path))) {
            return view.writeImage(pattern, out, progress);
        }
    }

    /**
     * Returns the clock mode of the engine of the image, which an engine that loads it must have.
     *
     * @throws RefusedInputException if the file is not an image.
     */
    ClockMode clockMode() throws IOException, RefusedInputException {
        try (InputStream in = open(bytes -> {})) {
            return DirectoryView.clockModeOfImage(in);
        } catch (final IllegalArgumentException e) {
            throw new RefusedInputException(path + ": " + e.getMessage(), e);
        }
    }

    private InputStream open(final LongConsumer progress) throws IOException {
        return new BufferedInputStream(new CountedInput(Files.newInputStream(path), progress));
    }

    /**
     * Loads the image, and returns the number of series.
     *
     * @param engine   receives the series.
     * @param progress called with the number of bytes read so far.
     * @throws RefusedInputException if the image is damaged, or the engine refuses a series; the message says how many
     *                               series are loaded.
     */
    long load(final Engine engine, final LongConsumer progress) throws IOException, RefusedInputException {
        final long before = engine.admin().statistics().seriesCount();
        try (InputStream in = open(progress)) {
            return engine.images().loadAll(in);
        } catch (final IllegalArgumentException | IllegalStateException e) {
            final long loaded = engine.admin().statistics().seriesCount() - before;
            throw new RefusedInputException(path + ": " + e.getMessage() + "; series loaded before: " + loaded, e);
        } catch (final UncheckedIOException e) {
            throw new IOException(path + ": " + e.getCause().getMessage(), e);
        }
    }

    /** Reports the number of bytes read so far. */
    private static final class CountedInput extends FilterInputStream {
        private final LongConsumer progress;
        private long count;

        CountedInput(final InputStream stream, final LongConsumer progress) {
            super(stream);
            this.progress = progress;
        }

        @Override
        public int read(final byte[] bytes, final int offset, final int length) throws IOException {
            final int read = super.read(bytes, offset, length);
            count += Math.max(read, 0);
            progress.accept(count);
            return read;
        }
    }
}
