package io.tollgate.core.store;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The file {@code open}: it says that the files of a store are all of it, though it is not closed, for as long as the
 * machine runs: it was opened or rebuilt to its end, and what was written since stands in the memory of the operating
 * system. It holds {@code bootId=... header=... stamp=...}. The header is named by what the operating system knows the
 * file by, and so is {@code stamp}, an empty file that is made with the mark, with the instant at which it was changed
 * last: a copy of the files, which may be of several moments, has another one, though it be given the numbers of the
 * files in whose place it is put. Who rebuilds a store takes the mark away first.
 */
final class OpenMark {
    private static final String FILE_NAME = "open";
    private static final String STAMP_NAME = "stamp";
    private static final String BOOT_ID = "bootId=";
    private static final String HEADER = " header=";
    private static final String STAMP = " stamp=";
    private static final int MAX_LENGTH = 1 << 12;
    private static final boolean IS_UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private OpenMark() {}

    /** Says so; nothing is forced, as it says nothing after another start of the machine. */
    static void write(final FileAccess files, final Path directory) {
        final Path file = directory.resolve(FILE_NAME);
        try {
            remove(files, directory);
            files.create(directory.resolve(STAMP_NAME)).close();
            final ByteBuffer text = StandardCharsets.US_ASCII.encode(text(directory));
            try (DataFile mark = files.create(file)) {
                mark.writeAll(text, 0);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be written; check the disk", e);
        }
    }

    private static String text(final Path directory) throws IOException {
        final Path stamp = directory.resolve(STAMP_NAME);
        return BOOT_ID
                + BootId.current()
                + HEADER
                + key(directory.resolve(StoreDirectory.HEADER_FILE))
                + STAMP
                + key(stamp)
                + changeTime(stamp);
    }

    private static Object key(final Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Which nobody can set. Where the operating system does not tell it, it tells no boot id either. */
    private static Object changeTime(final Path file) throws IOException {
        return IS_UNIX ? Files.getAttribute(file, "unix:ctime") : BootId.UNKNOWN;
    }

    /** Whether it was said of these very files since the machine was started. */
    static boolean isThere(final Path directory) {
        try {
            return !BootId.current().equals(BootId.UNKNOWN) && read(directory).equals(text(directory));
        } catch (final NoSuchFileException e) {
            return false;
        } catch (final IOException e) {
            throw cannotBeRead(directory, e);
        }
    }

    /** Whether it was ever said, of whatever files, and not taken back. */
    static boolean wasWritten(final Path directory) {
        return Presence.isThere(directory.resolve(FILE_NAME));
    }

    /** Whether it was said since the machine was started, but of other files: these are copies. */
    static boolean isCopied(final Path directory) {
        try {
            return read(directory).startsWith(BOOT_ID + BootId.current() + HEADER) && !isThere(directory);
        } catch (final NoSuchFileException e) {
            return false;
        } catch (final IOException e) {
            throw cannotBeRead(directory, e);
        }
    }

    private static String read(final Path directory) throws IOException {
        return new String(WholeFile.read(directory.resolve(FILE_NAME), MAX_LENGTH), StandardCharsets.ISO_8859_1);
    }

    private static UncheckedIOException cannotBeRead(final Path directory, final IOException e) {
        return new UncheckedIOException("file=" + directory.resolve(FILE_NAME) + ": cannot be read", e);
    }

    static void remove(final FileAccess files, final Path directory) {
        final Path file = directory.resolve(FILE_NAME);
        try {
            files.delete(file);
            files.delete(directory.resolve(STAMP_NAME));
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be deleted; check the disk", e);
        }
    }
}
