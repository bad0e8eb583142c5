package io.tollgate.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A small file that is there as a whole or not at all, whenever the process or the machine stops. */
public final class WholeFile {
    private static final String UNFINISHED_SUFFIX = ".new";

    private WholeFile() {}

    /**
     * Writes it in the place of one that is there, which is gone only when the new one is on disk.
     *
     * @param files to reach it through.
     * @param path  of the file.
     * @param bytes all of it.
     * @throws IOException if the disk refuses or is full; what was there is still there, as it was.
     */
    public static void write(final FileAccess files, final Path path, final ByteBuffer bytes) throws IOException {
        final Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED_SUFFIX);
        files.delete(unfinished);
        try (LogFile file = files.create(unfinished)) {
            while (bytes.hasRemaining()) {
                if (file.write(bytes, bytes.position()) <= 0) {
                    throw new IOException(
                            "file=" + unfinished + " position=" + bytes.position() + ", expected progress");
                }
            }
            file.force();
        }
        files.rename(unfinished, path);
        files.forceDirectory(path.toAbsolutePath().getParent());
    }
}
