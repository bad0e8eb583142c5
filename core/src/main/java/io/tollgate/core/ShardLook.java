package io.tollgate.core;

import io.tollgate.core.store.StoreCheck;
import io.tollgate.core.store.StoreDamage;
import io.tollgate.core.store.StoreDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is asked of the store of a shard that is looked at from outside, before it is read and behind that.
 *
 * @param folder of the data directory.
 * @param store  the directory of the store.
 */
record ShardLook(DataFolder folder, Path store) {
    /** The store of a shard. */
    static ShardLook at(final DataFolder folder, final int index) {
        return new ShardLook(folder, folder.shard(index).path());
    }

    /**
     * Requires that a store which was closed cleanly is what it was then.
     *
     * @param check of {@link StoreCheck}.
     * @throws IllegalStateException naming what is damaged.
     */
    void requireUndamaged(final Function<Path, List<StoreDamage>> check) {
        Optional<Object> checked;
        Optional<Object> now = StoreDirectory.lastClose(store);
        List<StoreDamage> damages;
        // Where an engine has opened it since, and perhaps closed it, the files may have changed under the check.
        do {
            checked = now;
            damages = check.apply(store);
            now = StoreDirectory.lastClose(store);
        } while (!damages.isEmpty() && now.isPresent() && !now.equals(checked));
        if (!damages.isEmpty() && now.isPresent()) {
            throw new IllegalStateException(Damage.of(damages.get(0)) + " damages=" + damages.size()
                    + "; run recover, or restore the directory");
        }
    }

    /**
     * Requires that the files of the store are all of it. The header first: who rebuilds a store gives it up, takes the
     * mark away, and only then makes another header.
     *
     * @throws IllegalStateException saying what to do, if it is being rebuilt, or has to be.
     */
    void requireWhole() {
        if (StoreDirectory.isGivenUp(store) || !isMarkedWhole()) {
            throw notWhole();
        }
    }

    /** Who closes a store makes the mark of that before the other one goes, which may be just between two looks. */
    private boolean isMarkedWhole() {
        return StoreDirectory.cleanSequence(store).isPresent()
                || StoreDirectory.isMarkedOpen(store)
                || StoreDirectory.cleanSequence(store).isPresent();
    }

    /** Why the store is not all there. */
    IllegalStateException notWhole() {
        if (StoreDirectory.isCopyOfOpen(store)) {
            return new IllegalStateException("directory=" + store + ": found a copy of a store that was open, of which"
                    + " the files may be of several moments; open it with an engine, or run recover, and copy an open"
                    + " directory with backup");
        }
        return new IllegalStateException("directory=" + store + ": found a store that "
                + (folder.state() == DirectoryInspection.State.OPEN
                        ? "an engine is opening, expected it open; try again"
                        : "was not closed and has to be rebuilt from its log; open it with an engine, or run recover"));
    }
}
