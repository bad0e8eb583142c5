package io.tollgate.core.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that exists completely or not at all, even after a crash of the process or the machine. Writing survives an
 * interrupt of the thread; the interrupt status is restored.
 */
public final class FileContents {
    private static final String UNFINISHED_SUFFIX = ".new";

    /** Longer than the header, and than most kinds of file. */
    private static final int MAX_STRANGE_LENGTH = 1 << 16;

    private FileContents() {}

    /** Writes the contents of a file. */
    @FunctionalInterface
    public interface Contents {
        /**
         * Writes the whole contents. It is called again with another file if an interrupt ended it.
         *
         * @param file the empty file.
         * @throws IOException if the disk refuses or is full.
         */
        void writeTo(DataFile file) throws IOException;
    }

    /**
     * Writes a file, and replaces an existing one only after the new one is on disk.
     *
     * @param files to reach it through.
     * @param path  of the file.
     * @param bytes the whole contents.
     * @throws IOException if the disk fails or is full. The old file is then unchanged; if only the name could not be
     *     forced, the new file is complete.
     */
    public static void write(final FileAccess files, final Path path, final ByteBuffer bytes) throws IOException {
        write(files, path, file -> file.writeAll(bytes.duplicate(), 0));
    }

    /**
     * Writes a file, and replaces an existing one only after the new one is on disk.
     *
     * @param files    to reach it through.
     * @param path     of the file.
     * @param contents the whole contents.
     * @throws IOException if the disk fails or is full. The old file is then unchanged; if only the name could not be
     *     forced, the new file is complete.
     */
    public static void write(final FileAccess files, final Path path, final Contents contents) throws IOException {
        Uninterruptibles.call(() -> replace(files, path, contents));
    }

    /**
     * Returns the temporary path used until the file is complete. A killed process leaves a file there.
     *
     * @param path of the file.
     * @return the path in the same directory.
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
            // The disk or the memory may be exhausted.
            deleteAfter(e, files, unfinished);
            throw e;
        }
        files.forceDirectory(path.toAbsolutePath().getParent());
        return path;
    }

    /**
     * Reads the file. If the file is longer than its kind allows, only a prefix is read, and its checksum is then
     * wrong. A file that is extremely long therefore costs neither memory nor time.
     *
     * @param path      of the file.
     * @param maxLength the largest length of this kind of file.
     * @return its bytes.
     * @throws java.nio.file.NoSuchFileException if it does not exist.
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
