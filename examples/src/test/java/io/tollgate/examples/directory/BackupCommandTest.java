package io.tollgate.examples.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
    @TempDir
    private Path temporary;

    @Test
    void shouldCopyADirectoryThatIsOpenAndRestoreIt() {
        final Path data = temporary.resolve("data");
        final Path backup = temporary.resolve("backup");
        final Path restored = temporary.resolve("restored");
        try (Engine engine = TollgateEngine.launch(new EngineContext()
                .timesNearEpochAllowed(true)
                .directory(data)
                .clockMode(ClockMode.EVENT)
                .threadingMode(ThreadingMode.STEPPED))) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            engine.awaitApplied(engine.publisher().offer(events, 5, 1));
            final CommandRun run = CommandRun.of("backup", data, backup);
            assertEquals("", run.err());
            assertEquals(0, run.exitCode());
            assertTrue(run.out().contains("  up to     lastSequence=3\n"), run.out());
            engine.awaitApplied(engine.publisher().offer(events, 6, 1));
        }
        assertEquals(0, CommandRun.of("verify", backup).exitCode());
        assertEquals(0, CommandRun.of("restore", backup, restored).exitCode());
        final CommandRun inspected = CommandRun.of("inspect", restored);
        assertTrue(inspected.out().contains("closed cleanly"), inspected.out());
        assertTrue(inspected.out().contains("points      1, of these pending 0"), inspected.out());
    }

    @Test
    void shouldRefuseATargetThatIsThereAndASourceThatIsNot() throws IOException {
        final Path file = Files.createFile(temporary.resolve("file"));
        final CommandRun noSource = CommandRun.of("backup", temporary.resolve("none"), temporary.resolve("target"));
        assertEquals(1, noSource.exitCode());
        assertTrue(noSource.err().contains("no such directory"), noSource.err());
        final Path data = temporary.resolve("data");
        TollgateEngine.launch(new EngineContext().directory(data)).close();
        final CommandRun target = CommandRun.of("backup", data, file);
        assertEquals(1, target.exitCode());
        assertEquals(1, target.errLines().size(), target.err());
        assertEquals(2, CommandRun.of("backup", data).exitCode());
        assertFalse(Files.exists(temporary.resolve("target")));
    }

    @Test
    void shouldRefuseATargetInItsSource() throws IOException {
        final Path data = temporary.resolve("data");
        TollgateEngine.launch(new EngineContext().directory(data)).close();
        final Path target = data.resolve("checkpoint-1");
        for (final String command : new String[] {"backup", "restore"}) {
            final CommandRun run = CommandRun.of(command, data, target);
            assertEquals(1, run.exitCode(), command);
            assertEquals(1, run.errLines().size(), run.err());
            assertTrue(
                    run.err().startsWith("target=" + target + " lies in dataDirectory=" + data.toRealPath()),
                    run.err());
            assertFalse(Files.exists(target), command);
        }
        assertEquals(0, CommandRun.of("verify", data).exitCode());
    }
}
