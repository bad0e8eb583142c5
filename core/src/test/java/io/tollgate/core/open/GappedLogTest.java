package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.log.GappedLog;
import io.tollgate.core.manifest.Manifest;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A forged log with valid checksums that misses an operation between any two. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GappedLogTest {
    private static final long IDENTITY = 7;

    @TempDir
    private Path temporary;

    @Test
    void shouldReportEachOperationThatIsMissing() throws IOException {
        requireAllReported(1_000);
    }

    /** The cost of a gap does not grow with their number. Otherwise the test would take hours. */
    @Test
    @Tag("ci")
    void shouldReportManyInTheTimeThatItTakesToReadThem() throws IOException {
        requireAllReported(400_000);
    }

    private void requireAllReported(final int count) throws IOException {
        final Path directory = temporary.resolve("data");
        final Path log = Files.createDirectories(new DirectoryFiles(directory).log());
        GappedLog.write(log, count, IDENTITY);
        try (ManifestFile manifest =
                ManifestFile.create(new SystemFileAccess(), directory, Manifest.begin(IDENTITY, Manifest.State.OPEN))) {
            manifest.begin(2L * count - 1);
        }
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        final RecoveryReport report = InPlaceRecovery.recover(Lanes.stepped(directory));
        final var losses = report.losses();
        assertEquals(count - 1, losses.size());
        for (int i = 0; i < losses.size(); i++) {
            assertEquals(2L * i + 2, losses.get(i).firstSequence());
            assertEquals(2L * i + 2, losses.get(i).lastSequence());
        }
        assertTrue(report.isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }
}
