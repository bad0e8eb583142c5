package io.tollgate.core.directory;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.manifest.BootId;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.open.LogContents;
import io.tollgate.core.open.StoreBuilder;
import io.tollgate.core.report.Damage;
import io.tollgate.core.store.seal.StoreCheck;
import io.tollgate.core.store.seal.StoreSeal;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/**
 * Checks a data directory that no engine has open: the manifest, every byte of the log, and every used byte of the
 * closed store and the checkpoints. Files are read, not mapped or changed.
 *
 * @param directory that was checked.
 * @param state     of it.
 * @param damages   found in the directory.
 * @param summary   of the log, in one line.
 */
@NullMarked
public record DirectoryCheck(Path directory, State state, List<Damage> damages, String summary) {
    /** The states of a data directory. */
    public enum State {
        /** Closed cleanly and intact, or never used. */
        SOUND,
        /** Not closed and not damaged. The next opening rebuilds the store. */
        NEEDS_RECOVERY,
        /** Something is damaged or missing. */
        DAMAGED
    }

    /**
     * Checks a data directory.
     *
     * @param directory to check.
     * @return the result.
     * @throws IllegalStateException if it is not a data directory, an engine has it open, or another version wrote it.
     * @throws UncheckedIOException  if the disk refuses.
     */
    public static DirectoryCheck of(final Path directory) {
        final DataDirectory found = DataDirectory.existing(directory);
        final DirectoryLock lock = DirectoryLock.acquireToRead(found.path());
        try (lock) {
            return Uninterruptibles.putOff(() -> ofLocked(found));
        }
    }

    /** Checks a directory locked by the caller. */
    static DirectoryCheck ofLocked(final DataDirectory directory) {
        return new Checking(directory).check();
    }

    private static final class Checking {
        private final FileAccess files = new SystemFileAccess();
        private final DataDirectory directory;
        private final List<Damage> damages = new ArrayList<>();

        Checking(final DataDirectory directory) {
            this.directory = directory;
        }

        DirectoryCheck check() {
            final List<Damage> ofManifest = ManifestFile.damages(directory.path());
            final Optional<ManifestFile.Found> found =
                    ofManifest.size() > 1 ? Optional.empty() : ManifestFile.read(directory.path());
            if (found.isEmpty()) {
                damages.addAll(ofManifest);
                if (damages.isEmpty() && directory.hasContents()) {
                    damages.add(new Damage(directory.manifest(), 0, "no file", "a manifest"));
                }
                return result(damages.isEmpty() ? State.SOUND : State.DAMAGED, "no manifest");
            }
            final Manifest manifest = found.get().manifest();
            if (manifest.state() == Manifest.State.CLOSED) {
                // A power failure may tear the older page of an open directory, but not of a closed one.
                damages.addAll(ofManifest);
            }
            if (manifest.state() == Manifest.State.INCOMPLETE) {
                damages.add(new Damage(
                        directory.manifest(), 0, "state=INCOMPLETE, of a copy that was interrupted", "another state"));
            }
            checkStores(manifest);
            return checkLog(found.get(), manifest);
        }

        private void checkStores(final Manifest manifest) {
            for (final long sequence : directory.checkpoints()) {
                final boolean isNewest = sequence == manifest.checkpointSequence();
                final StoreBuilder.SealedStore checkpoint =
                        new StoreBuilder.SealedStore(directory.checkpoint(sequence), sequence);
                if (isNewest || FileProbe.isThere(StoreSeal.file(checkpoint.directory()))) {
                    damages.addAll(StoreBuilder.damages(checkpoint, manifest.identity()));
                }
            }
            final long newest = manifest.checkpointSequence();
            if (newest > 0 && !directory.checkpoints().contains(newest)) {
                damages.add(new Damage(directory.checkpoint(newest), 0, "no directory", "the newest checkpoint"));
            }
            manifest.seal().ifPresent(seal -> {
                final int crc = StoreSeal.crc(directory.store());
                if (crc != seal.crc()) {
                    damages.add(new Damage(
                            StoreSeal.file(directory.store()),
                            0,
                            "crc32c=" + crc,
                            "crc32c=" + seal.crc() + " as in the manifest"));
                } else {
                    StoreCheck.used(directory.store()).stream().map(Damage::of).forEach(damages::add);
                }
            });
        }

        private DirectoryCheck checkLog(final ManifestFile.Found found, final Manifest manifest) {
            final LogFiles log = new LogFiles(files, directory.log(), manifest.identity());
            final LogContents contents = new LogContents();
            final ReplayResult survey = FileProbe.isDirectory(log.directory())
                    ? LogReader.survey(log, manifest.log().firstSequence(), contents)
                    : ReplayResult.nothing(manifest.log().firstSequence());
            final boolean isClosed = manifest.seal().isPresent();
            if (!isClosed && found.positions().isDamaged()) {
                damages.add(new Damage(
                        directory.manifest(), ManifestFile.POSITIONS_OFFSET, "damaged slots", "log positions"));
                return result(State.DAMAGED, "lastSequence=" + survey.lastSequence());
            }
            final long promised = found.requiredSequence(BootId.current());
            final boolean isEndDamaged = isClosed ? !survey.damages().isEmpty() : !TornTail.isAllDamage(survey);
            final boolean isShort = survey.lastSequence() < promised;
            final boolean isMixed = LogFiles.identities(files, log.directory()).stream()
                    .anyMatch(identity -> identity != log.directoryId());
            if (isEndDamaged || isShort || isMixed) {
                survey.damages().stream().map(Damage::of).forEach(damages::add);
            }
            if (isShort || isClosed && survey.lastSequence() > promised) {
                damages.add(new Damage(
                        log.directory(),
                        0,
                        "lastSequence=" + survey.lastSequence(),
                        "lastSequence=" + promised + " as in the manifest"));
            }
            final boolean isUnused = survey.lastSequence() == 0 && manifest.state() == Manifest.State.REBUILDING;
            final State state =
                    !damages.isEmpty() ? State.DAMAGED : isClosed || isUnused ? State.SOUND : State.NEEDS_RECOVERY;
            final long first = manifest.log().firstSequence();
            return result(
                    state,
                    "lastSequence=" + survey.lastSequence() + " frames=" + survey.frames() + " records="
                            + survey.records()
                            + (first == 1 ? "" : " firstSequence=" + first + " (older segments were deleted)")
                            + (contents.recordedCount() == 0 ? "" : " lostEarlier=" + contents.recordedCount())
                            + (isClosed ? " closed cleanly" : ""));
        }

        private DirectoryCheck result(final State state, final String summary) {
            return new DirectoryCheck(directory.path(), state, List.copyOf(damages), summary);
        }
    }
}
