package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.core.store.SeriesSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryInspectionTest {
    @TempDir
    private Path directory;

    /** An engine goes on while it is looked at: what came to be known since is behind its clock of then. */
    @Test
    void shouldCountWhatIsPendingAgainstTheClockOfTheMoment() {
        final EngineContext context = new EngineContext()
                .directory(directory)
                .clockMode(ClockMode.EVENT)
                .stepped(true)
                .logSegmentLength(1 << 16);
        try (Engine engine = TollgateEngine.launch(context)) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
            engine.awaitApplied(engine.publisher().offer(rate, 100, 1));
            final DirectoryInspection inspection = DirectoryInspection.of(directory);
            for (int i = 2; i <= 200; i++) {
                engine.awaitApplied(engine.publisher().offer(rate, 100 * i, i));
            }
            final List<SeriesSummary> found = new ArrayList<>();
            assertEquals(List.of(), inspection.forEachSeries(found::add));
            assertEquals(200, found.get(0).pointCount());
            assertEquals(0, found.get(0).pendingCount());
            assertEquals(OptionalLong.of(20_000), inspection.now());
        }
    }
}
