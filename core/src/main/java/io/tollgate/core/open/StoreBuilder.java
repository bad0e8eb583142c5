package io.tollgate.core.open;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.core.apply.AppliedState;
import io.tollgate.core.apply.OperationApplier;
import io.tollgate.core.config.OpeningProgress;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.report.Damage;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.memory.StoreDamage;
import io.tollgate.core.store.seal.StoreCheck;
import io.tollgate.core.store.seal.StoreCopy;
import io.tollgate.core.store.seal.StoreDirectory;
import io.tollgate.core.store.seal.StoreSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.LangUtil;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Makes closed stores: a sealed store is copied, the log is replayed into the copy, and the copy is closed.
 * Checkpoints, backups and recoveries use it. The log may be appended to at the same time. Control threads.
 */
public final class StoreBuilder {
    /** The number of operations between two progress reports. */
    static final int OPERATIONS_OF_PROGRESS = 1 << 16;

    private final FileAccess files;
    private final EpochNanoClock clock;
    private final OpeningProgress progress;

    public StoreBuilder(final FileAccess files, final EpochNanoClock clock) {
        this(files, clock, (sequence, lastSequence) -> {});
    }

    /** Creates a builder that reports its progress. */
    public StoreBuilder(final FileAccess files, final EpochNanoClock clock, final OpeningProgress progress) {
        this.files = files;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * A completed store.
     *
     * @param seal          of it.
     * @param clockModeCode the code of the clock mode at its end.
     * @param seriesCount   the number of its series.
     * @param closedCount   the number of its closed series.
     * @param orphanedCount the number of skipped operations that depend on lost ones.
     */
    public record Built(
            Manifest.Seal seal, int clockModeCode, long seriesCount, long closedCount, long orphanedCount) {}

    /** A sealed store, and the last operation that it includes. {@link #NOTHING} stands for an empty store. */
    public record SealedStore(Path directory, long sequence) {
        public static final SealedStore NOTHING = new SealedStore(Path.of(""), 0);

        public boolean isThere() {
            return sequence > 0;
        }
    }

    /**
     * Makes a store.
     *
     * @param base       to copy.
     * @param log        to replay.
     * @param toSequence the last operation to include; it must not be inside a batch.
     * @param target     the directory of the store; existing contents are replaced.
     * @param entries    the capacity of the first maps.
     * @throws IllegalStateException if the base is damaged, or the log lacks operations.
     * @throws UncheckedIOException  if the disk refuses.
     */
    public Built build(
            final SealedStore base, final LogFiles log, final long toSequence, final Path target, final int entries) {
        if (base.sequence() > toSequence) {
            throw new DirectoryDamagedException(
                    "log=" + log.directory() + " lastSequence=" + toSequence + ", expected " + base.sequence()
                            + " as in checkpoint=" + base.directory() + "; run recover",
                    log.directory());
        }
        try {
            files.createDirectory(target);
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + target + ": cannot be made; check the disk", e);
        }
        StoreDirectory.discard(files, target);
        if (base.isThere()) {
            requireIntact(base, log.directoryId());
            StoreCopy.restore(files, base.directory(), target);
        }
        final SeriesStore store = SeriesStore.persisted(files, target, entries, LangUtil::rethrowUnchecked);
        try (store) {
            // A placeholder: the log contains the clock mode.
            final AppliedState state = AppliedState.of(store, ClockMode.KNOWLEDGE, clock);
            if (base.isThere()) {
                state.resume(target);
            }
            final OperationApplier applier = state.applier();
            replay(applier, base.sequence(), log, toSequence);
            final long seriesCount = store.seriesCount();
            final long closedCount = store.closedCount();
            final int crc = state.closeCleanly(files, target, log.directoryId(), toSequence);
            return new Built(
                    new Manifest.Seal(toSequence, crc),
                    applier.modeCode(),
                    seriesCount,
                    closedCount,
                    applier.counts().orphanedCount());
        }
    }

    private void replay(
            final OperationApplier applier, final long fromSequence, final LogFiles log, final long toSequence) {
        if (fromSequence == toSequence) {
            return;
        }
        final BatchReplay replay = new BatchReplay(log.directory(), applier);
        final ReplayResult end =
                LogReader.replay(log, fromSequence + 1, toSequence, (buffer, offset, length, sequence) -> {
                    replay.onOperation(buffer, offset, length, sequence);
                    if (sequence % OPERATIONS_OF_PROGRESS == 0 || sequence == toSequence) {
                        progress.onProgress(sequence, toSequence);
                    }
                });
        replay.end();
        if (end.end() == LogEnd.GAP || end.lastSequence() < toSequence) {
            throw new DirectoryDamagedException(
                    "log=" + log.directory() + " lastSequence=" + end.lastSequence() + " damages=" + end.damages()
                            + ", expected " + toSequence + " and none; run recover",
                    log.directory());
        }
    }

    /**
     * Refuses a sealed store that is damaged, or is not the expected one.
     *
     * @param base        the store.
     * @param directoryId the identity of its data directory.
     */
    public static void requireIntact(final SealedStore base, final long directoryId) {
        damages(base, directoryId).stream().findFirst().ifPresent(damage -> {
            throw new DirectoryDamagedException(damage + "; run recover, or restore the directory from a backup");
        });
    }

    /** Checks a sealed store against its seal, and the seal against the expected store. */
    public static List<Damage> damages(final SealedStore base, final long directoryId) {
        final List<StoreDamage> found = StoreCheck.used(base.directory());
        if (!found.isEmpty()) {
            return found.stream().map(Damage::of).toList();
        }
        final StoreSeal seal = StoreSeal.read(base.directory()).orElseThrow();
        if (seal.directoryId() != directoryId) {
            return List.of(new Damage(
                    StoreSeal.file(base.directory()),
                    0,
                    LogFiles.text(seal.directoryId()) + ", of another data directory",
                    LogFiles.text(directoryId)));
        }
        return seal.appliedSequence() == base.sequence()
                ? List.of()
                : List.of(new Damage(
                        StoreSeal.file(base.directory()),
                        0,
                        "sequence=" + seal.appliedSequence(),
                        "sequence=" + base.sequence()));
    }
}
