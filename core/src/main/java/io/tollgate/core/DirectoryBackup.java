package io.tollgate.core;

import io.tollgate.api.Backup;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogExtent;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.LogRewrite;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.StoreCopy;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;

/**
 * Copies a data directory: while an engine has it open, in this or another process, after that was killed, or after it
 * was closed. Files are read, and nothing of the source is locked or changed.
 *
 * <p>The log is copied record by record up to a position, and the store made anew from it: what is in the copy was
 * read, checked and applied, so a copy that is there is one that opens. A checkpoint of the source goes with it, and
 * spares the work for what is before it. The copy is made beside the target, under a name of its own that begins with
 * {@code <target>.unfinished-}, and gets the target's when it is whole and on disk. A process that is killed leaves
 * what it has made under that name; the next copy to the same target deletes it.
 */
public final class DirectoryBackup {
    private final EngineContext context;
    private final FileAccess files;
    private final DataFolder source;
    private final SourceAttempts attempts;
    private final DataFolder copy;

    /** Up to where each shard has applied its log, where the engine that has the source open says it. */
    private final Optional<Supplier<long[]>> applied;

    private final List<ShardFolder> shards = new ArrayList<>();
    /** Up to where the stores of the copy are made. */
    private final long[] made;

    private DirectoryBackup(
            final EngineContext context,
            final DataFolder source,
            final DataFolder copy,
            final Optional<Supplier<long[]>> applied) {
        this.context = context;
        this.source = source;
        attempts = new SourceAttempts(source.path());
        this.copy = copy;
        this.applied = applied;
        files = context.fileAccess();
        for (int i = 0; i < source.shardCount(); i++) {
            shards.add(source.shard(i));
        }
        made = new long[shards.size()];
    }

    /**
     * Copies the data directory of a context. To restore a backup, copy it to where it is to live.
     *
     * @param context with the directory; of its other options those count that say how files are made and reached.
     * @param target  directory of the copy: not there, or empty and no mount point, and outside of the one to copy; of
     *                a link the directory that it leads to.
     * @return what the copy includes: of an engine that is running all that was applied when this was called.
     * @throws IllegalArgumentException     if the context has no directory, or an option out of range, there is
     *                                      something in the target, or that is a mount point, or lies in the
     *                                      directory.
     * @throws IllegalStateException        if there is no data directory, or it is damaged, naming what was found; or
     *                                      if an engine in another process has deleted, at each of some attempts,
     *                                      what was about to be copied.
     * @throws java.io.UncheckedIOException if the disk refuses or is full; nothing is left of the copy, or, where the
     *                                      disk refuses to delete it, or to take its own name for sure, what is
     *                                      left has not the name of the target;
     *                                      a copy stands there, whole, where the disk takes neither the name for
     *                                      sure nor gives it back.
     */
    public static Backup make(final EngineContext context, final Path target) {
        final Path directory = context.directory()
                .orElseThrow(() -> new IllegalArgumentException("directory=none, expected one to copy"));
        context.conclude();
        return make(context, DataFolder.existing(directory), target, Optional.empty());
    }

    /**
     * Copies a data directory.
     *
     * @param applied up to where each shard has applied its log, as the engine says that has the directory open; empty
     *                where the files are to tell.
     */
    static Backup make(
            final EngineContext context,
            final DataFolder source,
            final Path target,
            final Optional<Supplier<long[]>> applied) {
        final long startNs = System.nanoTime();
        final Path whole = place(target);
        if (FileTree.realPath(whole).startsWith(source.path())) {
            throw new IllegalArgumentException("directory=" + source.path() + " target=" + target
                    + ", expected one outside of the directory: what lies in it is taken for its own; choose another");
        }
        requireFree(target, whole);
        // The log behind a checkpoint may go while that is copied: then all is copied anew.
        return Uninterrupted.putOff(() -> new SourceAttempts(source.path())
                .read(
                        () -> begins(context.fileAccess(), source),
                        () -> make(context, source, target, applied, whole, startNs)));
    }

    /** Where the copy is to be: where there is a link, in the place of the directory that it leads to. */
    private static Path place(final Path target) {
        return Presence.isThere(target)
                ? FileTree.realPath(target)
                : target.toAbsolutePath().normalize();
    }

    /** Refuses what a directory cannot take the place of, before anything is copied. */
    private static void requireFree(final Path target, final Path whole) {
        final boolean isThere = Presence.isThere(whole);
        final boolean isEmpty = isThere && Presence.isDirectory(whole) && new DataFolder(whole).isEmpty();
        if (isThere && !isEmpty || Files.isSymbolicLink(whole)) {
            throw new IllegalArgumentException(
                    "target=" + target + " is there, expected nothing or an empty directory");
        }
        if (isThere && isMountPoint(whole)) {
            throw new IllegalArgumentException(
                    "target=" + target + " is a mount point, whose place a copy cannot take; name a directory in it");
        }
    }

    private static boolean isMountPoint(final Path directory) {
        try {
            return FileTree.isMountPoint(directory);
        } catch (final IOException e) {
            // Then the change of names will tell.
            return false;
        }
    }

    private static Backup make(
            final EngineContext context,
            final DataFolder source,
            final Path target,
            final Optional<Supplier<long[]>> applied,
            final Path whole,
            final long startNs) {
        try (UnfinishedCopy unfinished = UnfinishedCopy.make(context.fileAccess(), whole, context.errorHandler())) {
            try {
                final DirectoryBackup backup =
                        new DirectoryBackup(context, source, new DataFolder(unfinished.path()), applied);
                final List<Long> sequences = new ArrayList<>();
                final long seriesCount = backup.make(sequences);
                unfinished.publish();
                return new Backup(target, sequences, seriesCount, System.nanoTime() - startNs);
            } catch (final IOException | RuntimeException | Error e) {
                unfinished.deleteAfter(e);
                throw e;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "target=" + target + ": cannot be made; check the disk and its free space", e);
        }
    }

    /** Where the logs of all shards begin. */
    private static List<LogBegin> begins(final FileAccess files, final DataFolder source) {
        return source.shardIndexes().stream()
                .map(index -> LogBegin.of(files, source.shard(index).log()))
                .toList();
    }

    private long make(final List<Long> sequences) throws IOException {
        final List<Damage> damages = new ArrayList<>(source.damages());
        damages.addAll(source.missingShards());
        if (!damages.isEmpty()) {
            throw new IllegalStateException(damages.get(0) + "; run recover first");
        }
        source.requireKnown(files);
        source.requireOneDirectory(files);
        shards.forEach(this::requireMarks);
        final int count = shards.size();
        DirectoryHeader.require(files, copy.path(), count);
        final List<LogBegin> begins = begins(files, source);
        final List<ShardFolder> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final int index = i;
            copies.add(copy.shard(i));
            copies.get(i).make(files);
            made[i] = attempts.read(
                    () -> identity(shards.get(index).checkpoint()), () -> copyCheckpoint(index, copies.get(index)));
            requireLog(shards.get(i), made[i]);
        }
        DirectoryHeader.setDivided(files, copy.path(), count);
        // Behind the checkpoints: these include nothing that comes later.
        final long[] cut = LogCut.of(shards, files, CheckpointCut.oldest(shards), positions());
        for (int i = 0; i < count; i++) {
            copyLog(shards.get(i), copies.get(i), made[i], cut[i]);
        }
        requireBatches(copies, begins);
        final StoreReplay replay = new StoreReplay(files, context.clock(), new SharedBatches(copies, files));
        long seriesCount = 0;
        for (int i = 0; i < count; i++) {
            final int entries =
                    StoreDirectory.firstMapEntries(shards.get(i).path()).orElse(context.firstMapEntries());
            final ShardPlace place = new ShardPlace(i, count);
            seriesCount += replay.make(copies.get(i).path(), copies.get(i).log(), place, entries, made[i], cut[i]);
            sequences.add(cut[i]);
        }
        final DirectoryCheck check = DirectoryCheck.ofLocked(copy);
        if (check.state() != DirectoryCheck.State.SOUND) {
            throw new IllegalStateException("copy=" + copy.path() + " of directory=" + source.path() + " damages="
                    + check.damages() + ", expected none; check the disks of both");
        }
        return seriesCount;
    }

    /** A shard whose marks an opening refuses is not taken for whole; a log has marks from its first segment on. */
    private void requireMarks(final ShardFolder shard) {
        final boolean isLogged = Presence.isDirectory(shard.log())
                && LogExtent.of(files, shard.log()).firstSequence() > 0;
        Stream.of(
                        shard.marks().foreign(shard.directoryId(files)).stream(),
                        shard.marks().misplaced().stream(),
                        shard.looseLog().stream(),
                        shard.beginDamage(files, shard.directoryId(files)).stream(),
                        shard.missingMark(isLogged).stream())
                .flatMap(damages -> damages)
                .findFirst()
                .ifPresent(damage -> {
                    throw new IllegalStateException(damage + "; run recover first");
                });
    }

    /** Which checkpoint it is: one of an idle shard ends where the one before it does, but has another cut. */
    private static String identity(final Path checkpoint) {
        return StoreDirectory.cleanSequence(checkpoint)
                + CheckpointCut.read(checkpoint).map(Arrays::toString).orElse("");
    }

    /** Up to where each shard is to be copied. */
    private long[] positions() {
        return applied.map(Supplier::get)
                .orElseGet(() -> shards.stream()
                        .mapToLong(shard -> new SourceEnd(source.path(), files, shard).sequence())
                        .toArray());
    }

    /** What a log has not must be in the checkpoint that was copied. */
    private LogBegin requireLog(final ShardFolder from, final long checkpointed) {
        final LogBegin begin = LogBegin.of(files, from.log());
        if (begin.neededSequence() > checkpointed) {
            throw new SourceAttempts.SourceMovedException(
                    "log=" + from.log() + " " + begin.lack() + "; the checkpoint that was copied ends at sequence="
                            + checkpointed + ", expected one that has it; try again, or run recover first",
                    null);
        }
        return begin;
    }

    /**
     * Of a batch of several shards, the end is looked for in the logs of all of them where one store still takes it in:
     * so all logs that were copied must go back to the cuts of all checkpoints that were. They do where no log has
     * moved on between the copy of the first checkpoint and that of the last log; where a checkpoint has no cut, that
     * alone tells.
     */
    private void requireBatches(final List<ShardFolder> copies, final List<LogBegin> begins) {
        final long[] oldest = CheckpointCut.oldest(copies);
        for (int i = 0; i < oldest.length; i++) {
            final long begin = LogBegin.of(files, copies.get(i).log()).firstSequence();
            if (begin > oldest[i] + 1 && !begins.equals(begins(files, source))) {
                throw new SourceAttempts.SourceMovedException(
                        "log=" + shards.get(i).log() + " firstSequence=" + begin
                                + ", as older segments were deleted while the checkpoints of the shards were copied,"
                                + " the oldest of which needs sequence=" + (oldest[i] + 1)
                                + "; try again, or make the backup in the engine that has the directory open",
                        null);
            }
        }
    }

    /** Copies a log from where it begins. */
    private void copyLog(final ShardFolder from, final ShardFolder to, final long checkpointed, final long toSequence) {
        final LogBegin begin = requireLog(from, checkpointed);
        if (toSequence == 0) {
            return;
        }
        try {
            FileTree.delete(files, to.log());
            to.make(files);
            final long directoryId = DirectoryIdentity.ofNewest(files, from.log());
            begin.copyTo(files, to.log(), directoryId, to.index());
            final long firstSequence = begin.firstSequence();
            final ReplayResult nothing = LogReader.replay(files, to.log(), firstSequence, DirectoryBackup::ignore);
            final LogExtent extent = LogExtent.of(files, from.log());
            final int segmentLength = extent.segmentLength().orElse(context.logSegmentLength());
            try (OperationLog log = OperationLog.open(files, to.log(), segmentLength, directoryId, nothing)) {
                final LogRewrite rewrite = new LogRewrite(log);
                final ReplayResult end = LogReader.replay(files, from.log(), firstSequence, toSequence, rewrite);
                if (end.end() == LogEnd.GAP || end.lastSequence() < toSequence) {
                    throw SourceEnd.damaged(from, end, toSequence);
                }
                rewrite.end(0);
            }
            files.forceDirectory(to.log());
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "log=" + to.log() + ": cannot be made; check the disk and its free space", e);
        }
    }

    /**
     * Copies the checkpoint, to be the copy's own and the store to start from.
     *
     * @return up to where it goes, 0 if there is none to start from.
     */
    private long copyCheckpoint(final int index, final ShardFolder to) {
        final Path checkpoint = shards.get(index).checkpoint();
        try {
            FileTree.delete(files, to.checkpoint());
            final long sequence = ShardCheckpoint.copy(files, checkpoint, to.checkpoint());
            if (sequence != ShardCheckpoint.NONE) {
                CheckpointCut.copy(files, checkpoint, to.checkpoint(), index, sequence);
                StoreCopy.copy(files, to.checkpoint(), to.path());
            }
            return sequence;
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "checkpoint=" + to.checkpoint() + ": cannot be made; check the disk and its free space", e);
        }
    }

    private static void ignore(
            final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        // Nothing is there yet.
    }
}
