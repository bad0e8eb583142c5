package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of a directory is missing, or its disk is not mounted. No opening makes an empty one in its place. */
class MissingStoreTest {
    private static final int POINTS = 8;

    @TempDir
    private Path directory;

    private static EngineContext context(final Path data) {
        return TestContext.stepped(ClockMode.MANUAL, data);
    }

    private Path filled(final boolean isClosed) throws IOException {
        final Path data = directory.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("licences", Unit.COUNT, 0));
            for (int i = 0; i < POINTS; i++) {
                engine.awaitApplied(engine.publisher().offer(series, i, 1));
            }
            new DamagedDirectory(data).copyTo(directory.resolve("killed"));
        }
        return isClosed ? data : directory.resolve("killed");
    }

    private static void requireRefused(final Path data, final Path missing) {
        for (int i = 0; i < 2; i++) {
            Refusals.requireOpening(context(data), missing.getFileName().toString(), "mount its disk");
            assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(data).state());
        }
    }

    /** The log has all operations, so the store is required only if the manifest records a clean close. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBeRefusedIfItWasClosedAndElseRebuilt(final boolean isMounted) throws IOException {
        final Path data = filled(true);
        final Path store = data.resolve("store");
        FileTree.delete(new SystemFileAccess(), store);
        if (isMounted) {
            Files.createDirectories(store.resolve("lost+found"));
        }
        for (int i = 0; i < 2; i++) {
            Refusals.requireOpening(context(data), "store/seal", "recover");
        }
        new DirectoryFiles(data).markNotClosed();
        try (Engine engine = TollgateEngine.launch(context(data))) {
            assertEquals(POINTS, PointCount.of(engine, "licences"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBeThereAgainWhenTheDiskOfTheLogIsMounted(final boolean isClosed) throws IOException {
        final Path data = filled(isClosed);
        final Path log = data.resolve("log");
        final Path disk = directory.resolve("disk");
        final Path unmounted = directory.resolve("unmounted");
        Files.move(log, unmounted);
        Files.createSymbolicLink(log, disk);
        requireRefused(data, log);
        assertFalse(Files.exists(disk));
        Files.move(unmounted, disk);
        try (Engine engine = TollgateEngine.launch(context(data))) {
            assertEquals(POINTS, PointCount.of(engine, "licences"));
        }
        assertTrue(Files.isSymbolicLink(log));
    }
}
