package io.tollgate.core.store;

import io.tollgate.api.ClockMode;
import io.tollgate.core.file.Presence;
import io.tollgate.core.operation.ClockOperation;
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
 * Looks whether the files of a store that was closed cleanly are what they were then, and where all of them are looked
 * at, whether its maps are what would be written here. Nothing is opened as a map, and nothing is written.
 */
public final class StoreCheck {
    private static final int NO_MODE = ClockOperation.SAME_MODE;

    /** From so many bytes on checksums are worked out on several threads. */
    private static final long SHARED_LENGTH = 1L << 26;

    /** More find no more of what memory and disk give. */
    private static final int MAX_THREADS = 4;

    private final Path directory;
    private final Extent extent;
    private final int maxThreadCount;
    private final ThreadFactory threads;
    private final List<StoreDamage> damages = new ArrayList<>();

    /** What is looked at of each file. */
    private enum Extent {
        LENGTH,
        USED_BYTES,
        ALL_BYTES
    }

    private StoreCheck(final Path directory, final Extent extent) {
        this(directory, extent, 1, Thread::new);
    }

    private StoreCheck(
            final Path directory, final Extent extent, final int maxThreadCount, final ThreadFactory threads) {
        this.directory = directory;
        this.extent = extent;
        this.maxThreadCount = maxThreadCount;
        this.threads = threads;
    }

    /**
     * Checks all bytes, and that an opening would take the maps. It takes a store of which no more than bytes are
     * damaged that were never used.
     *
     * @param directory of a shard that nobody has open.
     * @return what is damaged; nothing if the shard was not closed cleanly and its mark is not damaged either.
     * @throws IllegalStateException if the JVM lacks the flags that {@link JvmAccess#requireOpen()} asks for.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static List<StoreDamage> all(final Path directory) {
        final List<StoreDamage> changed = new StoreCheck(directory, Extent.ALL_BYTES).check();
        if (changed.stream().noneMatch(StoreDamage::isUsed)) {
            changed.addAll(maps(directory));
        }
        return changed;
    }

    /**
     * Checks whether a store that is as it was closed, in all that is used of it, would be opened here.
     *
     * @param directory of a shard that nobody has open.
     * @return a map that would not be taken, empty if there is none, or the store is not as it was closed.
     * @throws IllegalStateException if the JVM lacks the flags that {@link JvmAccess#requireOpen()} asks for.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static Optional<StoreDamage> unlike(final Path directory) {
        final boolean isChanged =
                !new StoreCheck(directory, Extent.USED_BYTES).check().isEmpty();
        return isChanged ? Optional.empty() : maps(directory).stream().findFirst();
    }

    private static List<StoreDamage> maps(final Path directory) {
        final boolean isClosed = !StoreDirectory.closedFiles(directory).isEmpty();
        return isClosed ? StoreMaps.check(directory) : List.of();
    }

    /**
     * Checks the bytes that an open store reads: all but those that were never used.
     *
     * @param directory of a shard that nobody has open.
     * @return what is damaged; nothing if the shard was not closed cleanly and its mark is not damaged either.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static List<StoreDamage> used(final Path directory) {
        return new StoreCheck(directory, Extent.USED_BYTES).check();
    }

    /**
     * Checks the same, of a large store on up to four threads, which have ended when this returns: for who opens it,
     * and has nothing to do before.
     *
     * @param directory of a shard that nobody has open.
     * @param threads makes those but that of the caller.
     * @return what is damaged; nothing if the shard was not closed cleanly and its mark is not damaged either.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static List<StoreDamage> used(final Path directory, final ThreadFactory threads) {
        final int count = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
        return new StoreCheck(directory, Extent.USED_BYTES, count, threads).check();
    }

    /**
     * Checks that the files are there, and as long as they were. Who is just opening the store may have made more.
     *
     * @param directory of a shard.
     * @return what is damaged; nothing if the shard was not closed cleanly and its mark is not damaged either.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static List<StoreDamage> lengths(final Path directory) {
        return new StoreCheck(directory, Extent.LENGTH).check();
    }

    private List<StoreDamage> check() {
        final Path markFile = directory.resolve(StoreDirectory.CLEAN_FILE);
        if (!Presence.isThere(markFile)) {
            return damages;
        }
        final Optional<CleanMark> mark = CleanMark.read(markFile);
        if (mark.isEmpty()) {
            damages.add(new StoreDamage(markFile, 0, "bytes with a wrong crc32c", "the mark of a clean close"));
            return damages;
        }
        if (!mark.get().files().isEmpty()) {
            check(mark.get());
        }
        if (damages.stream().noneMatch(StoreDamage::isUsed)) {
            checkClockMode();
        }
        return damages;
    }

    private void check(final CleanMark mark) {
        try {
            final List<StoreFile> files = mark.files();
            final StoreDamage[] found = new StoreDamage[files.size()];
            SharedWork.each(threads, threadCount(files), files.size(), i -> found[i] = check(files.get(i)));
            Arrays.stream(found).filter(Objects::nonNull).forEach(damages::add);
            if (extent != Extent.LENGTH) {
                requireNoOthers(mark);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": cannot be checked", e);
        }
    }

    /** The mark may say right what bytes a header has that no engine has written. */
    private void checkClockMode() {
        final Path header = directory.resolve(StoreDirectory.HEADER_FILE);
        final int code = ShardHeader.closedClockMode(header).orElse(NO_MODE);
        if (code != NO_MODE && !ClockMode.isCode(code)) {
            damages.add(new StoreDamage(
                    header,
                    ShardHeader.CLOCK_MODE_OFFSET,
                    "clockModeCode=" + code,
                    NO_MODE + " to " + ClockMode.values().length));
        }
    }

    /** Small stores are read sooner than a thread is made. */
    private int threadCount(final List<StoreFile> files) {
        final long length = files.stream().mapToLong(StoreFile::usedLength).sum();
        return length < SHARED_LENGTH ? 1 : maxThreadCount;
    }

    /** Returns what is damaged of a file, null where nothing is. */
    private StoreDamage check(final StoreFile file) throws IOException {
        final Path path = directory.resolve(file.name());
        if (!Presence.isRegularFile(path)) {
            return new StoreDamage(path, 0, "no file", "length=" + file.length());
        }
        final long position = extent == Extent.LENGTH
                ? file.lengthDifference(directory)
                : file.firstDifference(directory, extent == Extent.ALL_BYTES);
        if (position < 0) {
            return null;
        }
        final long length = Files.size(path);
        final boolean isUsed = length != file.length() || position < file.usedLength();
        return new StoreDamage(
                path,
                position,
                length != file.length() ? "length=" + length : "other bytes than at the clean close",
                length != file.length()
                        ? "length=" + file.length()
                        : isUsed ? "crc32c as at the clean close" : "zero bytes behind what is used",
                isUsed);
    }

    private void requireNoOthers(final CleanMark mark) throws IOException {
        for (final Path file : mark.others(directory)) {
            damages.add(new StoreDamage(file, 0, "a file that the store did not have", "none"));
        }
    }
}
