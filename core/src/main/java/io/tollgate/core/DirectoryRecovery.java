package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.StoreDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Makes the best of a data directory, whatever has become of it: what is intact is readable afterwards, what is lost is
 * named, and the directory is closed cleanly. The log is the truth: a damaged store is rebuilt from it. A damaged log
 * is replaced by what can be read of it, and kept beside it; where the store was closed cleanly and is whole, it is
 * kept too, and nothing is lost with what the log has lost.
 */
public final class DirectoryRecovery {
    private final EngineContext context;
    private final DataFolder folder;
    /** What was found of each shard, to which belongs what it was made from afterwards. */
    private final List<Function<OpeningReport, RecoveryReport.Shard>> shards = new ArrayList<>();

    private int modeCode = ClockOperation.SAME_MODE;

    private DirectoryRecovery(final EngineContext context, final DataFolder folder) {
        this.context = context;
        this.folder = folder;
    }

    /**
     * Recovers the data directory of a context. Of its other options those count that say how files are made and
     * reached; the clock goes on as it was logged.
     *
     * @param context with a directory that is there, and that no engine has open.
     * @return what was read, repaired and lost.
     * @throws IllegalArgumentException     if the context has no directory, or an option out of range.
     * @throws IllegalStateException        if there is no data directory, an engine has it open, or a later version has
     *                                      written it; nothing has changed then.
     * @throws java.io.UncheckedIOException if the disk refuses; the recovery may be tried again.
     */
    public static RecoveryReport recover(final EngineContext context) {
        context.conclude();
        final Path directory = context.directory()
                .orElseThrow(() -> new IllegalArgumentException("directory=none, expected one to recover"));
        final long startNs = System.nanoTime();
        return new DirectoryRecovery(context, DataFolder.existing(directory)).recover(startNs);
    }

    private RecoveryReport recover(final long startNs) {
        final List<Damage> missing = folder.missingShards();
        final List<Integer> indexes = folder.shardIndexes();
        final List<Damage> repaired = folder.headerDamages();
        final DirectoryLock lock = DirectoryLock.acquire(folder.path());
        try {
            indexes.forEach(index -> folder.shard(index).requireThisLayout(context.fileAccess()));
            if (folder.isHeaderLost()) {
                DirectoryHeader.replace(folder.path(), folder.shardCount());
            }
            for (final int index : indexes) {
                shards.add(recover(index, folder.shard(index)));
            }
        } finally {
            lock.close();
        }
        final long orphanedCount;
        final long seriesCount;
        final long closedCount;
        final List<RecoveryReport.Shard> found = new ArrayList<>();
        try (TollgateEngine engine = TollgateEngine.launch(rebuilding())) {
            seriesCount = engine.statistics().seriesCount();
            closedCount = engine.shards().closedCount();
            orphanedCount = engine.shards().orphanedCount();
            final List<OpeningReport> openings = engine.openings();
            for (int i = 0; i < shards.size(); i++) {
                found.add(shards.get(i).apply(openings.get(indexes.get(i))));
            }
        }
        return new RecoveryReport(
                folder.path(),
                List.copyOf(found),
                missing,
                repaired,
                seriesCount,
                closedCount,
                orphanedCount,
                System.nanoTime() - startNs);
    }

    private Function<OpeningReport, RecoveryReport.Shard> recover(final int index, final ShardFolder shard) {
        final LogContents contents = new LogContents();
        final ShardCheck check = ShardCheck.of(shard, context.fileAccess(), contents);
        followMode(check, contents);
        final List<Loss> losses = losses(index, check, contents);
        Optional<Path> damagedLog = Optional.empty();
        if (!check.damages().isEmpty()) {
            shard.make();
            keepCheckpoint(shard, check, contents);
            if (check.isLogDamaged()) {
                damagedLog =
                        Optional.of(LogRepair.repair(context.fileAccess(), shard, context.logSegmentLength(), check));
            }
            if (!check.isStoreWhole()) {
                StoreDirectory.removeCleanMark(shard.path());
            }
            shard.removePositions();
        }
        final Optional<Path> keptLog = damagedLog;
        final RecoveryReport.Condition condition = conditionOf(check);
        return opening -> new RecoveryReport.Shard(
                index,
                condition,
                check.survey().frames(),
                check.survey().records(),
                check.beginSequence(),
                Math.max(check.survey().lastSequence(), check.promisedSequence()),
                check.damages(),
                losses,
                keptLog,
                opening);
    }

    /** What moves the clock is told by the log, or by a store that is whole, where the segment is gone that says so. */
    private void followMode(final ShardCheck check, final LogContents contents) {
        int found = contents.modeCode();
        if (found == ClockOperation.SAME_MODE) {
            final OptionalInt closed =
                    check.wholeStore().map(StoreDirectory::clockModeCode).orElse(OptionalInt.empty());
            found = closed.orElse(ClockOperation.SAME_MODE);
        }
        modeCode = found == ClockOperation.SAME_MODE ? modeCode : found;
    }

    /** What the log has lost, and what it had lost before where a checkpoint that had it is lost now. */
    private List<Loss> losses(final int index, final ShardCheck check, final LogContents contents) {
        final List<ShardCheck.LostRange> ranges = new ArrayList<>(check.losses());
        if (check.isCheckpointDamaged()) {
            ranges.addAll(contents.accepted());
        }
        if (!ranges.isEmpty()) {
            final ShardPlace place = new ShardPlace(index, folder.shardCount());
            check.wholeStore().ifPresent(store -> contents.learnKeys(store, place));
        }
        final long coveredTo = check.isStoreWhole() ? Long.MAX_VALUE : check.checkpointSequence();
        return ranges.stream()
                .map(range ->
                        contents.describe(index, range, check, context.fileAccess(), range.lastSequence() <= coveredTo))
                .toList();
    }

    /** Keeps a store that is whole to start from, where the log before it lacks something; no damaged one stays. */
    private void keepCheckpoint(final ShardFolder shard, final ShardCheck check, final LogContents contents) {
        final boolean isNeeded = check.isLogDamaged()
                || !contents.accepted().isEmpty()
                || check.beginSequence() > 1 && check.isCheckpointDamaged()
                || !check.isBeginCheckpointed();
        final boolean isKept = check.isStoreWhole() && isNeeded;
        if (isKept) {
            StoreDirectory.copy(shard.path(), shard.newCheckpoint());
        }
        check.damagedCheckpoints().forEach(damaged -> shard.removeCheckpoint(context.fileAccess(), damaged));
        if (isKept) {
            shard.replaceCheckpoint(context.fileAccess(), check.beginSequence() > 1);
        }
    }

    private static RecoveryReport.Condition conditionOf(final ShardCheck check) {
        if (!check.damages().isEmpty()) {
            return RecoveryReport.Condition.DAMAGED;
        }
        if (check.isOutdated()) {
            return RecoveryReport.Condition.OUTDATED;
        }
        if (check.survey().lastSequence() == 0) {
            return RecoveryReport.Condition.NEW;
        }
        return check.isClean() ? RecoveryReport.Condition.SOUND : RecoveryReport.Condition.NOT_CLOSED;
    }

    private EngineContext rebuilding() {
        // A log of an earlier version does not say what moved its clock: knowledge times never move it too far.
        final ClockMode mode = modeCode == ClockOperation.SAME_MODE ? ClockMode.KNOWLEDGE : ClockMode.of(modeCode);
        return new EngineContext()
                .directory(folder.path())
                .shardCount(folder.shardCount())
                .stepped(true)
                .ringLength(EngineContext.MIN_RING_LENGTH) // nobody offers anything
                .clockMode(mode)
                .clock(context.clock())
                .limits(context.limits())
                .logSegmentLength(context.logSegmentLength())
                .firstMapEntries(context.firstMapEntries())
                .fileAccess(context.fileAccess())
                .openingProgress(context.openingProgress())
                .errorHandler(DirectoryRecovery::ignore);
    }

    private static void ignore(final Throwable error) {
        // A torn end is cut off, which the report says already.
    }
}
