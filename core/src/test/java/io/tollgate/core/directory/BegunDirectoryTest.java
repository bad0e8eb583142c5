package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.report.DirectoryState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A directory whose creation was interrupted is not damaged, because no operation was acknowledged. A used directory
 * with only those files is damaged.
 */
class BegunDirectoryTest {
    @TempDir
    private Path temporary;

    private Path data;
    private byte[] manifest;

    @BeforeEach
    void makeManifest() throws IOException {
        final Path made = temporary.resolve("made");
        TollgateEngine.launch(TestContext.stepped().directory(made)).close();
        manifest = Files.readAllBytes(new DirectoryFiles(made).manifestFile());
        data = Files.createDirectory(temporary.resolve("data"));
    }

    private EngineContext context() {
        return TestContext.stepped().directory(data);
    }

    private DirectoryCheck.State state() {
        return DirectoryCheck.of(data).state();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "10, true", "12288, true", "0, false", "10, false", "12288, false"})
    void shouldBeOpenedOrRecoveredIfTheManifestHasNoNameYet(final int length, final boolean isRecovered)
            throws IOException {
        Files.write(data.resolve("manifest.new"), Arrays.copyOf(manifest, length));
        DirectoryLock.acquire(data).close();
        assertEquals(DirectoryState.EMPTY, DirectoryInspection.of(data).state());
        assertEquals(List.of(), DirectoryCheck.of(data).damages());
        if (isRecovered) {
            assertFalse(InPlaceRecovery.recover(context()).isPromiseBroken());
        }
        TollgateEngine.launch(context()).close();
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "store"})
    void shouldBeDamagedIfADirectoryThatWasUsedHasLostIt(final String lost) throws IOException {
        fill();
        FileTree.delete(new SystemFileAccess(), data.resolve(lost));
        assertEquals(DirectoryCheck.State.DAMAGED, state());
        Refusals.requireOpening(context(), "recover");
        assertFalse(InPlaceRecovery.recover(context()).isPromiseBroken(), "either of them holds all");
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    @Test
    void shouldBeALossIfLogAndStoreAreGone() throws IOException {
        fill();
        FileTree.delete(new SystemFileAccess(), data.resolve("log"));
        FileTree.delete(new SystemFileAccess(), data.resolve("store"));
        assertEquals(DirectoryCheck.State.DAMAGED, state());
        assertTrue(InPlaceRecovery.recover(context()).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10, 5_000})
    void shouldBeDamagedIfTheManifestOfAUsedDirectoryIsMissingOrCut(final int length) throws IOException {
        fill();
        final Path file = new DirectoryFiles(data).manifestFile();
        final byte[] whole = Files.readAllBytes(file);
        if (length < 0) {
            Files.delete(file);
        } else {
            Files.write(file, Arrays.copyOf(whole, length));
        }
        assertEquals(DirectoryCheck.State.DAMAGED, state());
        assertFalse(InPlaceRecovery.recover(context()).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    @Test
    void shouldNameADirectoryThatIsNone() throws IOException {
        Files.createDirectory(data.resolve("notes"));
        final String refusal =
                assertThrows(IllegalStateException.class, this::state).getMessage();
        assertTrue(refusal.contains("expected a data directory"), refusal);
    }

    private void fill() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            engine.awaitApplied(engine.publisher().offer(events, 1, 1));
        }
    }
}
