package io.tollgate.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** A small file of a store that is there as a whole or not at all, whenever the process or the machine stops. */
final class WholeFile {
    private static final String UNFINISHED_SUFFIX = ".new";

    private WholeFile() {}

    /**
     * Writes it in the place of one that is there, which is gone only when the new one is on disk.
     *
     * @param path       of the file.
     * @param bytes      all of it.
     * @param attributes who may read it.
     * @throws IOException if the disk refuses or is full; what was there is still there, as it was.
     */
    static void write(final Path path, final ByteBuffer bytes, final FileAttribute<?>... attributes)
            throws IOException {
        final Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED_SUFFIX);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                attributes)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        MappedArea.forceDirectory(path.toAbsolutePath().getParent());
    }
}
