package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Lives;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.report.RecoveryReport;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The count of closed series that a recovery reports, compared with the files. */
class ClosedCountTest {
    @TempDir
    private Path directory;

    /** Each life defines two series and ends both; the last life continues. */
    @ParameterizedTest
    @CsvSource({"0, false", "3, false", "3, true", "4, false", "4, true"})
    void shouldReportHowManySeriesAreClosed(final int ends, final boolean isClosedCleanly) {
        final TollgateEngine engine = TollgateEngine.launch(Lanes.stepped(directory));
        final Lives lives = new Lives(engine);
        for (int number = 0; number <= ends * Lives.LENGTH; number++) {
            lives.offer(number);
        }
        engine.awaitApplied(lives.offer(ends * Lives.LENGTH + 1));
        if (isClosedCleanly) {
            engine.close();
        } else {
            engine.resources().abandon();
        }
        final RecoveryReport report =
                InPlaceRecovery.recover(TestContext.plain().directory(directory));
        assertEquals(2 * ends, report.contents().closedCount());
        assertEquals(2 * (ends + 1), report.contents().seriesCount());
        final String line = "  holds     series=" + 2 * (ends + 1) + " closed=" + 2 * ends;
        assertTrue(report.lines().contains(line), () -> "" + report.lines());
        final AtomicLong inFiles = new AtomicLong();
        try (DirectoryView view = DirectoryView.open(directory)) {
            view.forEachSummary(series -> inFiles.addAndGet(series.isClosed() ? 1 : 0));
        }
        assertEquals(inFiles.get(), report.contents().closedCount());
    }
}
