package io.tollgate.core;

import io.tollgate.core.directory.DataDirectory;
import io.tollgate.core.directory.Manifest;
import io.tollgate.core.directory.ManifestFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.store.BootId;
import io.tollgate.core.store.ForgedSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The files in a data directory, looked at from outside.
 *
 * @param dataDirectory of an engine.
 */
public record DirectoryFiles(Path dataDirectory) {
    private static final FileAccess FILES = new SystemFileAccess();

    Path log() {
        return dataDirectory.resolve("log");
    }

    Path segment(final int index) {
        return log().resolve(String.format("log-%016x.seg", index));
    }

    Path store() {
        return dataDirectory.resolve("store");
    }

    /** The seal of the store, there after a clean close. */
    Path seal() {
        return store().resolve("seal");
    }

    Path manifestFile() {
        return dataDirectory.resolve(ManifestFile.FILE_NAME);
    }

    Manifest manifest() {
        return ManifestFile.read(dataDirectory).orElseThrow().manifest();
    }

    /** The directory of the newest checkpoint. */
    Path checkpoint() {
        return dataDirectory.resolve("checkpoint-" + manifest().checkpointSequence());
    }

    /** The directories of all checkpoints, the newest first. */
    List<Path> checkpoints() {
        final DataDirectory directory = new DataDirectory(dataDirectory);
        return directory.checkpoints().stream().map(directory::checkpoint).toList();
    }

    /** The segments of the log, as the manifest identifies them. */
    public LogFiles logFiles() {
        return new LogFiles(FILES, log(), manifest().identity());
    }

    boolean isClosed() {
        return manifest().state() == Manifest.State.CLOSED;
    }

    /** As after a power failure that left all of the log: the next opening has to rebuild the store from it. */
    public void markNotClosed() {
        change(manifest -> manifest.opened("another boot", manifest.clockModeCode()), Optional.of(0L));
        try {
            Files.deleteIfExists(seal());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As after a kill of the engine on this machine, which is still running. */
    void markKilled() {
        markNotClosed();
        change(manifest -> manifest.opened(BootId.current(), manifest.clockModeCode()), Optional.empty());
    }

    /** The manifest is the one of this file, as if it had not been copied. */
    void adopt() {
        change(manifest -> manifest, Optional.empty());
    }

    /** Changes the manifest; the positions are set, if they are given. */
    void change(final UnaryOperator<Manifest> change, final Optional<Long> position) {
        final Manifest found = manifest();
        try (ManifestFile file = ManifestFile.open(FILES, dataDirectory)) {
            position.ifPresent(file::begin);
            file.write(change.apply(found));
        }
    }

    /** Seals the store as it is now, as if the engine had closed it so. */
    void reseal() throws IOException {
        final int crc = ForgedSeal.write(store());
        change(
                manifest -> manifest.closed(
                        manifest.clockModeCode(),
                        new Manifest.Seal(manifest.seal().orElseThrow().sequence(), crc)),
                Optional.empty());
    }

    /** As if no checkpoint had been made; the log has all operations. */
    void deleteCheckpoints() throws IOException {
        for (final Path checkpoint : checkpoints()) {
            FileTree.delete(FILES, checkpoint);
        }
        change(manifest -> manifest.withCheckpoint(0), Optional.empty());
    }

    /** The files of the store, in the order of their names. */
    List<Path> storeFiles() throws IOException {
        return list(store());
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
