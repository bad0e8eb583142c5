package io.tollgate.core;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.LogPositions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files in a data directory, looked at from outside.
 *
 * @param dataDirectory of an engine.
 * @param index         of the store.
 */
public record ShardFiles(Path dataDirectory, int index) {
    /**
     * The files of the only store.
     *
     * @param dataDirectory of an engine.
     */
    public ShardFiles(final Path dataDirectory) {
        this(dataDirectory, 0);
    }

    Path shard() {
        return dataDirectory.resolve("shard-" + index);
    }

    Path log() {
        return shard().resolve("log");
    }

    Path cleanMark() {
        return shard().resolve("clean");
    }

    Path positions() {
        return shard().resolve("positions");
    }

    boolean isMarkedClean() {
        return Files.exists(cleanMark());
    }

    /**
     * As after a power failure before anything was promised: the next opening has to rebuild the store from the log.
     */
    public void removeCleanMark() {
        promiseNothing();
        try {
            Files.delete(cleanMark());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The machine was started anew since, and nothing behind the checkpoints was promised before. */
    public void promiseNothing() {
        LogPositions.create(new SystemFileAccess(), positions(), "another boot", DirectoryIdentity.UNKNOWN, index, 0)
                .close();
    }

    /** Everything but the log, in the order of its names. */
    List<Path> store() throws IOException {
        return list(shard()).stream().filter(Files::isRegularFile).toList();
    }

    void copyLogTo(final Path target) throws IOException {
        Files.createDirectories(target);
        for (final Path file : list(log())) {
            Files.copy(file, target.resolve(file.getFileName()));
        }
    }

    void replaceLogBy(final Path source) throws IOException {
        for (final Path file : list(log())) {
            Files.delete(file);
        }
        for (final Path file : list(source)) {
            Files.copy(file, log().resolve(file.getFileName()));
        }
    }

    /** Changes the last byte of the log that is not zero: the last frame is no longer valid. */
    void tearLogTail() throws IOException {
        final List<Path> segments = list(log());
        for (int i = segments.size() - 1; i >= 0; i--) {
            final byte[] bytes = Files.readAllBytes(segments.get(i));
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] == 0) {
                end--;
            }
            if (end > 0) {
                bytes[end - 1] ^= 1 << 6;
                Files.write(segments.get(i), bytes);
                return;
            }
        }
        throw new IllegalStateException("log=" + log() + ", expected one with records");
    }

    private static List<Path> list(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
