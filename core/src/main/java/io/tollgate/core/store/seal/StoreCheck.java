package io.tollgate.core.store.seal;

import io.tollgate.core.file.FileProbe;
import io.tollgate.core.store.memory.SharedWork;
import io.tollgate.core.store.memory.StoreDamage;
import io.tollgate.core.store.memory.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Compares a closed store with its seal. The check covers all bytes that an open store reads. It opens no map and
 * writes no file.
 */
public final class StoreCheck {
    /** Several threads compute the checksums if the total used length in bytes is at least this. */
    private static final long SHARED_LENGTH = 1L << 26;

    /** More threads are not faster, because memory and disk are the limit. */
    private static final int MAX_THREADS = 4;

    private final Path directory;

    private StoreCheck(final Path directory) {
        this.directory = directory;
    }

    /**
     * Compares all used bytes of a store with its seal, on the calling thread.
     *
     * @param directory of the store, which must not be open.
     * @return the damage found.
     * @throws UncheckedIOException if a file cannot be read.
     */
    public static List<StoreDamage> used(final Path directory) {
        return new StoreCheck(directory).check(1, Thread::new);
    }

    /**
     * Compares all used bytes of a store with its seal. Uses up to four threads for a large store. These threads have
     * ended when this returns.
     *
     * @param directory of the store, which must not be open.
     * @param threads   to create threads with.
     * @return the damage found.
     * @throws UncheckedIOException if a file cannot be read.
     */
    public static List<StoreDamage> used(final Path directory, final ThreadFactory threads) {
        final int count = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
        return new StoreCheck(directory).check(count, threads);
    }

    private List<StoreDamage> check(final int maxThreadCount, final ThreadFactory threads) {
        final Optional<StoreSeal> seal = StoreSeal.read(directory);
        if (seal.isEmpty()) {
            final Path file = StoreSeal.file(directory);
            final String found = FileProbe.isThere(file) ? "bytes with a wrong crc32c" : "no file";
            return List.of(new StoreDamage(file, 0, found, "the seal of a closed store"));
        }
        try {
            final List<StoreFile> files = seal.get().files();
            final long length = files.stream().mapToLong(StoreFile::usedLength).sum();
            final StoreDamage[] found = new StoreDamage[files.size()];
            SharedWork.each(
                    threads,
                    length < SHARED_LENGTH ? 1 : maxThreadCount,
                    files.size(),
                    i -> found[i] = check(files.get(i)));
            final List<StoreDamage> damages = new ArrayList<>(
                    Arrays.stream(found).filter(Objects::nonNull).toList());
            for (final Path other : seal.get().others(directory)) {
                damages.add(new StoreDamage(other, 0, "a file that the seal does not name", "none"));
            }
            return damages;
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": its files cannot be read; check the disk", e);
        }
    }

    /** Returns the damage of a file; null if there is none. */
    private StoreDamage check(final StoreFile file) throws IOException {
        final Path path = directory.resolve(file.name());
        if (!FileProbe.isRegularFile(path)) {
            return new StoreDamage(path, 0, "no file", "length=" + file.length());
        }
        final long position = file.firstDifference(directory);
        if (position < 0) {
            return null;
        }
        final long length = Files.size(path);
        return length != file.length()
                ? new StoreDamage(path, position, "length=" + length, "length=" + file.length())
                : new StoreDamage(path, position, "bytes with another crc32c", "the crc32c of the seal");
    }
}
