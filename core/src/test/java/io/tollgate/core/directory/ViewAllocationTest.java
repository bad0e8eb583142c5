package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.AllocationMeasurement;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million reads from outside allocate no byte on the reading thread. */
class ViewAllocationTest {
    private static final Window REGISTERED = Window.slidingNs(1_000);
    private static final List<Window> WINDOWS = List.of(REGISTERED, Window.slidingNs(1_234), Window.last(30));
    private static final Metric[] METRICS =
            Arrays.stream(BasicMetric.values()).filter(TestReader::isOfSums).toArray(Metric[]::new);

    @Test
    void shouldAllocateNothingOnReadingFromOutside(@TempDir final Path directory) {
        final EngineContext context = TestContext.stepped(ClockMode.EVENT, directory);
        try (Engine engine = TollgateEngine.launch(context)) {
            final StepSeries rate = engine.defineStep(
                    SeriesDefinition.step("rate", Unit.PERCENT, 6).withWindows(REGISTERED));
            try (DirectoryView view = DirectoryView.open(directory)) {
                final StepSeries seen = (StepSeries) view.find("rate").orElseThrow();
                // The view was opened before, so it finds each block through the tables.
                for (int i = 0; i < 5_000; i++) {
                    engine.awaitApplied(engine.publisher().offer(rate, i * 10L, 1 + i % 500));
                }
                final MetricReader reader = view.newReader();
                final WindowReading reading = reader.windows(WINDOWS, METRICS);
                final LevelReading level = reader.level();
                final double[] sum = new double[1];
                assertEquals(0, AllocationMeasurement.bytesOf(number -> {
                    final long at = 50_000 - number % 40_000;
                    reading.read(seen, at);
                    sum[0] += reading.value(number % 3, Metric.MEAN)
                            + level.read(seen, at).value();
                }));
                assertTrue(sum[0] > 0);
            }
        }
    }

    /** Each read checks for new matching series. */
    @Test
    void shouldAllocateNothingOnReadingGroupsByPatternFromOutside(@TempDir final Path directory) {
        final EngineContext context = TestContext.stepped(ClockMode.EVENT, directory);
        final Group group = Group.fitting(MemberPattern.of(new LevelPattern("rate.*", Unit.PERCENT, 2)));
        try (Engine engine = TollgateEngine.launch(context);
                DirectoryView view = DirectoryView.open(directory)) {
            for (int i = 1; i <= 3; i++) {
                final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 2));
                engine.awaitApplied(engine.publisher().offer(rate, i, 100L * i));
            }
            final PanelReader reader = view.newPanelReader();
            final GroupReading reading = reader.group(group);
            final double[] sum = new double[1];
            assertEquals(0, AllocationMeasurement.bytesOf(number -> {
                reading.read(10 + number);
                sum[0] += reading.value(GroupMetric.SIMPLE);
            }));
            assertEquals(2, reading.value(GroupMetric.SIMPLE));
            assertTrue(sum[0] > 0);
        }
    }
}
