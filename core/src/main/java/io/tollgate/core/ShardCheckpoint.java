package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Presence;
import io.tollgate.core.store.StoreCheck;
import io.tollgate.core.store.StoreCopy;
import io.tollgate.core.store.StoreDamage;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the checkpoint of a shard is good for. One that is damaged is never taken for none: the log alone may have lost
 * what it has. Control threads.
 */
final class ShardCheckpoint {
    /** There is nothing to start from: the store is made from the whole log. */
    static final long NONE = 0;

    private ShardCheckpoint() {}

    /**
     * Up to where a checkpoint goes.
     *
     * @param checkpoint the directory of it.
     * @return the last operation of the log that it includes; NONE if it is not there.
     * @throws IllegalStateException if it is damaged.
     */
    static long sequence(final Path checkpoint) {
        return Presence.isThere(checkpoint) ? sequence(checkpoint, checkpoint) : NONE;
    }

    /** Of a checkpoint, or of a copy of it. */
    private static long sequence(final Path checkpoint, final Path copy) {
        final OptionalLong sequence = StoreDirectory.cleanSequence(copy);
        final List<StoreDamage> damages = StoreCheck.used(copy);
        if (sequence.isEmpty() || !damages.isEmpty()) {
            throw new IllegalStateException("checkpoint=" + checkpoint + " damages="
                    + damages.stream().map(Damage::of).toList()
                    + ", expected a whole one; run recover, or restore the directory from a backup");
        }
        return sequence.getAsLong();
    }

    /**
     * Copies a checkpoint that can be started from; the copy is what is checked.
     *
     * @param files      to write through.
     * @param checkpoint the directory of it.
     * @param target     the directory of the copy, which is not there.
     * @return the last operation of the log that it includes; NONE if there is none to start from, and no copy then.
     * @throws IllegalStateException         if it is damaged.
     * @throws java.io.UncheckedIOException if the disk refuses or is full.
     */
    static long copy(final FileAccess files, final Path checkpoint, final Path target) {
        if (!Presence.isThere(checkpoint)) {
            return NONE;
        }
        if (StoreDirectory.cleanSequence(checkpoint).isEmpty()) {
            return sequence(checkpoint, checkpoint);
        }
        StoreCopy.copy(files, checkpoint, target);
        final long sequence = sequence(checkpoint, target);
        if (sequence == NONE) {
            try {
                FileTree.delete(files, target);
            } catch (final IOException e) {
                throw new UncheckedIOException("directory=" + target + ": cannot be deleted", e);
            }
        }
        return sequence;
    }
}
