package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.core.file.Closing;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.JvmAccess;
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All shards of an engine, opened under one lock of the data directory, and the time they share. Control threads, one
 * at a time.
 */
final class EngineShards implements AutoCloseable {
    private final Optional<DirectoryLock> lock;
    private final Optional<Path> directory;
    private final EngineTime time;
    private final List<EngineShard> shards;
    /** What a close does, and one without its mark; made ahead, as there may be no memory left then. */
    private final List<AutoCloseable> closeEnds;

    private final List<AutoCloseable> abandonEnds;
    private final List<AutoCloseable> abandonments;

    /** What becomes of the shards where they are closed before the logs are fenced. */
    private final List<AutoCloseable> unfencedEnds;

    private boolean isToBeFenced;

    private EngineShards(
            final Optional<DirectoryLock> lock,
            final Optional<Path> directory,
            final EngineTime time,
            final List<EngineShard> shards,
            final boolean isToBeFenced) {
        this.lock = lock;
        this.directory = directory;
        this.time = time;
        this.shards = List.copyOf(shards);
        this.isToBeFenced = isToBeFenced;
        final DirectoryLock held = lock.orElse(null);
        abandonments = abandonments(shards);
        unfencedEnds = shards.stream()
                .<AutoCloseable>map(shard -> shard.isRebuilt() ? shard::abandon : shard)
                .toList();
        closeEnds = Arrays.asList(this::closeShards, held);
        abandonEnds = Arrays.asList(() -> Closing.each(abandonments), held);
    }

    /** Opens the shards that the options describe, whose directory is locked as long as they are open. */
    static EngineShards open(final EngineContext context) {
        JvmAccess.requireOpen();
        context.directory().ifPresent(directory -> make(context.fileAccess(), directory));
        context.directory().ifPresent(DataFolder::requireFiles);
        final Optional<DirectoryLock> lock = context.directory()
                .map(directory ->
                        DirectoryLock.acquire(directory, context.fileAccess().audience()));
        try {
            // Not where the context says from here on: a link may lead elsewhere by then.
            final Optional<Path> directory = lock.map(DirectoryLock::directory);
            directory.ifPresent(LossNote::requireNone);
            return open(context, lock, directory, false);
        } catch (final RuntimeException | Error e) {
            Closing.after(e, lock.orElse(null));
            throw e;
        }
    }

    private static void make(final FileAccess files, final Path directory) {
        try {
            FileTree.makeRestricted(files, directory);
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "dataDirectory=" + directory + ": cannot be made; check the disk, and that no file has this name",
                    e);
        }
    }

    /**
     * Opens them in the course of a recovery, which has locked the directory before, and frees it afterwards.
     *
     * @param hasLost whether something was found lost.
     */
    static EngineShards openRecovered(final EngineContext context, final boolean hasLost) {
        return open(context, Optional.empty(), context.directory(), hasLost);
    }

    private static EngineShards open(
            final EngineContext context,
            final Optional<DirectoryLock> lock,
            final Optional<Path> directory,
            final boolean hasLost) {
        final List<EngineShard> opened = new ArrayList<>();
        try {
            final int count = context.shardCount();
            final EngineTime time = new EngineTime(count);
            // Before anything is changed of any shard.
            directory.ifPresent(path -> new DataFolder(path).requireKnown(context.fileAccess()));
            directory.ifPresent(path -> divide(context.fileAccess(), path, count));
            final long directoryId = directory
                    .map(path -> new DataFolder(path).directoryId(context.fileAccess()))
                    .orElse(DirectoryIdentity.UNKNOWN);
            directory.ifPresent(path -> new DataFolder(path).requireOneDirectory(context.fileAccess()));
            final SharedBatches sharedBatches = sharedBatches(context, directory);
            final boolean isCutMissing = count > 1 && sharedBatches.isCutMissing();
            for (int i = 0; i < count; i++) {
                opened.add(EngineShard.open(
                        context, directory, directoryId, new ShardPlace(i, count), time, sharedBatches));
            }
            shareStamp(opened, time.now());
            // Not before: a directory that is refused stays as it is.
            directory.ifPresent(path -> DirectoryHeader.setDivided(context.fileAccess(), path, count));
            final boolean isToBeFenced = count > 1 && (hasLost || isCutMissing || sharedBatches.hasLostBatch());
            return new EngineShards(lock, directory, time, opened, isToBeFenced);
        } catch (final RuntimeException | Error e) {
            Closing.after(e, abandonments(opened));
            throw e;
        }
    }

    /** Where a shard has stamped ahead of the clock, all go on from there: a batch has one knowledge time. */
    private static void shareStamp(final List<EngineShard> shards, final long nowNs) {
        final long stampedTime =
                shards.stream().mapToLong(shard -> shard.clock().stampedTime()).reduce(nowNs, Math::max);
        if (stampedTime > nowNs) {
            shards.forEach(shard -> shard.clock().followStamp(stampedTime));
        }
    }

    private static SharedBatches sharedBatches(final EngineContext context, final Optional<Path> directory) {
        final List<ShardFolder> folders = new ArrayList<>();
        for (int i = 0; directory.isPresent() && i < context.shardCount(); i++) {
            folders.add(new DataFolder(directory.get()).shard(i));
        }
        return new SharedBatches(folders, context.fileAccess());
    }

    /** The directories of all shards are there, on disk too, before any of them is used, and from then on. */
    private static void divide(final FileAccess files, final Path directory, final int count) {
        final DataFolder folder = new DataFolder(directory);
        folder.divisionDamages().stream().findFirst().ifPresent(damage -> {
            throw new IllegalStateException(damage + "; run recover, or restore the directory from a backup");
        });
        final List<Damage> missing = folder.missingShards();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(missing.get(0) + ": what it had is not to be told from what it never had;"
                    + " is its disk mounted? Run recover to go on without it, or restore a backup");
        }
        for (int i = 0; i < count; i++) {
            folder.shard(i).looseLog().ifPresent(loose -> {
                throw new IllegalStateException(
                        loose + ": is its disk mounted? Run recover to go on without it, or restore a backup");
            });
        }
        if (folder.isHeaderBegun()) {
            DirectoryHeader.removeBegun(files, directory);
        }
        DirectoryHeader.require(files, directory, count);
        for (int i = 0; i < count; i++) {
            folder.shard(i).make(files);
        }
        try {
            files.forceDirectory(directory);
        } catch (final IOException e) {
            throw new UncheckedIOException("dataDirectory=" + directory + ": cannot be forced; check the disk", e);
        }
    }

    private static List<AutoCloseable> abandonments(final List<EngineShard> shards) {
        return shards.stream().<AutoCloseable>map(shard -> shard::abandon).toList();
    }

    /** The directory that is locked, by a path without links; empty in memory. */
    Optional<Path> directory() {
        return directory;
    }

    EngineTime time() {
        return time;
    }

    /**
     * The latest time that accepted points were stamped with, the engine clock in mode EVENT at least; while nothing is
     * applied.
     */
    long stampedTime() {
        return shards.stream()
                .mapToLong(shard -> Math.max(shard.clock().stampedTime(), shard.beginOf(ClockMode.EVENT)))
                .reduce(time.now(), Math::max);
    }

    List<EngineShard> list() {
        return shards;
    }

    /**
     * Whether the logs are to part what was logged by now from what comes: something was lost, or a batch of several
     * shards left out, which nothing that is lost later is to bring back; or a log is without its old segments, and
     * nothing else says that what comes is behind them.
     */
    boolean isToBeFenced() {
        return isToBeFenced;
    }

    /** They are parted now. */
    void fenced() {
        isToBeFenced = false;
    }

    long seriesCount() {
        return shards.stream().mapToLong(shard -> shard.store().seriesCount()).sum();
    }

    /** How many of the series are closed; while nothing is applied. */
    long closedCount() {
        return shards.stream().mapToLong(EngineShard::closedCount).sum();
    }

    /** What each shard was made from, none in memory. */
    List<OpeningReport> openings() {
        return shards.stream().flatMap(shard -> shard.opening().stream()).toList();
    }

    /** Operations of the logs that could not be applied, as what they rest on is lost. */
    long orphanedCount() {
        return shards.stream()
                .mapToLong(shard -> shard.applier().counts().orphanedCount())
                .sum();
    }

    /** From here on they are changed: until then what was closed cleanly is still closed, and opened as it is. */
    void begin() {
        shards.forEach(EngineShard::markOpen);
        shards.forEach(EngineShard::begin);
    }

    /**
     * Closes logs and stores without the mark of a clean close: at the next opening the stores are rebuilt, but those
     * that were closed before and have not begun.
     */
    void abandon() {
        Closing.each(abandonEnds);
    }

    /**
     * Writes everything and closes; where that fails, without the mark of a clean close for what was not written. No
     * shard is closed cleanly before the logs of all are on disk: what it has of a batch is in the logs of others. Nor
     * is one that was rebuilt before they are fenced: that they are to be is known by whoever reads its log. An
     * interrupt of the caller, which would close the files that are written, is put off, also where it comes meanwhile.
     */
    @Override
    public void close() {
        final boolean isInterrupted = Thread.interrupted();
        try {
            Closing.each(closeEnds);
        } finally {
            Uninterrupted.restore(isInterrupted);
        }
    }

    private void closeShards() {
        try {
            shards.forEach(EngineShard::force);
        } catch (final RuntimeException | Error e) {
            Closing.after(e, abandonments);
            throw e;
        }
        Closing.each(isToBeFenced ? unfencedEnds : shards);
    }
}
