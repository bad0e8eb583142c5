package io.tollgate.core.directory;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.config.EngineConfiguration;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.log.LogDamage;
import io.tollgate.core.log.LogEnd;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.LogRewrite;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.log.TornTail;
import io.tollgate.core.manifest.BootId;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.open.DirectoryOpening;
import io.tollgate.core.open.LogContents;
import io.tollgate.core.open.LostRange;
import io.tollgate.core.open.StoreBuilder;
import io.tollgate.core.report.Damage;
import io.tollgate.core.report.Loss;
import io.tollgate.core.report.RecoveryReport;
import io.tollgate.core.store.chronicle.JvmAccess;
import io.tollgate.core.store.seal.StoreCopy;
import io.tollgate.core.store.seal.StoreSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * Makes a new data directory from the intact parts of another one, which is not changed. It uses the newest intact
 * store among the closed one and the checkpoints, and all readable parts of the log. Lost operations are listed in the
 * report and recorded in the new log. Delete an interrupted recovery and run it again.
 */
@NullMarked
public final class DirectoryRecovery {
    private final EngineOptions options;
    private final FileAccess files;
    private final DataDirectory source;
    private final DataDirectory target;
    private final LogContents contents = new LogContents();
    private final List<Damage> damages;
    private final Optional<ManifestFile.Found> found;
    private final LogFiles log;
    /** True if a segment belongs to another data directory; this is more than a torn tail. */
    private final boolean isMixed;

    private DirectoryRecovery(final EngineOptions options, final DataDirectory source, final DataDirectory target) {
        this.options = options;
        files = options.fileAccess();
        this.source = source;
        this.target = target;
        final List<Damage> ofManifest = new ArrayList<>(ManifestFile.damages(source.path()));
        final boolean isLost = ofManifest.stream()
                        .filter(damage -> damage.position() < ManifestFile.POSITIONS_OFFSET)
                        .count()
                > 1;
        found = isLost ? Optional.empty() : ManifestFile.read(source.path());
        if (found.isEmpty() && !isLost && source.hasContents()) {
            ofManifest.add(new Damage(source.manifest(), 0, "no file", "a manifest"));
        }
        found.ifPresent(file -> file.manifest().requireComplete(source.path()));
        damages = ofManifest;
        final Set<Long> ofLog = LogFiles.identities(files, source.log());
        log = new LogFiles(files, source.log(), identity(ofLog));
        isMixed = ofLog.size() > 1;
        if (!ofLog.isEmpty() && !ofLog.contains(log.directoryId())) {
            throw new DirectoryDamagedException(
                    "log=" + source.log() + ": found "
                            + LogFiles.text(ofLog.iterator().next()) + ", expected " + LogFiles.text(log.directoryId())
                            + " as in the manifest: the whole log belongs to another data directory; put the right log"
                            + " or the right manifest in its place, or delete the wrong one, and run recover again",
                    source.log());
        }
    }

    /** Without a manifest the identity comes from the first intact segment, otherwise from a store or checkpoint. */
    private long identity(final Set<Long> ofLog) {
        if (found.isPresent()) {
            return found.get().manifest().identity();
        }
        return Stream.concat(
                        ofLog.stream(),
                        stores().flatMap(store -> StoreSeal.read(store).stream())
                                .map(StoreSeal::directoryId))
                .findFirst()
                .orElseGet(DirectoryOpening::drawIdentity);
    }

    private Stream<Path> stores() {
        return Stream.concat(
                Stream.of(source.store()), source.checkpoints().stream().map(source::checkpoint));
    }

    /**
     * Recovers the data directory of a context.
     *
     * @param context an {@code EngineContext} whose directory is read; its options for files, log and store are used.
     * @param target  the target directory: missing or empty.
     * @return the report of the recovery.
     * @throws IllegalArgumentException if the context has no directory, or the target is not empty or lies in the
     *     source.
     * @throws IllegalStateException    if an engine has the source open, another version wrote it, or its whole log
     *     belongs to another data directory.
     * @throws UncheckedIOException     if a disk refuses. The target is left empty or missing.
     */
    public static RecoveryReport recover(final EngineConfiguration context, final Path target) {
        final EngineOptions options = EngineOptions.of(context);
        JvmAccess.requireOpen();
        final Path given = options.directory()
                .orElseThrow(() -> new IllegalArgumentException("directory=none; set the directory to recover"));
        final long startNs = System.nanoTime();
        final DataDirectory source = DataDirectory.existing(given);
        final DirectoryLock lock = DirectoryLock.acquireToRead(source.path());
        try (lock) {
            return Uninterruptibles.putOff(() -> CopyTarget.fill(
                    options.fileAccess(),
                    source.path(),
                    target,
                    directory -> new DirectoryRecovery(options, source, directory).recover(target, startNs)));
        }
    }

    /** The target is marked as incomplete first, because a recovery may be killed at any time. */
    private RecoveryReport recover(final Path given, final long startNs) {
        final Manifest begun = Manifest.begin(log.directoryId(), Manifest.State.INCOMPLETE);
        try (ManifestFile manifest = ManifestFile.create(files, target.path(), begun)) {
            return recover(manifest, given, startNs);
        }
    }

    private RecoveryReport recover(final ManifestFile manifest, final Path given, final long startNs) {
        final Optional<Manifest> before = found.map(ManifestFile.Found::manifest);
        final StoreBuilder.SealedStore base = bestStore();
        final long first = before.map(told -> told.log().firstSequence()).orElse(1L);
        final ReplayResult survey = FileProbe.isDirectory(log.directory())
                ? LogReader.survey(log, first, contents)
                : ReplayResult.nothing(first);
        final long promised = requiredSequence(survey, base);
        final long kept = contents.half().lastBefore(survey.lastSequence(), promised);
        final long end = Math.max(promised, kept);
        noteLogDamages(survey, promised);
        final List<Loss> losses = losses(survey, first, promised, base);
        final Manifest.LogStart start = start(first, base, losses);
        final StoreBuilder.Built built = make(manifest, base, start, kept, end, before);
        return new RecoveryReport(
                source.path(),
                given,
                new RecoveryReport.Log(survey.frames(), survey.records(), first, end),
                List.copyOf(damages),
                losses,
                new RecoveryReport.Contents(
                        base.sequence(), built.seriesCount(), built.closedCount(), built.orphanedCount()),
                System.nanoTime() - startNs);
    }

    /**
     * Returns the last operation that the log should have. If it is unknown and the log is not intact up to the newest
     * store, at least one more operation may have been acknowledged. The log counts as not intact if it has a torn
     * tail, no operation, or fewer operations than a checkpoint.
     */
    private long requiredSequence(final ReplayResult survey, final StoreBuilder.SealedStore base) {
        if (isEndKnown()) {
            return Math.max(base.sequence(), found.orElseThrow().requiredSequence(BootId.current()));
        }
        final boolean isUnused = !source.hasContents();
        final boolean isClosed = base.directory().equals(source.store());
        final boolean isIntact =
                survey.end() == LogEnd.CLEAN && survey.frames() > 0 && survey.lastSequence() >= base.sequence();
        return isUnused || isClosed || isIntact
                ? base.sequence()
                : Math.max(base.sequence(), survey.lastSequence()) + 1;
    }

    /** Returns true if the manifest contains the required end of the log. */
    private boolean isEndKnown() {
        return found.isPresent()
                && (found.get().manifest().seal().isPresent()
                        || !found.get().positions().isDamaged());
    }

    /** Returns the newest intact store: the closed one or a checkpoint. Damages of the others are recorded. */
    private StoreBuilder.SealedStore bestStore() {
        final List<StoreBuilder.SealedStore> candidates = new ArrayList<>();
        final Optional<Manifest.Seal> closed =
                found.flatMap(file -> file.manifest().seal());
        final boolean mayBeClosed = closed.isPresent() || found.isEmpty();
        if (mayBeClosed) {
            StoreSeal.read(source.store())
                    .ifPresentOrElse(
                            seal -> candidates.add(new StoreBuilder.SealedStore(
                                    source.store(),
                                    closed.map(Manifest.Seal::sequence).orElse(seal.appliedSequence()))),
                            () -> closed.ifPresent(seal -> damages.add(new Damage(
                                    StoreSeal.file(source.store()), 0, "no whole seal", "that of a closed store"))));
        }
        final long newest =
                found.map(file -> file.manifest().checkpointSequence()).orElse(0L);
        if (newest > 0 && !source.checkpoints().contains(newest)) {
            damages.add(new Damage(source.checkpoint(newest), 0, "no directory", "the newest checkpoint"));
        }
        source.checkpoints()
                .forEach(sequence ->
                        candidates.add(new StoreBuilder.SealedStore(source.checkpoint(sequence), sequence)));
        candidates.sort(
                Comparator.comparingLong(StoreBuilder.SealedStore::sequence).reversed());
        StoreBuilder.SealedStore best = StoreBuilder.SealedStore.NOTHING;
        for (final StoreBuilder.SealedStore candidate : candidates) {
            final List<Damage> ofStore = StoreBuilder.damages(candidate, log.directoryId());
            damages.addAll(ofStore);
            if (ofStore.isEmpty() && !best.isThere()) {
                best = candidate;
            }
        }
        return best;
    }

    private void noteLogDamages(final ReplayResult survey, final long promised) {
        final boolean isShort = survey.lastSequence() < promised;
        if (isShort || isMixed || !TornTail.isAllDamage(survey)) {
            survey.damages().stream().map(Damage::of).forEach(damages::add);
        }
        if (isShort) {
            damages.add(new Damage(
                    log.directory(), 0, "lastSequence=" + survey.lastSequence(), "lastSequence=" + promised));
        }
    }

    /**
     * Returns all lost ranges of the log, split into those that the store includes and those that are lost permanently.
     */
    private List<Loss> losses(
            final ReplayResult survey, final long first, final long promised, final StoreBuilder.SealedStore base) {
        final NavigableMap<Long, LogDamage> losing = new TreeMap<>();
        survey.damages().stream().filter(LogDamage::isLoss).forEach(damage -> losing.put(damage.lastMissing(), damage));
        final List<LostRange> lost = new ArrayList<>();
        if (first - 1 > base.sequence()) {
            lost.add(new LostRange(1, first - 1));
        }
        losing.values().forEach(damage -> lost.add(new LostRange(damage.firstMissing(), damage.lastMissing())));
        LostRange.of(survey.lastSequence() + 1, promised).forEach(lost::add);
        // A checkpoint may have held the only copy of these operations.
        final long needed = neededSequence();
        contents.recorded().stream()
                .flatMap(range -> range.upTo(needed))
                .flatMap(range -> range.after(base.sequence()))
                .forEach(lost::add);
        if (!lost.isEmpty() && base.isThere()) {
            contents.learnKeys(base.directory());
        }
        return lost.stream()
                .flatMap(range -> Stream.concat(
                        range.upTo(base.sequence()).map(part -> describe(part, losing, promised, true)),
                        range.after(base.sequence()).map(part -> describe(part, losing, promised, false))))
                .sorted(Comparator.comparingLong(Loss::firstSequence))
                .toList();
    }

    private Loss describe(
            final LostRange range,
            final NavigableMap<Long, LogDamage> losing,
            final long promised,
            final boolean isCovered) {
        // If the end is unknown, any lost operation may have been acknowledged.
        final boolean isPromised = range.firstSequence() <= promised || !isEndKnown();
        return contents.describe(range, files, losing, isPromised, isCovered);
    }

    /**
     * Returns the last operation that is in a store but was lost from the log. Without a manifest each recorded loss
     * counts.
     */
    private long neededSequence() {
        return found.map(file -> file.manifest().neededSequence())
                .orElseGet(() -> contents.recorded().stream()
                        .mapToLong(LostRange::lastSequence)
                        .max()
                        .orElse(0));
    }

    /**
     * Returns the start of the new log, with the last operation that the store must include because the log lacks it.
     */
    private Manifest.LogStart start(final long first, final StoreBuilder.SealedStore base, final List<Loss> losses) {
        final long begin = first - 1 <= base.sequence() ? first : 1;
        final long covered = losses.stream()
                .filter(Loss::isCovered)
                .mapToLong(Loss::lastSequence)
                .max()
                .orElse(0);
        final long earlier = Math.min(base.sequence(), neededSequence());
        return new Manifest.LogStart(begin, Math.max(begin - 1, Math.max(covered, earlier)));
    }

    private StoreBuilder.Built make(
            final ManifestFile manifest,
            final StoreBuilder.SealedStore base,
            final Manifest.LogStart start,
            final long kept,
            final long end,
            final Optional<Manifest> before) {
        try {
            target.makeDirectories(files);
            StoreBuilder.SealedStore copy = StoreBuilder.SealedStore.NOTHING;
            if (base.isThere()) {
                copy = new StoreBuilder.SealedStore(target.checkpoint(base.sequence()), base.sequence());
                StoreCopy.copy(files, base.directory(), copy.directory());
                files.forceDirectory(target.path());
            }
            final LogFiles made = new LogFiles(files, target.log(), log.directoryId());
            rewrite(made, start.firstSequence(), kept, end);
            final StoreBuilder.Built built = new StoreBuilder(files, options.clock(), options.openingProgress())
                    .build(
                            copy,
                            made,
                            end,
                            target.store(),
                            source.firstMapEntries(options.limits().firstMapEntries()));
            final int mode = built.clockModeCode() != 0
                    ? built.clockModeCode()
                    : before.map(Manifest::clockModeCode).orElse(0);
            manifest.writeTwice(manifest.current()
                    .withLog(start)
                    .withCheckpoint(copy.sequence())
                    .closed(mode, built.seal()));
            return built;
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + target.path() + ": cannot be forced; check the disk", e);
        }
    }

    /** Copies the readable parts of the log; each lost range becomes a loss record. */
    private void rewrite(final LogFiles made, final long firstSequence, final long kept, final long end) {
        LogRewrite.make(made, options.logSegmentLength(), firstSequence, end, rewrite -> {
            if (FileProbe.isDirectory(log.directory())) {
                LogReader.survey(log, firstSequence, (buffer, offset, length, sequence) -> {
                    if (sequence <= kept) {
                        rewrite.onOperation(buffer, offset, length, sequence);
                    }
                });
            }
        });
    }
}
