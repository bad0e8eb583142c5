package io.tollgate.examples.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is gone, with all in it, when it is closed. It lies where {@code java.io.tmpdir} says. */
public final class TemporaryDirectory implements AutoCloseable {
    private final Path path;

    /** Makes it, empty. */
    public TemporaryDirectory() {
        try {
            path = Files.createTempDirectory("tollgate-");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
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
            for (final Path file : deepestFirst()) {
                Files.delete(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
