package io.tollgate.core;

import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.store.BootId;
import io.tollgate.core.store.StoreDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The marks beside the log of a shard, its positions and those of the stores that were closed: what they promise of the
 * log, and whether they are of this shard and this data directory.
 *
 * @param folder of the shard.
 */
record ShardMarks(ShardFolder folder) {
    /**
     * The last operation that the log must have, by the marks beside it and the checkpoint; where there is no mark,
     * by the last close. What another data directory or another shard has there says nothing of this log.
     *
     * @param directoryId that the log has.
     * @throws IllegalStateException if the file of positions is damaged.
     */
    long promisedSequence(final long directoryId) {
        if (!folder.hasMark()) {
            return Math.max(closedSequence(directoryId), StoreDirectory.lastCloseSequence(folder.path()));
        }
        final Optional<LogPositions.Found> found = LogPositions.read(folder.positions())
                .filter(positions -> !DirectoryIdentity.areOfTwo(positions.directoryId(), directoryId))
                .filter(positions -> isThisShard(positions.shardIndex()));
        long promised = closedSequence(directoryId);
        if (found.isPresent()) {
            promised = Math.max(promised, found.get().durableSequence());
            if (isThisBoot(found.get().bootId())) {
                promised = Math.max(promised, found.get().appliedSequence());
            }
        }
        return promised;
    }

    /**
     * The last operation that the log must have, by the marks of the store and the checkpoint.
     *
     * @param directoryId that the log has.
     */
    long closedSequence(final long directoryId) {
        return Math.max(
                closedSequence(folder.checkpoint(), directoryId).orElse(0),
                closedSequence(folder.path(), directoryId).orElse(0));
    }

    /**
     * The same by the mark of one of them. One that says another end than the header of its store was put there from
     * elsewhere, or that is damaged.
     *
     * @return empty where there is no mark of this shard, which is not that of a log without an operation.
     */
    OptionalLong closedSequence(final Path store, final long directoryId) {
        final OptionalLong clean = StoreDirectory.cleanSequence(store);
        final boolean isOwn = clean.isPresent()
                && !DirectoryIdentity.areOfTwo(StoreDirectory.directoryId(store), directoryId)
                && StoreDirectory.place(store)
                        .filter(place -> !isThisShard(place.index()))
                        .isEmpty()
                && isOfHeader(store, clean.getAsLong());
        return isOwn ? clean : OptionalLong.empty();
    }

    private boolean isThisShard(final int shardIndex) {
        return shardIndex == folder.index();
    }

    private static boolean isThisBoot(final String bootId) {
        return !bootId.equals(BootId.UNKNOWN) && bootId.equals(BootId.current());
    }

    /**
     * Whether the last opening of the shard was on this run of the machine: not where that cannot be told, nor where
     * the positions are not those of a log that was open.
     *
     * @throws IllegalStateException if the file of positions is damaged.
     */
    boolean isOfThisBoot() {
        return LogPositions.read(folder.positions())
                .filter(found -> isThisBoot(found.bootId()))
                .isPresent();
    }

    /**
     * Which data directory the marks are of, and the checkpoints: all must agree.
     *
     * @return by their files; none that does not say it, nor a file of positions that is damaged.
     * @throws IllegalStateException if another version has written one of them.
     */
    Map<Path, Long> directoryIds() {
        final Map<Path, Long> found = new LinkedHashMap<>();
        found.put(
                folder.positions(),
                readablePositions().map(LogPositions.Found::directoryId).orElse(DirectoryIdentity.UNKNOWN));
        found.put(StoreDirectory.cleanMark(folder.path()), StoreDirectory.directoryId(folder.path()));
        folder.checkpoints()
                .forEach(checkpoint ->
                        found.put(StoreDirectory.cleanMark(checkpoint), StoreDirectory.directoryId(checkpoint)));
        found.values().removeIf(id -> id == DirectoryIdentity.UNKNOWN);
        return found;
    }

    /** The marks and checkpoints that are of another data directory. */
    List<Damage> foreign(final long directoryId) {
        return directoryIds().entrySet().stream()
                .filter(mark -> DirectoryIdentity.areOfTwo(mark.getValue(), directoryId))
                .map(mark -> new Damage(
                        mark.getKey(),
                        0,
                        DirectoryIdentity.text(mark.getValue()) + ", that of another data directory",
                        DirectoryIdentity.text(directoryId) + " as the log has"))
                .toList();
    }

    /**
     * The marks that another shard has put in the place of this one's: positions and checkpoints say which shard they
     * are of, and the header of a store when that was closed, as its mark does.
     */
    List<Damage> misplaced() {
        final List<Damage> found = new ArrayList<>(misplacedCheckpoints());
        readablePositions()
                .filter(positions -> !isThisShard(positions.shardIndex()))
                .ifPresent(positions -> found.add(misplaced(folder.positions(), positions.shardIndex())));
        addUnlikeHeader(folder.path(), found);
        folder.checkpoints().forEach(checkpoint -> addUnlikeHeader(checkpoint, found));
        return found;
    }

    /** The checkpoints that are of another shard, by their marks. */
    List<Damage> misplacedCheckpoints() {
        return folder.checkpoints().stream()
                .flatMap(checkpoint -> StoreDirectory.place(checkpoint)
                        .filter(place -> !isThisShard(place.index()))
                        .map(place -> misplaced(StoreDirectory.cleanMark(checkpoint), place.index()))
                        .stream())
                .toList();
    }

    private Damage misplaced(final Path mark, final int shardIndex) {
        return new Damage(
                mark, 0, "shardIndex=" + shardIndex + ", that of another shard", "shardIndex=" + folder.index());
    }

    private static void addUnlikeHeader(final Path store, final List<Damage> found) {
        final OptionalLong clean = StoreDirectory.cleanSequence(store);
        // Twice, as a store that is opened and closed meanwhile has another header then, and another mark.
        if (clean.isPresent()
                && !isOfHeader(store, clean.getAsLong())
                && clean.equals(StoreDirectory.cleanSequence(store))) {
            found.add(new Damage(
                    StoreDirectory.cleanMark(store),
                    0,
                    "sequence=" + clean.getAsLong(),
                    "sequence=" + StoreDirectory.lastCloseSequence(store) + " as the header of the store has"));
        }
    }

    /** Whether the header of a store says no other sequence: one that is damaged does not. */
    private static boolean isOfHeader(final Path store, final long cleanSequence) {
        return StoreDirectory.place(store).isEmpty() || StoreDirectory.lastCloseSequence(store) == cleanSequence;
    }

    private Optional<LogPositions.Found> readablePositions() {
        try {
            return LogPositions.read(folder.positions());
        } catch (final OtherVersionException e) {
            throw e;
        } catch (final IllegalStateException e) {
            return Optional.empty();
        }
    }
}
