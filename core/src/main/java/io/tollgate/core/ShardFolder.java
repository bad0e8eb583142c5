package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Presence;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.store.BootId;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.StoreDirectory;
import io.tollgate.core.store.StoreVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one shard.
 *
 * <pre>
 *   shard-N/ header, maps, tables   the store, see ShardStore
 *            subscriptions          see SubscriptionsFile
 *            clean                  there while the shard is closed cleanly
 *            open                   there while all of the store is there, though it is not closed
 *            stamp                  tells that store from its copies, see OpenMark
 *            positions              there from its opening until it is closed cleanly, see LogPositions
 *            log/                   the operation log
 *            checkpoint/            a store as it was at a position of the log, to start from
 *            checkpoint.old/        the one before, where any shard's log lacks something that a store must include
 *            damaged-K/             a log that was damaged, as it was found
 * </pre>
 *
 * @param path  of the shard's directory.
 * @param index of the shard.
 */
record ShardFolder(Path path, int index) {
    /** The operation log: the new one, where a repair was stopped just before it was given its name. */
    Path log() {
        return isRepairUnfinished() ? newLog() : path.resolve("log");
    }

    /** A log that is being made to take the place of a damaged one. */
    Path newLog() {
        return path.resolve("log.new");
    }

    /** A damaged log gives its name up only when the new one is whole; so does a link to one that is out of reach. */
    private boolean isRepairUnfinished() {
        return Presence.isThere(newLog()) && !Presence.isTaken(path.resolve("log"));
    }

    /** That the log is behind a link which leads nowhere, as its disk is not mounted, say. */
    Optional<Damage> looseLog() {
        return Presence.isLooseLink(log())
                ? Optional.of(new Damage(log(), 0, looseLinkText(log()), "a directory"))
                : Optional.empty();
    }

    private static String looseLinkText(final Path link) {
        return "a link to " + FileTree.realPath(link) + ", where there is nothing";
    }

    /** What is found in the place of a shard that is missing, or was when a recovery began that was stopped. */
    String missingText() {
        if (Presence.isLooseLink(path)) {
            return looseLinkText(path);
        }
        if (!Presence.isDirectory(path)) {
            return "no directory";
        }
        return isVoid() ? "a directory without anything of a shard" : "what a recovery that was stopped has made anew";
    }

    /** Makes room for a shard: links that lead nowhere go, and not what they lead to elsewhere. */
    void removeLooseLinks(final FileAccess files) {
        for (final Path link : List.of(path, path.resolve("log"))) {
            try {
                if (Presence.isLooseLink(link)) {
                    files.delete(link);
                }
            } catch (final IOException e) {
                throw new UncheckedIOException("link=" + link + ": cannot be deleted; check the disk", e);
            }
        }
    }

    Path positions() {
        return path.resolve("positions");
    }

    /** The store to start from: the one before, where a process was stopped just as it put a new one in its place. */
    Path checkpoint() {
        final Path checkpoint = path.resolve("checkpoint");
        return !Presence.isThere(checkpoint) && Presence.isThere(oldCheckpoint()) ? oldCheckpoint() : checkpoint;
    }

    /** The checkpoints that are there, the newest first. */
    List<Path> checkpoints() {
        return Stream.of(path.resolve("checkpoint"), oldCheckpoint())
                .filter(Presence::isThere)
                .toList();
    }

    /** A checkpoint that is being made. */
    Path newCheckpoint() {
        return path.resolve("checkpoint.new");
    }

    private Path oldCheckpoint() {
        return path.resolve("checkpoint.old");
    }

    private Path discardedCheckpoint() {
        return path.resolve("checkpoint.gone");
    }

    /** Waits until the names in it are on disk. */
    void force(final FileAccess files) {
        try {
            files.forceDirectory(path);
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + path + ": cannot be forced; check the disk", e);
        }
    }

    /**
     * Puts the new checkpoint, which is whole and on disk, in the place of the one before.
     *
     * @param isOneBeforeKept whether that stays beside it, and not the one that was before it.
     */
    void replaceCheckpoint(final FileAccess files, final boolean isOneBeforeKept) {
        final Path checkpoint = path.resolve("checkpoint");
        try {
            if (Presence.isThere(checkpoint)) {
                discard(files, oldCheckpoint());
                files.rename(checkpoint, oldCheckpoint());
            } else if (Presence.isTaken(checkpoint)) {
                // A link that leads nowhere: the one before may be the only one.
                files.delete(checkpoint);
            }
            files.rename(newCheckpoint(), checkpoint);
            files.forceDirectory(path);
            if (!isOneBeforeKept) {
                discard(files, oldCheckpoint());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "directory=" + checkpoint + ": cannot be replaced; check the disk and its free space", e);
        }
    }

    /** Takes a checkpoint away; nobody finds a part of it. */
    void removeCheckpoint(final FileAccess files, final Path checkpoint) {
        try {
            discard(files, checkpoint);
            files.forceDirectory(path);
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + checkpoint + ": cannot be deleted; check the disk", e);
        }
    }

    private void discard(final FileAccess files, final Path checkpoint) throws IOException {
        if (Presence.isTaken(checkpoint)) {
            deleteDiscarded(files);
            files.rename(checkpoint, discardedCheckpoint());
            deleteDiscarded(files);
        }
    }

    /** Its name is on disk before any of it goes: else a power failure may leave a part of it under that of another. */
    void deleteDiscarded(final FileAccess files) throws IOException {
        if (Presence.isTaken(discardedCheckpoint())) {
            files.forceDirectory(path);
            FileTree.delete(files, discardedCheckpoint());
        }
    }

    /** A name for a damaged log under which there is none yet. */
    Path nextDamaged() {
        int index = 0;
        while (Presence.isTaken(path.resolve("damaged-" + index))) {
            index++;
        }
        return path.resolve("damaged-" + index);
    }

    /**
     * Makes the directories, and finishes a repair that was stopped, or takes away what it has left. A link in the
     * place of a log is let be, wherever it leads; the name of what it leads to is on disk then.
     */
    void make(final FileAccess files) {
        try {
            files.createDirectory(path);
            if (isRepairUnfinished()) {
                files.rename(newLog(), path.resolve("log"));
            }
            FileTree.delete(files, newLog());
            if (!Presence.isTaken(log())) {
                files.createDirectory(log());
            }
            FileTree.delete(files, newCheckpoint());
            deleteDiscarded(files);
            files.forceDirectory(path);
            FileTree.forceNamesBehind(files, path, log());
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "directory=" + path + ": cannot be made; check the disk and its free space", e);
        }
    }

    /**
     * Makes sure that no other version has written a mark, where the log begins or a cut, or has closed the store or a
     * checkpoint, or written the subscriptions in it. What is damaged is for others to tell.
     *
     * @throws IllegalStateException if one has: nothing of it is thrown away, or taken for damage.
     */
    void requireKnown(final FileAccess files) {
        marks().directoryIds();
        LogBegin.of(files, log());
        checkpoints().forEach(CheckpointCut::read);
        Stream.concat(Stream.of(path), checkpoints().stream()).forEach(store -> {
            StoreVersions.requireKnown(store);
            SubscriptionsFile.requireKnown(store);
        });
    }

    /** Up to where a checkpoint goes that can be started from, 0 where there is none. */
    long checkpointSequence() {
        return checkpoints().stream()
                .mapToLong(
                        checkpoint -> StoreDirectory.cleanSequence(checkpoint).orElse(0))
                .max()
                .orElse(0);
    }

    /** What stands beside the log. */
    ShardMarks marks() {
        return new ShardMarks(this);
    }

    /** Which data directory the shard is of: as its log says, and where that does not, as the marks beside it. */
    long directoryId(final FileAccess files) {
        return directoryId(DirectoryIdentity.ofNewest(files, log()));
    }

    private long directoryId(final long ofLog) {
        return ofLog != DirectoryIdentity.UNKNOWN
                ? ofLog
                : marks().directoryIds().values().stream().findFirst().orElse(DirectoryIdentity.UNKNOWN);
    }

    /** As most of its log says; where that says one as often as another, as more of the marks do. */
    long directoryIdOfMost(final FileAccess files) {
        final Map<Path, Long> marks = marks().directoryIds();
        long most = DirectoryIdentity.UNKNOWN;
        int mostMarks = -1;
        for (final long found : DirectoryIdentity.ofMost(files, log())) {
            final int count = Collections.frequency(marks.values(), found);
            if (count > mostMarks) {
                most = found;
                mostMarks = count;
            }
        }
        return directoryId(most);
    }

    /** The file that says where the log begins, where it is damaged, or that of another data directory or shard. */
    Optional<Damage> beginDamage(final FileAccess files, final long directoryId) {
        final LogBegin begin = LogBegin.of(files, log());
        if (begin.isDamaged()) {
            return Optional.of(
                    new Damage(LogBegin.file(log()), 0, "bytes with a wrong crc32c", "the first sequence of the log"));
        }
        if (begin.isOfAnother(directoryId)) {
            return Optional.of(new Damage(
                    LogBegin.file(log()),
                    0,
                    DirectoryIdentity.text(begin.directoryId()) + ", that of another data directory",
                    DirectoryIdentity.text(directoryId) + " as the log has"));
        }
        return begin.isOfAnotherShard(index)
                ? Optional.of(new Damage(
                        LogBegin.file(log()),
                        0,
                        "shardIndex=" + begin.shard() + ", that of another shard",
                        "shardIndex=" + index))
                : Optional.empty();
    }

    /** Which shard of how many this is, as the store says, and where that does not, its checkpoints. */
    Optional<ShardPlace> place() {
        return Stream.concat(Stream.of(path), checkpoints().stream())
                .flatMap(store -> StoreDirectory.place(store).stream())
                .findFirst();
    }

    /** Whether the store was closed cleanly, and nobody has opened it since. */
    boolean isClosed() {
        return StoreDirectory.cleanSequence(path).isPresent();
    }

    /** Whether a mark says how far the log goes: a log without one cannot be told to be whole. */
    boolean hasMark() {
        // Twice, as the one may go just before the other is looked for, where an engine is being closed or opened.
        return hasAnyMark() || hasAnyMark();
    }

    private boolean hasAnyMark() {
        return StoreDirectory.cleanSequence(path).isPresent() || Presence.isThere(positions());
    }

    /**
     * A log has a mark from before its first segment on, and a store that was opened has a log: where the mark is gone,
     * nothing says any more how far the log went.
     *
     * @param isLogged whether its log has anything.
     */
    Optional<Damage> missingMark(final boolean isLogged) {
        final boolean isNew = !isLogged && !StoreDirectory.wasOpened(path);
        return isNew || hasMark()
                ? Optional.empty()
                : Optional.of(new Damage(positions(), 0, "no file", "one, or the mark of a clean close"));
    }

    /** Whether there is nothing that an opening makes: neither a mark, nor a store, nor a segment of a log. */
    boolean isVoid() {
        try {
            return !hasMark()
                    && !StoreDirectory.isThere(path)
                    && checkpoints().isEmpty()
                    && !hasSegment(log())
                    && !hasSegment(newLog());
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + path + ": cannot be read", e);
        }
    }

    private static boolean hasSegment(final Path log) throws IOException {
        return Presence.isDirectory(log) && !FileTree.entries(log, "*.seg").isEmpty();
    }

    /**
     * Marks the log as one that is not closed, and has all up to an operation, which is on disk. No boot vouches for
     * more, as nobody appends to it yet.
     */
    void promise(final FileAccess files, final long directoryId, final long sequence) {
        LogPositions.create(files, positions(), BootId.UNKNOWN, directoryId, index, sequence)
                .close();
    }

    /** Takes the mark of an opening away: the mark of a clean close stands. */
    void removePositions(final FileAccess files) {
        try {
            files.delete(positions());
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + positions() + ": cannot be deleted; check the disk", e);
        }
    }
}
