package io.tollgate.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is there as a whole or not at all, whenever the process or the machine stops. An interrupt of the thread
 * does not end its writing, and is left to the caller.
 */
public final class FileContents {
    private static final String UNFINISHED_SUFFIX = ".new";

    /** More than a seal, and than most kinds have. */
    private static final int MAX_STRANGE_LENGTH = 1 << 16;

    private FileContents() {}

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Contents {
        /**
         * Writes all of it; once more, to another file, where an interrupt has ended that.
         *
         * @param file that is empty.
         * @throws IOException if the disk refuses or is full.
         */
        void writeTo(DataFile file) throws IOException;
    }

    /**
     * Writes it in the place of one that is there, which is gone only when the new one is on disk.
     *
     * @param files to reach it through.
     * @param path  of the file.
     * @param bytes all of it.
     * @throws IOException if the disk refuses or is full; what was there is still there, as it was, or, where no more
     *     than its name could not be forced, all of the new one is.
     */
    public static void write(final FileAccess files, final Path path, final ByteBuffer bytes) throws IOException {
        write(files, path, file -> file.writeAll(bytes.duplicate(), 0));
    }

    /**
     * Writes it in the place of one that is there, which is gone only when the new one is on disk.
     *
     * @param files    to reach it through.
     * @param path     of the file.
     * @param contents all of it.
     * @throws IOException if the disk refuses or is full; what was there is still there, as it was, or, where no more
     *     than its name could not be forced, all of the new one is.
     */
    public static void write(final FileAccess files, final Path path, final Contents contents) throws IOException {
        Uninterruptibles.call(() -> replace(files, path, contents));
    }

    /**
     * Where it is written before it gets its name; it stays there where the process is killed meanwhile.
     *
     * @param path of the file.
     * @return the path beside it.
     */
    public static Path unfinished(final Path path) {
        return path.resolveSibling(path.getFileName() + UNFINISHED_SUFFIX);
    }

    private static Path replace(final FileAccess files, final Path path, final Contents contents) throws IOException {
        final Path unfinished = unfinished(path);
        files.delete(unfinished);
        try {
            try (DataFile file = files.create(unfinished)) {
                contents.writeTo(file);
                file.force();
            }
            files.rename(unfinished, path);
        } catch (final IOException | RuntimeException | Error e) {
            // The disk may be full, or the memory.
            deleteAfter(e, files, unfinished);
            throw e;
        }
        files.forceDirectory(path.toAbsolutePath().getParent());
        return path;
    }

    /**
     * Reads it, or, of one that is longer than its kind has, some more than a seal: that was not written by us, and its
     * seal is broken then. So a file that somebody has made very long takes neither memory nor time.
     *
     * @param path      of the file.
     * @param maxLength most bytes that one of its kind has.
     * @return its bytes.
     * @throws java.nio.file.NoSuchFileException if it is not there.
     * @throws IOException if the disk refuses.
     */
    public static byte[] read(final Path path, final int maxLength) throws IOException {
        final int most = Files.size(path) > maxLength ? Math.min(maxLength, MAX_STRANGE_LENGTH) : maxLength;
        try (InputStream file = Files.newInputStream(path)) {
            return file.readNBytes(most + 1);
        }
    }

    private static void deleteAfter(final Throwable cause, final FileAccess files, final Path unfinished) {
        try {
            files.delete(unfinished);
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }
}
