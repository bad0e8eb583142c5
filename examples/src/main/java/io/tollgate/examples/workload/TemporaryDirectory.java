package io.tollgate.examples.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory in {@code java.io.tmpdir} that is deleted with its contents when it is closed. It is also deleted if the
 * process is terminated first, for example by an interrupt from the terminal.
 */
public final class TemporaryDirectory implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 100;

    private final Path path;
    private final Thread deletion = new Thread(this::deleteBesideWriters, "temporary-directory");

    /** Creates the directory. */
    public TemporaryDirectory() {
        try {
            path = Files.createTempDirectory("tollgate-");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(deletion);
    }

    /**
     * Returns its path.
     *
     * @return the path.
     */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            delete();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(deletion);
        } catch (final IllegalStateException e) {
            // The process is ending, and the shutdown hook has already deleted the directory.
            assert Files.notExists(path);
        }
    }

    /**
     * Deletes the directory repeatedly, because other threads continue while the process ends and may create files
     * meanwhile.
     */
    private void deleteBesideWriters() {
        for (int i = 0; i < MAX_ATTEMPTS && Files.exists(path); i++) {
            try {
                delete();
            } catch (final IOException | UncheckedIOException e) {
                Thread.yield();
            }
        }
    }

    private void delete() throws IOException {
        for (final Path file : deepestFirst()) {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
