package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.DirtyPages;
import io.tollgate.core.faults.OnDisk;
import io.tollgate.core.faults.PowerLoss;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.TestSeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointOnDiskTest {
    private static final int LANES = 2;

    @TempDir(factory = OnDisk.class)
    private Path temporary;

    /**
     * The test asks the operating system before each rename of a checkpoint. The bytes must be on disk, whichever calls
     * were made.
     */
    @Test
    void shouldHaveACheckpointOnDiskBeforeItGetsItsName() throws IOException {
        assumeTrue(DirtyPages.areReported(temporary), "the system does not report which pages are on disk");
        final Path data = temporary.resolve("data");
        final PowerLoss disk = new PowerLoss(data, new Random(TestSeed.of("CheckpointOnDiskTest")));
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(Lanes.stepped(data), disk))) {
            final Lanes lanes = new Lanes(engine, LANES);
            for (int checkpoint = 1; checkpoint <= 2; checkpoint++) {
                lanes.feedAll((checkpoint - 1) * 50, checkpoint * 50);
                engine.admin().checkpoint();
                assertEquals(checkpoint, disk.checkpointCount());
            }
        }
    }
}
