package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.store.DirectoryLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A check of a data directory that no engine has open: the marks, every byte of the log, and, where it was closed
 * cleanly, every byte of the store. Nothing is changed, and no map is opened.
 *
 * @param directory that was checked, by a path without links.
 * @param state     of it.
 * @param damages   what does not hold what it should, and where.
 * @param shards    what was read, one line a shard.
 */
public record DirectoryCheck(Path directory, State state, List<Damage> damages, List<String> shards) {
    /** What can be said of a data directory. */
    public enum State {
        /** Closed cleanly, and as it was closed. */
        SOUND,
        /** Not closed, and not damaged: the next opening rebuilds it from its log. */
        NEEDS_RECOVERY,
        /** Something does not hold what it should. */
        DAMAGED
    }

    /**
     * Checks a data directory.
     *
     * @param directory to check.
     * @return what was found.
     * @throws IllegalStateException        if there is no data directory, an engine has it open, another version has
     *                                      written it, or the JVM lacks flags.
     * @throws java.io.UncheckedIOException if the disk refuses.
     */
    public static DirectoryCheck of(final Path directory) {
        final DataFolder folder = DataFolder.existing(directory);
        if (folder.isEmpty()) {
            return new DirectoryCheck(folder.path(), State.SOUND, List.of(), List.of());
        }
        final DirectoryLock lock = DirectoryLock.acquireToRead(folder.path());
        try (lock) {
            return Uninterrupted.putOff(() -> ofLocked(folder));
        }
    }

    /** The same for who has locked it. */
    static DirectoryCheck ofLocked(final DataFolder folder) {
        final FileAccess files = new SystemFileAccess();
        folder.requireKnown(files);
        final List<Damage> damages = new ArrayList<>(folder.damages());
        damages.addAll(folder.missingShards());
        damages.addAll(folder.foreignShards(files));
        final List<String> shards = new ArrayList<>();
        boolean isClean = !folder.isHeaderBegun();
        final int shardCount = folder.shardCount();
        final List<Integer> indexes = folder.shardIndexes().stream()
                .filter(index -> index < shardCount)
                .toList();
        for (final int index : indexes) {
            final LogContents contents = new LogContents(folder.place(index));
            final ShardCheck check = ShardCheck.of(folder.shard(index), files, contents);
            damages.addAll(check.damages());
            folder.misplacement(index, check).ifPresent(damages::add);
            isClean &= check.isClean();
            shards.add("shard=" + index + " lastSequence="
                    + check.survey().lastSequence() + " frames="
                    + check.survey().frames() + " records="
                    + check.survey().records() + deleted(check.beginSequence()) + lost(contents.acceptedCount())
                    + (check.isClean() ? " closed cleanly" : ""));
        }
        final State state = !damages.isEmpty() ? State.DAMAGED : isClean ? State.SOUND : State.NEEDS_RECOVERY;
        return new DirectoryCheck(folder.path(), state, List.copyOf(damages), List.copyOf(shards));
    }

    private static String deleted(final long firstSequence) {
        return firstSequence == 1 ? "" : " firstSequence=" + firstSequence + " (older segments were deleted)";
    }

    private static String lost(final long count) {
        return count == 0 ? "" : " lostEarlier=" + count;
    }
}
