package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.MountedProcess;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Refusals;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory on a read-only file system, such as a backup, is checked and read there. */
class ReadOnlyDirectoryTest {
    private static final String MOUNT =
            "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro,nosuid,nodev,noexec \"$0\"";
    private static final int LANES = 2;

    @TempDir
    private Path temporary;

    @Test
    void shouldBeCheckedAndRead() throws Exception {
        final Path directory = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            for (int lane = 0; lane < LANES; lane++) {
                new Lanes(engine, LANES).feed(lane, 0, 50);
            }
        }
        final Path output = temporary.resolve("output");
        new MountedProcess(directory, output, MOUNT).run(ReadOnlyDirectoryTest.class);
        // A copy that no engine has opened has no lock file.
        Files.delete(directory.resolve("engine.lock"));
        new MountedProcess(directory, output, MOUNT).run(ReadOnlyDirectoryTest.class);
        assertFalse(Files.exists(directory.resolve("engine.lock")));
    }

    @Test
    void shouldNotBeCheckedWhileAnEngineHasItOpen() throws Exception {
        final Path directory = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            new Lanes(engine, LANES).feed(0, 0, 50);
            new MountedProcess(directory, temporary.resolve("output"), MOUNT).run(InUse.class);
        }
    }

    /** Runs beside an engine. */
    static final class InUse {
        private InUse() {}

        /** Runs with a read-only directory. */
        public static void main(final String[] arguments) {
            Refusals.require(
                    IllegalStateException.class, () -> DirectoryCheck.of(Path.of(arguments[0])), "is in use by pid=");
        }
    }

    private static EngineContext context(final Path directory) {
        return Lanes.stepped(directory);
    }

    /** Runs with a read-only directory. */
    public static void main(final String[] arguments) {
        final Path directory = Path.of(arguments[0]);
        final DirectoryCheck check = DirectoryCheck.of(directory);
        assertEquals(DirectoryCheck.State.SOUND, check.state(), check::toString);
        try (DirectoryView view = DirectoryView.open(directory)) {
            Lanes.requireSame(view::find, new TestReader(view.newReader()), LANES, "read only");
        }
        assertThrows(UncheckedIOException.class, () -> TollgateEngine.launch(context(directory)), "read only");
    }
}
