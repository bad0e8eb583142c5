package io.tollgate.core.store;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Presence;
import java.io.IOException;
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

/**
 * The files of a store. Whoever changes them has the data directory locked, and the store is not open; to read marks
 * and to copy what was closed cleanly nothing is locked, and what is read may just be gone.
 */
public final class StoreDirectory {
    static final String CLEAN_FILE = "clean";
    static final String HEADER_FILE = "header";

    private static final String SUBSCRIPTIONS_FILE = "subscriptions";

    /** All files of a store, finished or not; not those of its log, and not its marks. */
    private static final Pattern STORE_FILES = Pattern.compile(
            "(header|(names|series|small|medium|large)-[0-9]+\\.(map|numbers))(\\.new)?|" + SUBSCRIPTIONS_FILE);

    private StoreDirectory() {}

    /**
     * Where a store that is closed cleanly says what was subscribed to, if anything was. Whoever closes it writes the
     * file before; the mark of the close covers it.
     *
     * @param directory of the shard.
     * @return the file, whether it is there or not.
     */
    public static Path subscriptions(final Path directory) {
        return directory.resolve(SUBSCRIPTIONS_FILE);
    }

    /**
     * The mark of a clean close.
     *
     * @param directory of the shard, or of a checkpoint.
     * @return its file, whether it is there or not.
     */
    public static Path cleanMark(final Path directory) {
        return directory.resolve(CLEAN_FILE);
    }

    /** The files of a store that are there; no directories, which may be those of a log or of another store. */
    static List<Path> files(final Path directory) throws IOException {
        final List<Path> found = new ArrayList<>();
        for (final Path file : FileTree.entries(directory, "*")) {
            if (STORE_FILES.matcher(file.getFileName().toString()).matches() && !Presence.isDirectory(file)) {
                found.add(file);
            }
        }
        return found;
    }

    /**
     * The sequence at which a store was closed cleanly.
     *
     * @param directory of the shard.
     * @return the last operation of the log that the store includes, empty if it was not closed cleanly.
     * @throws IllegalStateException if another version has closed it.
     */
    public static OptionalLong cleanSequence(final Path directory) {
        final Optional<CleanMark> mark = CleanMark.read(directory.resolve(CLEAN_FILE));
        return mark.isPresent() ? OptionalLong.of(mark.get().appliedSequence()) : OptionalLong.empty();
    }

    /**
     * Which data directory a store was written for that was closed cleanly.
     *
     * @param directory of the shard, or of a checkpoint; it may not be there.
     * @return its identity, 0 where that is not known.
     */
    public static long directoryId(final Path directory) {
        return CleanMark.read(directory.resolve(CLEAN_FILE))
                .map(CleanMark::directoryId)
                .orElse(CleanMark.UNKNOWN_DIRECTORY);
    }

    /**
     * Which clean close of a store was the last one, where nobody has opened it since.
     *
     * @param directory of the shard.
     * @return what is equal for the same close only, empty if the store was not closed cleanly.
     * @throws UncheckedIOException if the mark of the close cannot be read.
     */
    public static Optional<Object> lastClose(final Path directory) {
        try {
            final BasicFileAttributes mark =
                    Files.readAttributes(directory.resolve(CLEAN_FILE), BasicFileAttributes.class);
            return cleanSequence(directory).isPresent()
                    ? Optional.of(List.of(String.valueOf(mark.fileKey()), mark.lastModifiedTime()))
                    : Optional.empty();
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": the mark of its close cannot be read", e);
        }
    }

    /**
     * Says that the files of a store are all of it, though it is open: others may read them now.
     *
     * @param files     to write through.
     * @param directory of the shard.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static void markOpen(final FileAccess files, final Path directory) {
        OpenMark.write(files, directory);
    }

    /**
     * Whether there is a store, in whatever state.
     *
     * @param directory of the shard.
     * @return false where none was ever made there.
     */
    public static boolean isThere(final Path directory) {
        return Presence.isThere(directory.resolve(HEADER_FILE));
    }

    /**
     * Whether the files of a store are all of it, though it was not closed cleanly: they were opened, or rebuilt to
     * their end, since the machine was started.
     *
     * @param directory of the shard.
     * @return false while they are rebuilt, where that was not finished, and of copies.
     * @throws UncheckedIOException if the mark cannot be read.
     */
    public static boolean isMarkedOpen(final Path directory) {
        return OpenMark.isThere(directory);
    }

    /**
     * Whether a store was opened, and its log with it, and not closed cleanly since.
     *
     * @param directory of the shard.
     * @return true also of a store that was opened before the machine was started, and of a copy.
     */
    public static boolean wasOpened(final Path directory) {
        return OpenMark.wasWritten(directory);
    }

    /**
     * Whether the files of a store are copies of those of one that was open, and may be of several moments.
     *
     * @param directory of the shard.
     * @return true if its mark is that of other files.
     * @throws UncheckedIOException if the mark cannot be read.
     */
    public static boolean isCopyOfOpen(final Path directory) {
        return OpenMark.isCopied(directory);
    }

    /**
     * The sequence at which a store was last closed cleanly, as its header says: also where the mark of that is gone.
     *
     * @param directory of the shard.
     * @return the last operation of the log that the store included then, 0 if it never was or that cannot be told.
     * @throws UncheckedIOException if the header cannot be read.
     */
    public static long lastCloseSequence(final Path directory) {
        return ShardHeader.closedSequence(directory.resolve(HEADER_FILE));
    }

    /**
     * What moved the clock of a store when it was last closed cleanly.
     *
     * @param directory of the shard, or of a checkpoint.
     * @return the code of the mode, empty if there is no store of this version.
     * @throws UncheckedIOException if the header cannot be read.
     */
    public static OptionalInt clockModeCode(final Path directory) {
        return ShardHeader.closedClockMode(directory.resolve(HEADER_FILE));
    }

    /**
     * Which shard of how many a store was made for, as its header says. Where it is not closed that has no checksum.
     *
     * @param directory of the shard, or of a checkpoint.
     * @return the place, empty if there is no store, or it was given up.
     * @throws UncheckedIOException if the header cannot be read.
     */
    public static Optional<ShardPlace> place(final Path directory) {
        return ShardHeader.place(directory.resolve(HEADER_FILE));
    }

    /**
     * Takes the mark of a clean close away, on disk too: from now on the store may be written to.
     *
     * @param files     to write through.
     * @param directory of the shard.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static void removeCleanMark(final FileAccess files, final Path directory) {
        try {
            files.delete(directory.resolve(CLEAN_FILE));
            // Also where it was gone: that may not have been forced.
            files.forceDirectory(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "directory=" + directory + ": the mark of its close cannot be deleted; check the disk", e);
        }
    }

    /**
     * How long the files of a store were together when it was closed cleanly.
     *
     * @param directory of the shard, or of a checkpoint; it may not be there.
     * @return their length in bytes; 0 where it was not closed cleanly.
     * @throws UncheckedIOException if the mark of the close cannot be read.
     */
    public static long byteCount(final Path directory) {
        return closedFiles(directory).stream().mapToLong(StoreFile::length).sum();
    }

    /** The files of a store that was closed cleanly, as it says; none of one that was not. */
    static List<StoreFile> closedFiles(final Path directory) {
        return CleanMark.read(directory.resolve(CLEAN_FILE))
                .map(CleanMark::files)
                .orElse(List.of());
    }

    /**
     * Deletes the files of a store that is to be rebuilt from its log. Who still reads them is told by the header.
     *
     * @param files     to write through.
     * @param directory of the shard.
     */
    public static void discard(final FileAccess files, final Path directory) {
        try {
            ShardHeader.giveUp(files, directory.resolve(HEADER_FILE));
            OpenMark.remove(files, directory);
            for (final Path file : files(directory)) {
                files.delete(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": cannot be cleared", e);
        }
    }

    /**
     * Says of a store that is to be rebuilt that it is none any more: nobody believes what it says of its last close.
     *
     * @param files     to write through.
     * @param directory of the shard.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static void giveUp(final FileAccess files, final Path directory) {
        try {
            ShardHeader.giveUp(files, directory.resolve(HEADER_FILE));
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": the header cannot be written", e);
        }
    }

    /**
     * What the operating system knows the header of a store by: another file in its place is known by something else.
     *
     * @param directory of the shard.
     * @return the name, empty if there is no header.
     * @throws UncheckedIOException if that cannot be told.
     */
    static Optional<String> headerKey(final Path directory) {
        try {
            return Optional.of(
                    String.valueOf(Files.readAttributes(directory.resolve(HEADER_FILE), BasicFileAttributes.class)
                            .fileKey()));
        } catch (final NoSuchFileException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": its header cannot be looked at", e);
        }
    }

    /**
     * Whether a store was given up, to be rebuilt, and its files are not deleted yet.
     *
     * @param directory of the shard.
     * @return false also if there is none.
     * @throws UncheckedIOException if the header cannot be read.
     */
    public static boolean isGivenUp(final Path directory) {
        try {
            return ShardHeader.isGivenUp(directory.resolve(HEADER_FILE));
        } catch (final NoSuchFileException e) {
            return false;
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": its header cannot be read", e);
        }
    }

    /**
     * How many series, and blocks of each size, the first maps of a store were made for. Only the range is checked.
     *
     * @param directory of the shard.
     * @return the count, empty if there is none that can be so.
     * @throws UncheckedIOException if the table that says it cannot be read.
     */
    public static OptionalInt firstMapEntries(final Path directory) {
        return new ChainFiles(directory, "series").firstCapacity();
    }

    /**
     * Makes what was never used of the files of a store that was closed cleanly zero, as it was then, whatever the disk
     * has put there. All that is used of them is as it was.
     *
     * @param files     to write through.
     * @param directory of the shard, or of a checkpoint.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static void clearUnused(final FileAccess files, final Path directory) {
        try {
            for (final StoreFile file : closedFiles(directory)) {
                if (file.firstDifference(directory, true) >= 0) {
                    file.clearUnused(files, directory);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": cannot be cleared; check the disk", e);
        }
    }
}
