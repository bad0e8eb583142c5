package io.tollgate.core.store.chain;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.HoleFiller;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.store.chronicle.PosixCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import net.openhft.chronicle.core.OS;

/**
 * Room on the disk for a file of a store that is to be opened, as a new one has it: who has copied it may have left
 * holes in it, which a full disk would tell of only when they are written to, and then by ending the process.
 */
final class Preallocation {
    private Preallocation() {}

    /**
     * Preallocates the holes of a file, and keeps its contents. Does nothing on systems other than Linux: new maps have
     * holes there, too.
     *
     * @param files to reach the file through
     * @param path of the file, which must not be mapped
     * @throws UncheckedIOException if there is no room
     */
    static void give(final FileAccess files, final Path path) {
        if (!OS.isLinux()) {
            return;
        }
        try {
            Uninterruptibles.call(() -> giveOnce(files, path));
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "file=" + path + ": the disk gives it no room, which what was copied with holes may lack; free"
                            + " space on the disk, then open it again",
                    e);
        }
    }

    private static Path giveOnce(final FileAccess files, final Path path) throws IOException {
        try (DataFile file = files.openForWrite(path)) {
            if (!PosixCalls.allocate(path, file.size())) {
                HoleFiller.give(file, 0);
            }
        }
        return path;
    }
}
