package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.file.Presence;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogDamage;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.store.StoreCheck;
import io.tollgate.core.store.StoreDamage;
import io.tollgate.core.store.StoreDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything in a shard that can be checked without opening it: its marks, all of its log, all of its store. */
final class ShardCheck {
    private final ShardFolder folder;
    private final List<Damage> damages = new ArrayList<>();
    private final List<Damage> storeDamages;
    private final List<Path> damagedCheckpoints = new ArrayList<>();
    private final List<Path> damagedCuts = new ArrayList<>();
    private final List<Path> soiledStores = new ArrayList<>();
    private final long directoryId;
    private final boolean isEndForeign;
    private final List<Damage> foreignMarks;
    private final List<Damage> misplacedMarks;
    private final LogBegin begin;
    private final OptionalLong cleanSequence;
    private final ReplayResult survey;
    /** The damages of it by which something is lost, in its order. */
    private final List<LogDamage> losing;

    private final RecordedLosses accepted;
    private final long keptSequence;
    private long promisedSequence;

    private ShardCheck(final ShardFolder folder, final FileAccess files, final LogContents contents) {
        this.folder = folder;
        directoryId = folder.directoryIdOfMost(files);
        // What another directory has there was never an end of this log that was torn.
        isEndForeign = DirectoryIdentity.areOfTwo(DirectoryIdentity.ofNewest(files, folder.log()), directoryId);
        foreignMarks = folder.marks().foreign(directoryId);
        misplacedMarks = folder.marks().misplaced();
        storeDamages = checkStore(folder.path());
        cleanSequence = StoreDirectory.cleanSequence(folder.path());
        survey = Presence.isDirectory(folder.log())
                ? LogReader.surveyOf(files, folder.log(), directoryId, folder.index(), contents)
                : new ReplayResult(LogEnd.CLEAN, 1, 0, 0, 0, -1, 0, List.of());
        losing = survey.damages().stream().filter(LogDamage::isLoss).toList();
        accepted = contents.accepted();
        begin = LogBegin.ofOwn(files, folder.log(), directoryId, folder.index());
        folder.beginDamage(files, directoryId).ifPresent(damages::add);
        damages.addAll(storeDamages);
        folder.checkpoints().forEach(this::checkCheckpoint);
        checkMarks();
        keptSequence = contents.half().lastBefore(survey.lastSequence(), promisedSequence);
        checkLog();
        contents.foreign()
                .ifPresent(found -> damages.add(new Damage(folder.log(), 0, found, "a series of this shard")));
    }

    /**
     * Checks a shard.
     *
     * @param folder   of the shard, which nobody has open; it has a log directory.
     * @param files    to reach the log through.
     * @param contents of the log, as far as it can be read: they are filled in.
     */
    static ShardCheck of(final ShardFolder folder, final FileAccess files, final LogContents contents) {
        return new ShardCheck(folder, files, contents);
    }

    /** What is damaged of what is used of a store; what is of the rest, which no opening reads, is told only. */
    private List<Damage> checkStore(final Path store) {
        final Map<Boolean, List<Damage>> found = StoreCheck.all(store).stream()
                .collect(Collectors.partitioningBy(
                        StoreDamage::isUsed, Collectors.mapping(Damage::of, Collectors.toList())));
        final List<Damage> used = found.get(true);
        addStrange(StoreDirectory.cleanMark(store), used);
        damages.addAll(found.get(false));
        if (used.isEmpty() && !found.get(false).isEmpty()) {
            soiledStores.add(store);
        }
        return used;
    }

    private void addStrange(final Path mark, final List<Damage> found) {
        Stream.concat(foreignMarks.stream(), misplacedMarks.stream())
                .filter(damage -> damage.file().equals(mark))
                .forEach(found::add);
    }

    /** What shows that the log itself is of another directory: marks that are, and none that is of this one. */
    Optional<Damage> foreignLog() {
        return !foreignMarks.isEmpty()
                        && foreignMarks.size() == folder.marks().directoryIds().size()
                ? Optional.of(foreignMarks.get(0))
                : Optional.empty();
    }

    /** Which data directory the shard is of, as far as that is known. */
    long directoryId() {
        return directoryId;
    }

    private void checkCheckpoint(final Path checkpoint) {
        final List<Damage> found = checkStore(checkpoint);
        if (found.isEmpty() && StoreDirectory.cleanSequence(checkpoint).isEmpty()) {
            found.add(new Damage(checkpoint, 0, "no mark of its close", "one"));
        }
        if (!found.isEmpty()) {
            damagedCheckpoints.add(checkpoint);
            damages.addAll(found);
        }
        if (CheckpointCut.isDamaged(checkpoint)) {
            damages.add(new Damage(
                    CheckpointCut.file(checkpoint),
                    0,
                    "bytes with a wrong crc32c, or the cut of another checkpoint",
                    "that of this one"));
            if (found.isEmpty()) {
                damagedCuts.add(checkpoint);
            }
        }
    }

    private void checkMarks() {
        final List<Damage> found = new ArrayList<>();
        addStrange(folder.positions(), found);
        try {
            promisedSequence = folder.marks().promisedSequence(directoryId);
        } catch (final OtherVersionException e) {
            throw e;
        } catch (final IllegalStateException e) {
            promisedSequence = folder.marks().closedSequence(directoryId);
            found.add(new Damage(folder.positions(), 0, "bytes with a wrong check word", "the positions of the log"));
        }
        folder.missingMark(survey.lastSequence() > 0).ifPresent(found::add);
        damages.addAll(found);
        promisedSequence = Math.max(promisedSequence, leftSequence());
        if (!found.isEmpty() && !isEndTold()) {
            promisedSequence = Math.max(promisedSequence, survey.lastSequence()) + 1;
        }
    }

    /** What the checkpoint promises of the log that is the newest when the damaged ones are gone. */
    private long leftSequence() {
        return folder.checkpoints().stream()
                .filter(checkpoint -> !damagedCheckpoints.contains(checkpoint))
                .findFirst()
                .map(checkpoint -> folder.marks().closedSequence(checkpoint, directoryId))
                .orElse(OptionalLong.empty())
                .orElse(0);
    }

    /**
     * Whether what there is tells how far the log went, where a mark that would is damaged or missing: a close does,
     * and a log that is whole, has something, and goes as far as others promise. Nothing else says that nobody was told
     * of more than is known: then that was one operation at least, it may be more.
     */
    private boolean isEndTold() {
        final long known = Math.max(promisedSequence, survey.lastSequence());
        final OptionalLong closed = folder.marks().closedSequence(folder.path(), directoryId);
        return closed.isPresent() && closed.getAsLong() >= known
                || known > 0 && survey.damages().isEmpty() && survey.lastSequence() == known;
    }

    private void checkLog() {
        if (!isNeedCheckpointed()) {
            damages.add(new Damage(LogBegin.file(folder.log()), 0, begin.lack(), "a whole checkpoint that has it"));
        }
        if (!isLogDamaged()) {
            return;
        }
        folder.looseLog().ifPresent(damages::add);
        survey.damages().stream().map(Damage::of).forEach(damages::add);
        if (promisedSequence > survey.lastSequence()) {
            damages.add(new Damage(
                    folder.log(),
                    0,
                    "lastSequence=" + survey.lastSequence(),
                    "lastSequence=" + promisedSequence + " as promised"));
        }
    }

    /** The last operation of the log that an opening does not cut off, as one of a batch that is not all there. */
    long keptSequence() {
        return keptSequence;
    }

    /** Whether the log is not whole; an end that nobody was told of is no damage, unless the log was closed. */
    boolean isLogDamaged() {
        return begin.isDamaged()
                || folder.looseLog().isPresent()
                || coveredSequence() < begin.neededSequence()
                || promisedSequence > survey.lastSequence()
                || isEndForeign
                || !(cleanSequence.isPresent() ? survey.damages().isEmpty() : TornTail.isAllDamage(survey));
    }

    /** Whether the store is as it was closed, and belongs to this log. */
    boolean isStoreWhole() {
        return cleanSequence.isPresent()
                && storeDamages.isEmpty()
                && cleanSequence.getAsLong() >= Math.max(promisedSequence, survey.lastSequence());
    }

    boolean isCheckpointDamaged() {
        return !damagedCheckpoints.isEmpty();
    }

    List<Path> damagedCheckpoints() {
        return damagedCheckpoints;
    }

    /** The checkpoints that are whole, but for their cuts, without which they are of use, too. */
    List<Path> damagedCuts() {
        return damagedCuts;
    }

    /** The stores and checkpoints that are whole, but for bytes that were never used. */
    List<Path> soiledStores() {
        return soiledStores;
    }

    /** The last operation that the newest checkpoint includes which is whole, 0 where there is none. */
    long checkpointSequence() {
        return wholeCheckpoint()
                .map(checkpoint -> StoreDirectory.cleanSequence(checkpoint).orElse(0))
                .orElse(0L);
    }

    private Optional<Path> wholeCheckpoint() {
        return folder.checkpoints().stream()
                .filter(checkpoint -> !damagedCheckpoints.contains(checkpoint))
                .findFirst();
    }

    /** The newest store that is whole: what the log has lost, or let go, may be told by it. */
    Optional<Path> wholeStore() {
        return isStoreWhole() ? Optional.of(folder.path()) : wholeCheckpoint();
    }

    /** The checkpoints that are of another shard. */
    List<Damage> misplacedCheckpoints() {
        return folder.marks().misplacedCheckpoints();
    }

    /** What is refused here of a store or checkpoint that is as it was closed: elsewhere it may be good. */
    Optional<Damage> unlike() {
        return Stream.concat(Stream.of(folder.path()), folder.checkpoints().stream())
                .flatMap(store -> StoreCheck.unlike(store).stream())
                .map(Damage::of)
                .findFirst();
    }

    /** Whether a checkpoint that is whole has what the log lacks; true also where that is nothing. */
    boolean isNeedCheckpointed() {
        return checkpointSequence() >= begin.neededSequence();
    }

    /** Up to where something that is whole has what the log lacks; a store that is has all that the log should have. */
    long coveredSequence() {
        return isStoreWhole() ? Math.max(cleanSequence.getAsLong(), checkpointSequence()) : checkpointSequence();
    }

    /** The first operation that the log is to have, 1 unless segments were deleted. */
    long beginSequence() {
        return begin.firstSequence();
    }

    /** Whether something that is whole has what the deleted segments had; true also where none was deleted. */
    boolean isBeginCovered() {
        return begin.firstSequence() - 1 <= coveredSequence();
    }

    /** What a store must include, once the log is repaired: the last of what is lost that something whole has. */
    long neededSequence() {
        final long covered = coveredSequence();
        return Stream.of(
                        Stream.of(new LostRange(1, begin.firstSequence() - 1)),
                        losses().stream(),
                        accepted.needed(begin))
                .flatMap(ranges -> ranges)
                .flatMap(range -> range.upTo(covered))
                .mapToLong(LostRange::lastSequence)
                .max()
                .orElse(0);
    }

    /** Whether the log lacks something that a store must include, or is going to, once it is repaired. */
    boolean isLogShort() {
        return begin.neededSequence() > 0 || neededSequence() > 0;
    }

    /** Whether the log has lost something, now or earlier. */
    boolean hasLost() {
        return !accepted.ranges().isEmpty() || !losses().isEmpty();
    }

    /**
     * What was lost earlier and is to be told now, as nothing that is whole has it any more. Where nothing says what a
     * store had, all of it is, if that may have been one that is damaged now.
     *
     * @param isNoteDamaged whether what an earlier recovery was to tell cannot be read: then it is told, too.
     */
    List<LostRange> lostAgain(final boolean isNoteDamaged) {
        if (isNoteDamaged || !begin.isRepaired() && (isCheckpointDamaged() || begin.isDamaged())) {
            return accepted.ranges();
        }
        final long covered = coveredSequence();
        return begin.isRepaired()
                ? accepted.needed(begin).flatMap(range -> range.behind(covered)).toList()
                : List.of();
    }

    /** Whether there is nothing to recover: closed cleanly, or never used. */
    boolean isClean() {
        return damages.isEmpty()
                && (isStoreWhole() || survey.lastSequence() == 0 && !Presence.isThere(folder.positions()));
    }

    ReplayResult survey() {
        return survey;
    }

    List<Damage> damages() {
        return damages;
    }

    long promisedSequence() {
        return promisedSequence;
    }

    /**
     * The damages of the log by which a stretch of sequences is lost. There may be as many as there are stretches, so
     * they are looked for from the first on that can be one: what they have lost ascends with them.
     */
    List<LogDamage> damagesBehind(final LostRange range) {
        int from = 0;
        int to = losing.size();
        while (from < to) {
            final int middle = (from + to) >>> 1;
            if (losing.get(middle).lastMissing() < range.firstSequence()) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        while (to < losing.size() && losing.get(to).firstMissing() <= range.lastSequence()) {
            to++;
        }
        return losing.subList(from, to);
    }

    /** The stretches of sequences that the log should have and has not. */
    List<LostRange> losses() {
        final List<LostRange> losses = new ArrayList<>();
        if (!isBeginCovered()) {
            losses.add(new LostRange(1, begin.firstSequence() - 1));
        }
        for (final LogDamage damage : losing) {
            losses.add(new LostRange(damage.firstMissing(), damage.lastMissing()));
        }
        if (promisedSequence > survey.lastSequence()) {
            losses.add(new LostRange(survey.lastSequence() + 1, promisedSequence));
        }
        return losses;
    }
}
