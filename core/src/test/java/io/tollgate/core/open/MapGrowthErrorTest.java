package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The map growth fails: off-heap memory is short for its table, or the disk neither completes nor deletes a map. The
 * program then closes the engine. The close is clean and the directory sound.
 */
class MapGrowthErrorTest {
    private static final int FIRST_ENTRIES = 1_024;

    @TempDir
    private Path directory;

    private EngineContext context() {
        return TestContext.stepped(ClockMode.MANUAL, directory)
                .limits(Limits.DEFAULT.withFirstMapEntries(FIRST_ENTRIES))
                .errorHandler(error -> {});
    }

    @Test
    void shouldLeaveASoundDirectory() throws IOException {
        final int[] failures = {0};
        final HookedFiles files = HookedFiles.beforeEach((call, file) -> {
            if (call == HookedFiles.Call.WRITE && file.toString().endsWith("-1.numbers.new") && failures[0]++ == 0) {
                throw new OutOfMemoryError("Cannot reserve 131072 bytes of direct buffer memory");
            }
        });
        int defined = 0;
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(), files))) {
            while (failures[0] == 0 && defined < FIRST_ENTRIES) {
                try {
                    engine.defineStep(SeriesDefinition.step("level." + defined++, Unit.COUNT, 0));
                } catch (final OutOfMemoryError e) {
                    assertTrue(e.getMessage().contains("direct buffer"), e::toString);
                }
            }
        }
        assertEquals(1, failures[0], "no next map was made");
        requireSound();
    }

    /** The remains of the map are not part of the store. */
    @Test
    void shouldLeaveASoundDirectoryIfTheNewMapCannotBeDeleted() throws IOException {
        final StubbornFiles files = new StubbornFiles();
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(), files))) {
            for (int i = 0; files.refusedDeletions == 0 && i < FIRST_ENTRIES; i++) {
                engine.defineStep(SeriesDefinition.step("level." + i, Unit.COUNT, 0));
            }
        }
        assertEquals(1, files.refusedDeletions, "no next map was to be taken away");
        requireSound();
    }

    /** Refuses once to force the name of a next map, and once to delete its table. */
    private static final class StubbornFiles extends HookedFiles {
        private boolean isNamed;
        private boolean isNameRefused;
        private int refusedDeletions;

        @Override
        public void before(final Call call, final Path file) throws IOException {
            isNamed |= call == Call.RENAME && file.toString().endsWith("-1.map.new");
            if (isNamed && !isNameRefused && call == Call.FORCE_DIRECTORY) {
                isNameRefused = true;
                throw new IOException("Input/output error");
            }
            if (isNameRefused
                    && refusedDeletions == 0
                    && call == Call.DELETE
                    && file.toString().endsWith("-1.numbers")) {
                refusedDeletions++;
                throw new IOException("Input/output error");
            }
        }
    }

    private void requireSound() throws IOException {
        try (Stream<Path> left = Files.list(directory.resolve("store"))) {
            assertEquals(
                    List.of(),
                    left.filter(file -> file.toString().endsWith(".new")).toList(),
                    "remaining files");
        }
        final DirectoryCheck check = DirectoryCheck.of(directory);
        assertEquals(DirectoryCheck.State.SOUND, check.state(), check::toString);
        try (Engine engine = TollgateEngine.launch(context())) {
            assertTrue(engine.series().find("level.0").isPresent());
        }
    }
}
