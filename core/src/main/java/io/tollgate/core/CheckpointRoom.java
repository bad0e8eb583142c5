package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The room that checkpoints find on the disks that shards lie on, one or several, beside what is kept for the next
 * segments of the logs. It is looked at once, and counted from then on. One thread.
 */
final class CheckpointRoom {
    /** A sixteenth more, for what a file system needs beside the bytes of files. */
    private static final int MARGIN_SHARE = 16;

    private static final long RESERVED_SEGMENTS = 2;

    /** What may still be written to a disk, and how much of that is to be left. */
    private static final class Disk {
        private long usableBytes;
        private long reserveBytes;

        Disk(final long usableBytes) {
            this.usableBytes = usableBytes;
        }
    }

    private final FileAccess files;
    private final Map<Object, Disk> disks = new HashMap<>();

    /**
     * @param folders of all shards.
     */
    CheckpointRoom(final FileAccess files, final List<ShardFolder> folders, final int segmentLength) {
        this.files = files;
        for (final ShardFolder folder : folders) {
            diskOf(folder.log()).reserveBytes += RESERVED_SEGMENTS * segmentLength;
        }
    }

    /** Takes what a new checkpoint of a shard needs; refuses to fill its disk with what would not fit on it. */
    void take(final ShardFolder folder, final long storeBytes) {
        final Disk disk = diskOf(folder.path());
        final long neededBytes = storeBytes + storeBytes / MARGIN_SHARE;
        if (disk.usableBytes - neededBytes < disk.reserveBytes) {
            throw new UncheckedIOException(new IOException("checkpoint=" + folder.newCheckpoint() + " storeBytes="
                    + storeBytes + " usableBytes=" + disk.usableBytes + ", expected "
                    + (neededBytes + disk.reserveBytes) + " for it and the next segments of the log; make room"));
        }
        disk.usableBytes -= neededBytes;
    }

    /** Gives back what the checkpoint takes that goes for a new one. */
    void giveBack(final ShardFolder folder, final long storeBytes) {
        diskOf(folder.path()).usableBytes += storeBytes;
    }

    private Disk diskOf(final Path directory) {
        try {
            final Object disk = files.disk(directory);
            if (!disks.containsKey(disk)) {
                disks.put(disk, new Disk(files.usableBytes(directory)));
            }
            return disks.get(disk);
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory + ": does not say how much room it has", e);
        }
    }
}
