package io.tollgate.core;

import io.tollgate.core.log.FileAccess;
import io.tollgate.core.log.LogDamage;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.store.StoreCheck;
import io.tollgate.core.store.StoreDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Everything in a shard that can be checked without opening it: its marks, all of its log, all of its store. */
final class ShardCheck {
    private final ShardFolder folder;
    private final List<Damage> damages = new ArrayList<>();
    private final List<Damage> storeDamages;
    private final List<Damage> checkpointDamages = new ArrayList<>();
    private final OptionalLong cleanSequence;
    private final ReplayResult survey;
    private long promisedSequence;

    private ShardCheck(final ShardFolder folder, final FileAccess files, final OperationHandler handler) {
        this.folder = folder;
        storeDamages = StoreCheck.all(folder.path()).stream().map(Damage::of).toList();
        cleanSequence = StoreDirectory.cleanSequence(folder.path());
        survey = Files.isDirectory(folder.log())
                ? LogReader.survey(files, folder.log(), handler)
                : new ReplayResult(LogEnd.CLEAN, 1, 0, 0, 0, -1, 0, List.of());
        damages.addAll(storeDamages);
        checkCheckpoint();
        damages.addAll(checkpointDamages);
        checkMarks();
        checkLog();
    }

    /**
     * Checks a shard.
     *
     * @param folder  of the shard, which nobody has open; it has a log directory.
     * @param files   to reach the log through.
     * @param handler of all records of the log that can be read.
     */
    static ShardCheck of(final ShardFolder folder, final FileAccess files, final OperationHandler handler) {
        return new ShardCheck(folder, files, handler);
    }

    private void checkCheckpoint() {
        final Path checkpoint = folder.checkpoint();
        if (Files.exists(checkpoint)) {
            StoreCheck.all(checkpoint).stream().map(Damage::of).forEach(checkpointDamages::add);
            if (checkpointDamages.isEmpty()
                    && StoreDirectory.cleanSequence(checkpoint).isEmpty()) {
                checkpointDamages.add(new Damage(checkpoint, 0, "no mark of its close", "one"));
            }
        }
    }

    private void checkMarks() {
        try {
            promisedSequence = folder.promisedSequence();
        } catch (final IllegalStateException e) {
            promisedSequence = cleanSequence.orElse(0);
            damages.add(new Damage(folder.positions(), 0, "bytes with a wrong check word", "the positions of the log"));
        }
        if (survey.lastSequence() > 0 && !folder.hasMark() && !isOutdated()) {
            damages.add(new Damage(folder.positions(), 0, "no file", "one, or the mark of a clean close"));
        }
    }

    private void checkLog() {
        if (!isLogDamaged()) {
            return;
        }
        survey.damages().stream().map(Damage::of).forEach(damages::add);
        if (promisedSequence > survey.lastSequence()) {
            damages.add(new Damage(
                    folder.log(),
                    0,
                    "lastSequence=" + survey.lastSequence(),
                    "lastSequence=" + promisedSequence + " as promised"));
        }
    }

    /** Whether the log is not whole; an end that nobody was told of is no damage, unless the log was closed. */
    boolean isLogDamaged() {
        return promisedSequence > survey.lastSequence()
                || !(cleanSequence.isPresent() ? survey.damages().isEmpty() : TornTail.isAllDamage(survey));
    }

    /** Whether the store is as it was closed, and belongs to this log. */
    boolean isStoreWhole() {
        return cleanSequence.isPresent()
                && storeDamages.isEmpty()
                && cleanSequence.getAsLong() >= Math.max(promisedSequence, survey.lastSequence())
                && !isOutdated();
    }

    boolean isCheckpointDamaged() {
        return !checkpointDamages.isEmpty();
    }

    /** The last operation that the checkpoint includes, 0 where there is none that is whole. */
    long checkpointSequence() {
        final Path checkpoint = folder.checkpoint();
        return isCheckpointDamaged() || StoreDirectory.isOutdated(checkpoint)
                ? 0
                : StoreDirectory.cleanSequence(checkpoint).orElse(0);
    }

    boolean isOutdated() {
        return StoreDirectory.isOutdated(folder.path());
    }

    /** Whether there is nothing to recover: closed cleanly, or never used. */
    boolean isClean() {
        return damages.isEmpty() && (isStoreWhole() || survey.lastSequence() == 0 && !Files.exists(folder.positions()));
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

    /** The stretches of sequences that the log should have and has not. */
    List<LostRange> losses() {
        final List<LostRange> losses = new ArrayList<>();
        for (final LogDamage damage : survey.damages()) {
            if (damage.isLoss()) {
                losses.add(new LostRange(damage.firstMissing(), damage.lastMissing()));
            }
        }
        if (promisedSequence > survey.lastSequence()) {
            losses.add(new LostRange(survey.lastSequence() + 1, promisedSequence));
        }
        return losses;
    }

    /** Operations that are not there. */
    record LostRange(long firstSequence, long lastSequence) {}
}
