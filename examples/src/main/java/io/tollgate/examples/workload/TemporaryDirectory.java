package io.tollgate.examples.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that is gone, with all in it, when it is closed, or when the process is asked to end before that, by an
 * interrupt of the terminal, say. It lies where {@code java.io.tmpdir} says.
 */
public final class TemporaryDirectory implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 100;

    private final Path path;
    private final Thread deletion = new Thread(this::deleteBesideWriters, "temporary-directory");

    /** Makes it, empty. */
    public TemporaryDirectory() {
        try {
            path = Files.createTempDirectory("tollgate-");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(deletion);
    }

    /**
     * Where it is.
     *
     * @return its path.
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
            // The process is ending, and will find nothing to delete.
            assert Files.notExists(path);
        }
    }

    /** Whoever writes goes on while a process ends, and may make a file between two looks. */
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
