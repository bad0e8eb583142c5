package io.tollgate.core;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.store.ShardHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Leaves what a process does that is killed when a store of an earlier layout is gone, and nothing is rebuilt yet. */
final class RebuildKill extends HookedFiles {
    private final Path data;
    private final Path killed;

    /**
     * @param data   a directory of one shard, in an earlier layout, that is about to be opened.
     * @param killed what is left of it, as soon as the log is read to rebuild the store.
     */
    RebuildKill(final Path data, final Path killed) {
        this.data = data;
        this.killed = killed;
    }

    @Override
    public DataFile openForRead(final Path file) throws IOException {
        if (!Files.exists(killed) && isBegun(data.resolve("shard-0/header"))) {
            new DamagedDirectory(data).copyTo(killed);
        }
        return super.openForRead(file);
    }

    private static boolean isBegun(final Path header) throws IOException {
        return Files.exists(header)
                && ByteBuffer.wrap(Files.readAllBytes(header))
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getInt(ShardHeader.VERSION_OFFSET)
                        == ShardHeader.VERSION;
    }
}
