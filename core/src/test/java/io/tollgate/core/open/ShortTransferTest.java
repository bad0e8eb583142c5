package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.Durability;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.report.OpeningReport;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk may transfer only a few bytes in a call. All files must be complete nevertheless. */
class ShortTransferTest {
    private static final int LANES = 2;
    private static final int OPERATIONS = 120;
    private static final int MAX_LENGTH = 77;

    @TempDir
    private Path temporary;

    private final Random random = new Random(TestSeed.of("ShortTransferTest"));

    /** Transfers from 1 to 77 bytes in a call. */
    private final HookedFiles files = new HookedFiles() {
        @Override
        public synchronized int transfer(final ByteBuffer buffer, final boolean isWrite, final Transfer transfer)
                throws IOException {
            final int limit = buffer.limit();
            buffer.limit(buffer.position() + Math.min(buffer.remaining(), 1 + random.nextInt(MAX_LENGTH)));
            try {
                return transfer.of(buffer);
            } finally {
                buffer.limit(limit);
            }
        }
    };

    private EngineContext context(final Path directory) {
        return InjectedFiles.inject(Lanes.stepped(directory).durability(Durability.NONE), files);
    }

    private void requireAll(final Path directory) {
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        try (TollgateEngine engine = TollgateEngine.launch(context(directory))) {
            assertEquals(
                    OpeningReport.Origin.CLOSED, engine.opening().orElseThrow().origin());
            Lanes.requireNumbers(engine, LANES, OPERATIONS, "found");
            Lanes.requireSame(engine, LANES, directory.toString());
        }
    }

    @Test
    @Tag("ci")
    void shouldMakeAndReadAllOnADiskThatTransfersAFewBytesAtATime() throws IOException {
        final Path data = temporary.resolve("data");
        final Path killed = temporary.resolve("killed");
        final Path damaged = temporary.resolve("damaged");
        final Path backup = temporary.resolve("backup");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final Lanes lanes = new Lanes(engine, LANES);
            for (int part = 0; part < 2; part++) {
                lanes.feedAll(part * OPERATIONS / 2, (part + 1) * OPERATIONS / 2);
                engine.admin().checkpoint();
            }
            engine.admin().backup(backup);
            new DamagedDirectory(data).copyTo(killed);
            new DamagedDirectory(data).copyTo(damaged);
        }
        requireAll(data);
        requireAll(backup);
        try (TollgateEngine engine = TollgateEngine.launch(context(killed))) {
            assertEquals(
                    OpeningReport.Origin.CHECKPOINT,
                    engine.opening().orElseThrow().origin());
        }
        requireAll(killed);
        FileDamage.flip(new DirectoryFiles(damaged).segment(0), 5_000, 1);
        final RecoveryReport report = InPlaceRecovery.recover(context(damaged));
        assertEquals(1, report.damages().size(), () -> "report=" + report.lines());
        requireAll(damaged);
    }
}
