package io.tollgate.core;

import io.tollgate.core.file.Uninterrupted;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.DirectoryLock;
import io.tollgate.core.store.JvmAccess;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.StoreCopy;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the best of a data directory, whatever has become of it: what is intact is readable afterwards, what is lost is
 * named, and the directory is closed cleanly. The log is the truth: a damaged store is rebuilt from it. A damaged log
 * is replaced by what can be read of it, and kept beside it; where the store was closed cleanly and is whole, it is
 * kept too, and nothing is lost with what the log has lost.
 *
 * <p>A recovery that was stopped, wherever it was, is done again, and tells what the one before has found lost: until
 * then no engine opens the directory.
 */
public final class DirectoryRecovery {
    private final EngineContext context;
    private final DataFolder folder;
    private final Consumer<RecoveryReport> teller;
    private final RecoveredClockMode clockMode = new RecoveredClockMode();

    private DirectoryRecovery(
            final EngineContext context, final DataFolder folder, final Consumer<RecoveryReport> teller) {
        this.context = context;
        this.folder = folder;
        this.teller = teller;
    }

    /**
     * Recovers the data directory of a context. Of its other options those count that say how files are made and
     * reached; the clock goes on as it was logged.
     *
     * @param context with a directory that is there, and that no engine has open.
     * @return what was read, repaired and lost.
     * @throws IllegalArgumentException     if the context has no directory, or an option out of range.
     * @throws IllegalStateException        if there is no data directory, an engine has it open, another version has
     *                                      written it, or the JVM lacks flags, or a log or a store is that of
     *                                      another shard or data directory, or a shard is one too many,
     *                                      or what nothing else has lies in a store that is not opened here; nothing
     *                                      has changed then.
     * @throws java.io.UncheckedIOException if the disk refuses, or what was rebuilt cannot be closed; the recovery may
     *                                      be tried again, and tells then what this one has found lost, too.
     */
    public static RecoveryReport recover(final EngineContext context) {
        return recover(context, report -> {});
    }

    /**
     * Recovers the data directory of a context, and has told what is lost before that is forgotten; throws what {@link
     * #recover(EngineContext)} does.
     *
     * @param context with a directory that is there, and that no engine has open.
     * @param teller  tells what was read, repaired and lost, when all is closed; where it throws, or the process ends
     *                in it, and something is lost, no engine opens the directory, and the next recovery tells of that.
     * @return what was told.
     */
    public static RecoveryReport recover(final EngineContext context, final Consumer<RecoveryReport> teller) {
        context.conclude();
        JvmAccess.requireOpen();
        final Path directory = context.directory()
                .orElseThrow(() -> new IllegalArgumentException("directory=none, expected one to recover"));
        final long startNs = System.nanoTime();
        final DirectoryRecovery recovery = new DirectoryRecovery(context, DataFolder.existing(directory), teller);
        return Uninterrupted.putOff(() -> recovery.recover(startNs));
    }

    /** What was found of a shard, and of what it has lost. */
    private record Found(int index, ShardCheck check, RecordedLosses accepted, List<Loss> losses) {}

    private RecoveryReport recover(final long startNs) {
        final DirectoryLock lock =
                DirectoryLock.acquire(folder.path(), context.fileAccess().audience());
        try (lock) {
            return folder.isUndivided() && folder.damages().isEmpty() ? nothing(startNs) : recoverLocked(startNs);
        }
    }

    /** Of what never came to have a shard: into how many it is to be divided is for the first engine to say. */
    private RecoveryReport nothing(final long startNs) {
        DirectoryHeader.removeBegun(context.fileAccess(), folder.path());
        final RecoveryReport report = new RecoveryReport(
                folder.path(), List.of(), List.of(), List.of(), 0, 0, 0, System.nanoTime() - startNs);
        teller.accept(report);
        return report;
    }

    /** What is lost is on disk before anything is changed, and is told when all is closed. */
    private RecoveryReport recoverLocked(final long startNs) {
        final List<Damage> repaired = folder.damages();
        requireOwn();
        final LossNote noted = LossNote.of(folder.path()).within(folder.shardCount());
        final List<Found> found = folder.shardIndexes().stream()
                .map(index -> examine(index, noted.isDamaged()))
                .toList();
        found.forEach(this::requirePlace);
        found.forEach(this::requireUnneeded);
        final LossNote lost = stillLost(noted, found)
                .with(
                        folder.missingIndexes(),
                        found.stream().flatMap(shard -> shard.losses().stream()).toList());
        final List<Damage> missing =
                lost.missing().stream().map(folder::missingShard).toList();
        lost.write(context.fileAccess(), folder.path());
        if (folder.isHeaderLost()) {
            DirectoryHeader.replace(context.fileAccess(), folder.path(), folder.shardCount());
        }
        final boolean isAnyLogShort =
                found.stream().anyMatch(shard -> shard.check().isLogShort());
        final List<Optional<Path>> damagedLogs =
                found.stream().map(shard -> repair(shard, isAnyLogShort)).toList();
        lost.missing().forEach(this::makeAnew);
        final long orphanedCount;
        final long seriesCount;
        final long closedCount;
        final List<RecoveryReport.Shard> shards = new ArrayList<>();
        final EngineContext rebuilding = rebuilding();
        final EngineShards rebuilt = EngineShards.openRecovered(rebuilding, !lost.isNothing());
        final TollgateEngine engine = TollgateEngine.launch(rebuilding, rebuilt);
        try (engine) {
            seriesCount = engine.statistics().seriesCount();
            closedCount = engine.shards().closedCount();
            orphanedCount = engine.shards().orphanedCount();
            for (int i = 0; i < found.size(); i++) {
                final Found shard = found.get(i);
                shards.add(report(
                        shard,
                        lost.lossesOf(shard.index()),
                        damagedLogs.get(i),
                        engine.openings().get(shard.index())));
            }
        }
        requireClosed(engine.failure());
        final RecoveryReport report = new RecoveryReport(
                folder.path(),
                List.copyOf(shards),
                missing,
                repaired,
                seriesCount,
                closedCount,
                orphanedCount,
                System.nanoTime() - startNs);
        teller.accept(report);
        LossNote.remove(context.fileAccess(), folder.path());
        return report;
    }

    private void makeAnew(final int missing) {
        LogRepair.makeAnew(
                context.fileAccess(),
                folder.shard(missing),
                context.logSegmentLength(),
                folder.directoryIdOfMost(context.fileAccess()),
                CheckpointCut.last(folder, missing));
    }

    /** An engine that fails in its close abandons its shards, and throws nothing. */
    private void requireClosed(final Optional<RuntimeException> failure) {
        for (final int index : folder.shardIndexes()) {
            if (!folder.shard(index).isClosed()) {
                throw new UncheckedIOException(
                        "shard=" + folder.shard(index).path()
                                + " was rebuilt and not closed, expected closed; run recover again",
                        failure.map(reason -> new IOException(reason.getMessage(), reason))
                                .orElseGet(() -> new IOException("its close says nothing")));
            }
        }
    }

    /** What was noted, without what is there again; what is damaged, or missing once more, is found now. */
    private LossNote stillLost(final LossNote noted, final List<Found> found) {
        if (noted.isNothing()) {
            return noted;
        }
        final Map<Integer, StoppedRepair> repairs =
                found.stream().collect(Collectors.toMap(Found::index, shard -> stoppedRepair(noted, shard)));
        return noted.without(
                index -> repairs.containsKey(index) && !repairs.get(index).hasMadeAnew(),
                loss -> repairs.containsKey(loss.shard())
                        && !repairs.get(loss.shard()).hasTaken(loss));
    }

    private StoppedRepair stoppedRepair(final LossNote noted, final Found found) {
        final ShardFolder shard = folder.shard(found.index());
        final LogBegin begin =
                LogBegin.ofOwn(context.fileAccess(), shard.log(), found.check().directoryId(), found.index());
        return new StoppedRepair(noted, shard, found.check(), found.accepted(), begin);
    }

    private void requireOwn() {
        folder.requireKnown(context.fileAccess());
        folder.shardsTooMany().stream().findFirst().ifPresent(shard -> {
            throw new IllegalStateException(shard + "; put it where it was made, or remove it. Nothing was changed");
        });
        folder.foreignShards(context.fileAccess()).stream().findFirst().ifPresent(foreign -> {
            throw new IllegalStateException(foreign + "; put the right one in its place. Nothing was changed");
        });
    }

    private Found examine(final int index, final boolean isNoteDamaged) {
        final ShardPlace place = folder.place(index);
        final LogContents contents = new LogContents(place);
        final ShardCheck check = ShardCheck.of(folder.shard(index), context.fileAccess(), contents);
        contents.foreign().ifPresent(foreign -> {
            throw ForeignOperation.exception(folder.shard(index).log(), foreign, place);
        });
        check.foreignLog().ifPresent(foreign -> {
            throw new IllegalStateException("log=" + folder.shard(index).log() + " seems to be that of another data"
                    + " directory: " + foreign + ". Nothing was changed; put the right one in its place, or, to go on"
                    + " with this log, delete that file and recover again");
        });
        final List<Loss> losses = losses(index, check, contents, isNoteDamaged);
        clockMode.learn(check, contents, losses);
        return new Found(index, check, contents.accepted(), losses);
    }

    /**
     * A store that is one of another place is refused when it is opened; a checkpoint is not missed but where nothing
     * else has what was in its place.
     */
    private void requirePlace(final Found found) {
        final boolean isMissed = found.losses().stream().anyMatch(loss -> !loss.isCovered());
        Stream.concat(
                        folder.misplacement(found.index(), found.check()).stream(),
                        isMissed ? found.check().misplacedCheckpoints().stream() : Stream.empty())
                .findFirst()
                .ifPresent(misplaced -> {
                    throw new IllegalStateException(
                            misplaced + "; put each shard's directory back where it was made. Nothing was changed");
                });
    }

    /**
     * A store that is whole, though not for this machine, is not thrown away where nothing else has what it
     * has.
     */
    private void requireUnneeded(final Found found) {
        final List<LostRange> lost = found.losses().stream()
                .filter(loss -> !loss.isCovered())
                .map(loss -> new LostRange(loss.firstSequence(), loss.lastSequence()))
                .toList();
        if (lost.isEmpty()) {
            return;
        }
        final ShardFolder shard = folder.shard(found.index());
        found.check().unlike().ifPresent(unlike -> {
            throw new IllegalStateException(unlike + ". Nothing else may have sequences="
                    + lost.get(0).firstSequence() + ".." + lost.get(0).lastSequence()
                    + ", so nothing was changed. To lose them, delete all but log in " + shard.path()
                    + ", and recover again");
        });
    }

    /** Repairs the log of a shard, and leaves of its stores what is whole; where the damaged log is kept. */
    private Optional<Path> repair(final Found found, final boolean isAnyLogShort) {
        final ShardFolder shard = folder.shard(found.index());
        final ShardCheck check = found.check();
        if (check.damages().isEmpty()) {
            return Optional.empty();
        }
        shard.make(context.fileAccess());
        keepCheckpoint(shard, found, isAnyLogShort);
        final long directoryId = folder.directoryIdOfMost(context.fileAccess());
        final Optional<Path> damagedLog = check.isLogDamaged()
                ? Optional.of(
                        LogRepair.repair(context.fileAccess(), shard, context.logSegmentLength(), directoryId, check))
                : Optional.empty();
        if (check.isStoreWhole()) {
            shard.removePositions(context.fileAccess());
        } else {
            TornTail.force(context.fileAccess(), shard.log());
            shard.promise(context.fileAccess(), directoryId, lastSequence(check));
            StoreDirectory.giveUp(context.fileAccess(), shard.path());
            StoreDirectory.removeCleanMark(context.fileAccess(), shard.path());
        }
        return damagedLog;
    }

    private static RecoveryReport.Shard report(
            final Found found, final List<Loss> losses, final Optional<Path> damagedLog, final OpeningReport opening) {
        final ShardCheck check = found.check();
        return new RecoveryReport.Shard(
                found.index(),
                conditionOf(check),
                check.survey().frames(),
                check.survey().records(),
                check.beginSequence(),
                lastSequence(check),
                check.damages(),
                losses,
                damagedLog,
                opening);
    }

    /** The last operation of a log, be it lost. */
    private static long lastSequence(final ShardCheck check) {
        return Math.max(check.keptSequence(), check.promisedSequence());
    }

    /**
     * What the log has lost, and what it had lost before where a checkpoint that had it is lost now, or the note of
     * what an earlier recovery was to tell.
     */
    private List<Loss> losses(
            final int index, final ShardCheck check, final LogContents contents, final boolean isNoteDamaged) {
        final List<LostRange> lost = check.losses();
        final List<LostRange> accepted = check.lostAgain(isNoteDamaged);
        if (!lost.isEmpty() || !accepted.isEmpty()) {
            check.wholeStore().ifPresent(contents::learnKeys);
        }
        final long coveredTo = check.coveredSequence();
        // A store that the earlier recovery has closed has not what that was to tell; a checkpoint is older.
        final long acceptedTo = isNoteDamaged ? check.checkpointSequence() : coveredTo;
        return Stream.concat(
                        lost.stream().flatMap(range -> parts(range, coveredTo, check, contents)),
                        accepted.stream().flatMap(range -> parts(range, acceptedTo, check, contents)))
                .toList();
    }

    /** What something whole has of a loss, and what is lost for good. */
    private Stream<Loss> parts(
            final LostRange range, final long coveredTo, final ShardCheck check, final LogContents contents) {
        return Stream.concat(
                range.upTo(coveredTo).map(part -> contents.describe(part, check, context.fileAccess(), true)),
                range.behind(coveredTo).map(part -> contents.describe(part, check, context.fileAccess(), false)));
    }

    /**
     * Keeps a store that is whole to start from, where the log before it lacks something; no damaged one stays. The
     * checkpoint before it does where any log is short: it may be the one that has what that lacks, and the ends of
     * batches of other shards are missing there, too. Of what stays what was never used is made as it was, and a cut
     * that is damaged goes.
     */
    private void keepCheckpoint(final ShardFolder shard, final Found found, final boolean isAnyLogShort) {
        final ShardCheck check = found.check();
        final boolean isNeeded = check.isLogDamaged()
                || !found.accepted().ranges().isEmpty()
                || check.isLogShort() && check.isCheckpointDamaged()
                || !check.isNeedCheckpointed();
        final boolean isKept = check.isStoreWhole() && isNeeded;
        if (isKept) {
            StoreCopy.copy(context.fileAccess(), shard.path(), shard.newCheckpoint());
        }
        check.damagedCheckpoints().forEach(damaged -> shard.removeCheckpoint(context.fileAccess(), damaged));
        check.soiledStores().forEach(store -> StoreDirectory.clearUnused(context.fileAccess(), store));
        check.damagedCuts().forEach(checkpoint -> CheckpointCut.remove(context.fileAccess(), checkpoint));
        if (isKept) {
            shard.replaceCheckpoint(context.fileAccess(), isAnyLogShort);
        }
    }

    private static RecoveryReport.Condition conditionOf(final ShardCheck check) {
        if (!check.damages().isEmpty()) {
            return RecoveryReport.Condition.DAMAGED;
        }
        if (check.survey().lastSequence() == 0) {
            return RecoveryReport.Condition.NEW;
        }
        return check.isClean() ? RecoveryReport.Condition.SOUND : RecoveryReport.Condition.NOT_CLOSED;
    }

    private EngineContext rebuilding() {
        return new EngineContext()
                .directory(folder.path())
                .shardCount(folder.shardCount())
                .stepped(true)
                .ringLength(OptionBounds.MIN_RING_LENGTH) // nobody offers anything
                .clockMode(clockMode.mode())
                .clock(context.clock())
                .limits(context.limits())
                .logSegmentLength(context.logSegmentLength())
                .firstMapEntries(context.firstMapEntries())
                .fileAccess(context.fileAccess())
                .openingProgress(context.openingProgress())
                .errorHandler(DirectoryRecovery::ignore);
    }

    private static void ignore(final Throwable error) {
        // A torn end is cut off, which the report says already; what fails the engine is asked of it.
    }
}
