package io.tollgate.core;

import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.store.ForeignStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The engine clock of a data directory, looked at from outside. Any thread. */
final class DirectoryClock {
    private DirectoryClock() {}

    /** As counted up to this moment, or as it stood at the last clean close; empty if nothing tells. */
    static OptionalLong now(final DataFolder folder) {
        return Uninterrupted.call(() -> read(folder));
    }

    private static OptionalLong read(final DataFolder folder) {
        final Path file = folder.path().resolve(EngineCounters.FILE_NAME);
        try {
            final OptionalLong counted = EngineCounters.now(file);
            return counted.isPresent() ? counted : atCleanClose(folder);
        } catch (final NoSuchFileException e) {
            return atCleanClose(folder);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    private static OptionalLong atCleanClose(final DataFolder folder) {
        long now = Long.MIN_VALUE;
        for (final int index : folder.shardIndexes()) {
            final ShardFolder shard = folder.shard(index);
            if (shard.isClosed()) {
                try (ForeignStore store = new ForeignStore(shard.path(), false)) {
                    now = Math.max(now, store.now());
                } catch (final IllegalStateException e) {
                    return OptionalLong.empty();
                }
            }
        }
        return now == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(now);
    }
}
