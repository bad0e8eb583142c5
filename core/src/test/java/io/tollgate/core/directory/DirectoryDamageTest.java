package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.report.RecoveryReport;
import io.tollgate.core.store.block.StoreHeader;
import io.tollgate.core.store.seal.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damage to files of a data directory. Each check detects the damage, and each recovery repairs it, after a clean close
 * and after a kill.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectoryDamageTest {
    private static final String SEGMENT = "log/log-0000000000000000.seg";

    @TempDir
    private Path temporary;

    private FileDamage closed;
    private FileDamage killed;
    private Map<String, List<String>> answers;

    @BeforeEach
    void makeDirectories() throws IOException {
        final Path directory = temporary.resolve("closed");
        // A killed engine leaves the contents of its mappings.
        try (Engine engine = DamagedDirectory.fill(directory)) {
            assertTrue(engine.now() > 0);
            killed = new FileDamage(new DamagedDirectory(directory).copyTo(temporary.resolve("killed")), temporary);
        }
        closed = new FileDamage(new DamagedDirectory(directory), temporary);
        answers = closed.answers();
    }

    @Test
    void shouldBeSoundUndamaged() throws IOException {
        assertEquals(
                DirectoryCheck.State.SOUND,
                DirectoryCheck.of(closed.source().path()).state());
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY,
                DirectoryCheck.of(killed.source().path()).state());
        closed.requireSurvived(file -> {}, "", "closed");
        killed.requireSurvived(file -> {}, "", "killed");
    }

    @Test
    void shouldSurviveDamageOfEachKind() throws IOException {
        final Random random = new Random(TestSeed.of("shouldSurviveDamageOfEachKind"));
        for (final boolean isClosed : new boolean[] {true, false}) {
            source(isClosed).damageInEachWay(4, random);
        }
        final long end = FileDamage.usedLength(closed.source().path().resolve(SEGMENT));
        closed.requireSurvived(path -> FileDamage.flip(path, random.nextInt((int) end), 1), SEGMENT, "flip");
        killed.requireSurvived(path -> FileDamage.cut(path, random.nextInt((int) end)), SEGMENT, "cut");
    }

    /** A damaged version is not an earlier version, so no rebuild takes place. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void shouldSeeADamagedVersionAsDamage(final int difference) throws IOException {
        final int version = StoreHeader.VERSION + difference;
        final Path target = temporary.resolve("version-" + version);
        closed.source().copyTo(target);
        final Path header = target.resolve("store/header");
        final byte[] bytes = Files.readAllBytes(header);
        bytes[StoreHeader.VERSION_OFFSET] = (byte) version;
        Files.write(header, bytes);
        Refusals.requireOpening(DamagedDirectory.context(target), "header", "run recover");
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state());
        final RecoveryReport report = InPlaceRecovery.recover(DamagedDirectory.context(target));
        assertFalse(report.damages().isEmpty(), report.lines()::toString);
        assertEquals(answers, DamagedDirectory.answers(target));
    }

    /** The manifest records the end of the log at the close, independently of the seal of the store. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2_000})
    void shouldMissOperationsLoggedBeforeTheCloseWithoutTheSeal(final int length) throws IOException {
        final Path target = temporary.resolve("unsealed");
        closed.source().copyTo(target);
        Files.delete(target.resolve("store/seal"));
        FileDamage.cut(target.resolve(SEGMENT), length);
        Refusals.require(
                IllegalStateException.class,
                () -> TollgateEngine.launch(DamagedDirectory.context(target)),
                "run recover");
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state());
        final RecoveryReport report = InPlaceRecovery.recover(DamagedDirectory.context(target));
        assertTrue(report.isPromiseBroken(), report::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
    }

    /** After a kill only the log shows its end, and the opening refuses a shortened log. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotOpenWhatWasKilledWithoutItsPositions(final boolean isCut) throws IOException {
        final Path target = temporary.resolve("unpositioned");
        killed.source().copyTo(target);
        final Path segment = target.resolve(SEGMENT);
        if (isCut) {
            FileDamage.cut(segment, FileDamage.usedLength(segment) / 2);
        }
        losePositions(target);
        final IllegalStateException refusal = Refusals.requireOpening(DamagedDirectory.context(target));
        assertTrue(
                refusal.getMessage()
                        .startsWith("file=" + new DirectoryFiles(target).manifestFile() + " position="
                                + ManifestFile.POSITIONS_OFFSET),
                refusal::getMessage);
        assertTrue(refusal.getMessage().contains("run recover"), refusal::getMessage);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state());
        final RecoveryReport report = InPlaceRecovery.recover(DamagedDirectory.context(target));
        assertFalse(report.damages().isEmpty(), report.lines()::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
        assertEquals(isCut, report.isPromiseBroken(), report::toString);
        assertEquals(isCut, !answers.equals(DamagedDirectory.answers(target)));
    }

    private static void losePositions(final Path target) throws IOException {
        final Path manifest = target.resolve(ManifestFile.FILE_NAME);
        FileDamage.cut(manifest, ManifestFile.POSITIONS_OFFSET);
    }

    /** A directory that was once opened is not new, even if its log is empty. */
    @ParameterizedTest
    @CsvSource({"deleted, false", "emptied, false", "zeroed, false", "deleted, true", "emptied, true", "zeroed, true"})
    void shouldNotTreatAStoreWithoutLogAndPositionsAsNew(final String log, final boolean isManifestLost)
            throws IOException {
        final Path target = temporary.resolve("unlogged");
        killed.source().copyTo(target);
        final DirectoryFiles files = new DirectoryFiles(target);
        if (isManifestLost) {
            Files.delete(files.manifestFile());
        } else {
            losePositions(target);
        }
        for (final Path segment : new SystemFileAccess().list(files.log())) {
            if (log.equals("zeroed")) {
                Files.write(segment, new byte[(int) Files.size(segment)]);
            } else {
                Files.delete(segment);
            }
        }
        if (log.equals("deleted")) {
            Files.delete(files.log());
        }
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state());
        Refusals.requireOpening(DamagedDirectory.context(target), "run recover");
        assertThrows(
                IllegalStateException.class,
                () -> DirectoryBackup.make(TestContext.plain().directory(target), temporary.resolve("backup")));
        final RecoveryReport report = InPlaceRecovery.recover(DamagedDirectory.context(target));
        assertTrue(report.isPromiseBroken(), report::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
        TollgateEngine.launch(DamagedDirectory.context(target)).close();
    }

    /** A rebuilt store has maps of the same size. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepTheSizeOfItsMapsIfItIsMadeAgain(final boolean hasCheckpoint) throws IOException {
        final Path directory = temporary.resolve("sized");
        final Path damaged = temporary.resolve("damaged");
        try (Engine engine = TollgateEngine.launch(
                DamagedDirectory.context(directory).limits(Limits.DEFAULT.withFirstMapEntries(2_048)))) {
            new Lanes(engine, 1).feed(0, 0, 10);
            if (hasCheckpoint) {
                engine.admin().checkpoint();
            }
            new DamagedDirectory(directory).copyTo(damaged);
        }
        losePositions(damaged);
        InPlaceRecovery.recover(TestContext.plain().directory(damaged));
        assertEquals(
                2_048, StoreDirectory.firstMapEntries(damaged.resolve("store")).orElseThrow());
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(damaged))) {
            assertEquals(10, Lanes.numberIn(engine, 0));
        }
    }

    /** The manifest records the end of the log, not the header of the store. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotTrustADamagedHeaderForTheEndOfTheLog(final boolean isClosed) throws IOException {
        for (int position = 0; position < Long.BYTES; position += 3) {
            final long at = StoreHeader.APPLIED_SEQUENCE_OFFSET + position;
            source(isClosed).requireSurvived(path -> FileDamage.flip(path, at, 0x20), "store/header", "flip at " + at);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 3_000})
    void shouldReportADamagedEndAsLostIfTheAcknowledgedEndIsUnknown(final int length) throws IOException {
        final Path target = temporary.resolve("untold");
        killed.source().copyTo(target);
        FileDamage.cut(target.resolve(SEGMENT), length);
        losePositions(target);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(target).state());
        final RecoveryReport report = InPlaceRecovery.recover(DamagedDirectory.context(target));
        assertTrue(report.isPromiseBroken(), report::toString);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
    }

    @ParameterizedTest
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(booleans = {true, false})
    void shouldSurviveTheLossOfAnyFileAndAnyOtherInItsPlace(final boolean isClosed) throws IOException {
        source(isClosed)
                .loseAndExchangeEach(new Random(
                        TestSeed.of("DirectoryDamageTest.shouldSurviveTheLossOfAnyFileAndAnyOtherInItsPlace")));
    }

    @Test
    @Tag("ci")
    void shouldSurviveManyFlippedBitsAndCutFiles() throws IOException {
        final Random random = new Random(TestSeed.of("DirectoryDamageTest.shouldSurviveManyFlippedBitsAndCutFiles"));
        for (final boolean isClosed : new boolean[] {true, false}) {
            source(isClosed).damageAtRandom(5, random);
        }
    }

    @ParameterizedTest
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(booleans = {true, false})
    void shouldSurviveAThousandFlippedBitsAndCutFiles(final boolean isClosed) throws IOException {
        source(isClosed).damageAtRandom(1_000, new Random(TestSeed.of("shouldSurviveAThousandFlippedBitsAndCutFiles")));
    }

    @ParameterizedTest
    @Tag("nightly")
    @Timeout(value = 4, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ValueSource(booleans = {true, false})
    void shouldSurviveAFlipOfEachByteOfTheLogAndACutAtEach(final boolean isClosed) throws IOException {
        final long end = FileDamage.usedLength(source(isClosed).source().path().resolve(SEGMENT)) + 16;
        for (long position = 0; position < end; position++) {
            final long at = position;
            source(isClosed).requireSurvived(path -> FileDamage.flip(path, at, 1 << at % 8), SEGMENT, "flip at " + at);
            source(isClosed).requireSurvived(path -> FileDamage.cut(path, at), SEGMENT, "cut at " + at);
        }
    }

    private FileDamage source(final boolean isClosed) {
        return isClosed ? closed : killed;
    }
}
