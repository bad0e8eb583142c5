package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the log has refusals. They are lost with it, even if a store has all points. */
class LostAuditTest {
    private static final long REFERENCE = 0x7123_4567_89AB_CDEFL;
    private static final int REFUSALS = 5;
    private static final int LOST = 2;

    @TempDir
    private Path directory;

    private DirectoryFiles files;

    @BeforeEach
    void nameFiles() {
        files = new DirectoryFiles(directory);
    }

    private EngineContext context() {
        return TestContext.stepped(ClockMode.MANUAL, directory).logSegmentLength(1 << 16);
    }

    private void refuse() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final StepSeries series = engine.defineStep(SeriesDefinition.step("audit.level", Unit.PERCENT, 0));
            for (int i = 0; i < REFUSALS; i++) {
                engine.awaitApplied(engine.publisher()
                        .point(series)
                        .validAt(i)
                        .knownAt(i)
                        .reference(REFERENCE + i)
                        .withdraw());
            }
            assertTrue(engine.admin().audit().hasAllRefusals());
        }
    }

    private void requireRefusals(final boolean isAll, final long... references) {
        try (Engine engine = TollgateEngine.launch(context())) {
            final List<Long> found = new ArrayList<>();
            engine.admin().audit().readRefusals(refusal -> found.add(refusal.reference() - REFERENCE));
            final List<Long> expected = new ArrayList<>();
            for (final long reference : references) {
                expected.add(reference);
            }
            assertEquals(expected, found);
            assertEquals(isAll, engine.admin().audit().hasAllRefusals());
            assertEquals(isAll, engine.admin().audit().hasAllRefusals(), "asked again");
        }
    }

    @Test
    void shouldSayThatSomeAreLostWithAPartOfTheLog() throws IOException {
        refuse();
        requireRefusals(true, 0, 1, 2, 3, 4);
        spoil(REFERENCE + LOST);
        final RecoveryReport report = InPlaceRecovery.recover(context());
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        requireRefusals(false, 0, 1, 3, 4);
    }

    private void spoil(final long reference) throws IOException {
        final Path segment = files.segment(0);
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment)).order(ByteOrder.LITTLE_ENDIAN);
        int position = 0;
        while (bytes.getLong(position) != reference) {
            position += Long.BYTES;
        }
        FileDamage.flip(segment, position, 1);
    }

    /** Without the manifest, only the loss before the log's start shows that the log began late. */
    @ParameterizedTest
    @ValueSource(strings = {"damaged", "gone"})
    void shouldSayThatSomeAreLostIfTheManifestWasLost(final String how) throws IOException {
        DamagedDirectory.fillWithCheckpoints(directory).close();
        requireNotAll();
        if (how.equals("gone")) {
            Files.delete(files.manifestFile());
        } else {
            Files.write(files.manifestFile(), new byte[ManifestFile.POSITIONS_OFFSET]);
        }
        final RecoveryReport report = InPlaceRecovery.recover(DamagedDirectory.context(directory));
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(1, files.manifest().log().firstSequence());
        requireNotAll();
    }

    private void requireNotAll() {
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(directory))) {
            assertFalse(engine.admin().audit().hasAllRefusals());
        }
    }

    @Test
    void shouldHaveAllIfTheManifestAloneWasLost() throws IOException {
        refuse();
        Files.write(files.manifestFile(), new byte[] {1, 2, 3});
        final RecoveryReport report = InPlaceRecovery.recover(context());
        assertEquals(List.of(), report.losses());
        requireRefusals(true, 0, 1, 2, 3, 4);
    }
}
