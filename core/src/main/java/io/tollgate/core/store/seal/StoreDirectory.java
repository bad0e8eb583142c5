package io.tollgate.core.store.seal;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.store.block.StoreHeader;
import io.tollgate.core.store.chain.ChainFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The files of a store. Before a caller changes them, it must lock the data directory. The store must not be open.
 */
public final class StoreDirectory {

    private static final String SUBSCRIPTIONS_FILE = "subscriptions";

    /** Matches the names of all files of a store, finished or not, except its seal. */
    private static final Pattern STORE_FILES = Pattern.compile(
            "(header|(names|series|tiny|small|half|medium|double|large)-[0-9]+\\.(map|numbers))(\\.new)?|"
                    + SUBSCRIPTIONS_FILE);

    private StoreDirectory() {}

    /**
     * Returns the file in which a closed store keeps its subscriptions and their notification state. The file is
     * written before the seal, and the seal has its checksums.
     *
     * @param directory of the store.
     * @return its path.
     */
    public static Path subscriptions(final Path directory) {
        return directory.resolve(SUBSCRIPTIONS_FILE);
    }

    /** Returns the existing files of the store. */
    static List<Path> files(final Path directory) throws IOException {
        final List<Path> found = new ArrayList<>();
        for (final Path file : FileTree.entries(directory, "*")) {
            if (STORE_FILES.matcher(file.getFileName().toString()).matches() && !FileProbe.isDirectory(file)) {
                found.add(file);
            }
        }
        return found;
    }

    /**
     * Deletes the files of a store that is to be rebuilt. The seal is deleted first. A reader that has mapped the
     * header can detect that the store was discarded.
     *
     * @param files     to access the directory with.
     * @param directory of the store.
     * @throws UncheckedIOException if a file operation fails.
     */
    public static void discard(final FileAccess files, final Path directory) {
        try {
            files.delete(StoreSeal.file(directory));
            StoreHeader.abandon(files, directory.resolve(ChainFiles.HEADER_FILE));
            for (final Path file : files(directory)) {
                files.delete(file);
            }
            files.forceDirectory(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": cannot be cleared; check the disk", e);
        }
    }

    /**
     * Deletes the seal of a store that is about to be changed.
     *
     * @param files     to access the directory with.
     * @param directory of the store.
     * @throws UncheckedIOException if a file operation fails.
     */
    public static void unseal(final FileAccess files, final Path directory) {
        try {
            files.delete(StoreSeal.file(directory));
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "file=" + StoreSeal.file(directory) + ": cannot be deleted; check the disk", e);
        }
    }

    /**
     * Returns the operating system's file key of a store's header. A file that replaces the header has another key.
     *
     * @param directory of the store.
     * @return the key; empty if there is no header.
     */
    public static Optional<String> headerKey(final Path directory) {
        try {
            return Optional.of(String.valueOf(
                    Files.readAttributes(directory.resolve(ChainFiles.HEADER_FILE), BasicFileAttributes.class)
                            .fileKey()));
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "directory=" + directory + ": its header cannot be accessed; check its permissions", e);
        }
    }

    /**
     * Returns the number of series, and of blocks of each size class, that fit into the first maps of a store. Only the
     * range of the number is checked.
     *
     * @param directory of the store.
     * @return the number; empty if there is no store.
     * @throws UncheckedIOException if it cannot be read.
     */
    public static OptionalInt firstMapEntries(final Path directory) {
        return new ChainFiles(directory, "series").firstCapacity();
    }

    /**
     * Returns the engine clock of a store at its clean close.
     *
     * @param directory of the store.
     * @return nanoseconds since the epoch; empty if the store is not sealed or never had a clock.
     * @throws UncheckedIOException if it cannot be read.
     */
    public static OptionalLong closedNow(final Path directory) {
        if (!FileProbe.isThere(StoreSeal.file(directory))) {
            return OptionalLong.empty();
        }
        final Path header = directory.resolve(ChainFiles.HEADER_FILE);
        try (InputStream in = Files.newInputStream(header)) {
            final UnsafeBuffer bytes = new UnsafeBuffer(in.readNBytes(StoreHeader.LENGTH));
            final long now =
                    bytes.capacity() < StoreHeader.LENGTH ? Long.MIN_VALUE : bytes.getLong(StoreHeader.NOW_OFFSET);
            return now == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(now);
        } catch (final NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + header + ": cannot be read", e);
        }
    }
}
