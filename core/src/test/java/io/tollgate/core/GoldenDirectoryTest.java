package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A data directory of the first format, whose store is rebuilt from its log, gives the answers of the day it was made.
 */
class GoldenDirectoryTest {
    private static final GoldenArchive GOLDEN = new GoldenArchive("directory-1");
    private static final Window.Sliding SHORT = Window.slidingNs(1_000);
    private static final Window.Sliding LONG = Window.slidingNs(20_000);
    private static final Window.Sliding AD_HOC = Window.slidingNs(7_777);
    private static final int POINTS = 1_500;

    /** The metrics of the day it was made, in that order. */
    private static final List<Metric> METRICS = List.of(
            Metric.COUNT,
            Metric.SUM,
            Metric.MEAN,
            Metric.VARIANCE,
            Metric.SD,
            Metric.MIN,
            Metric.MAX,
            Metric.FIRST,
            Metric.LAST,
            Metric.DELTA,
            Metric.RANGE,
            Metric.RELATIVE,
            Metric.LOG_CHANGE,
            Metric.SKEW,
            Metric.KURTOSIS,
            Metric.SLOPE,
            Metric.INTERCEPT,
            Metric.COVERAGE);

    @TempDir
    Path directory;

    @Test
    void shouldGiveTheAnswersOfTheDayItWasMade() throws IOException {
        GOLDEN.unpack(directory);
        assertEquals(GOLDEN.answers(), answers(directory));
        assertEquals(GOLDEN.answers(), answers(directory), "once more, after a close by this version");
    }

    @Test
    void shouldGiveTheSameAnswersRebuiltFromTheLogAlone() throws IOException {
        GOLDEN.unpack(directory);
        Files.delete(directory.resolve("shard-0").resolve("clean"));
        assertEquals(GOLDEN.answers(), answers(directory));
    }

    @Test
    void shouldGiveTheSameAnswersWhereItWasKilledWhileItWasRebuilt() throws IOException {
        final Path data = directory.resolve("data");
        final Path killed = directory.resolve("killed");
        GOLDEN.unpack(data);
        TollgateEngine.launch(context(data).fileAccess(new RebuildKill(data, killed)))
                .close();
        assertNotEquals(
                DirectoryInspection.State.CLOSED, DirectoryInspection.of(killed).state());
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY, DirectoryCheck.of(killed).state());
        assertEquals(GOLDEN.answers(), answers(killed));
    }

    /** Of earlier layouts nothing but the log says how far that goes, before their rebuild and behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"directory-1", "directory-2"})
    void shouldOpenWhatWasKilledBeforeAnyCloseAndAgainWhileItWasRebuilt(final String name) throws IOException {
        final Path data = directory.resolve("data");
        final Path killed = directory.resolve("killed");
        new GoldenArchive(name).unpack(data);
        Files.delete(data.resolve("shard-0").resolve("clean"));
        TollgateEngine.launch(context(data).fileAccess(new RebuildKill(data, killed)))
                .close();
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY, DirectoryCheck.of(killed).state());
        assertEquals(seriesCount(data), seriesCount(killed));
        assertTrue(seriesCount(killed) > 0);
    }

    @Test
    void shouldGiveTheSameAnswersFromAnEngineThatIsFilledToday() throws IOException {
        fill(directory);
        assertEquals(GOLDEN.answers(), answers(directory));
    }

    private static long seriesCount(final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            return engine.statistics().seriesCount();
        }
    }

    private static EngineContext context(final Path directory) {
        return new EngineContext()
                .directory(directory)
                .clockMode(ClockMode.EVENT)
                .stepped(true)
                .logSegmentLength(1 << 18);
    }

    private static void fill(final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final StepSeries step = engine.defineStep(
                    SeriesDefinition.step("golden.step", Unit.PERCENT, 6).withWindows(SHORT, LONG));
            final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow("golden.flow", new Unit("TONNE"), 2)
                    .withWindows(SHORT)
                    .withLifeStart(500));
            final StepSeries small = engine.defineStep(SeriesDefinition.step("golden.small", Unit.BASIS_POINT, 0));
            final Publisher publisher = engine.publisher();
            for (int i = 0; i < POINTS; i++) {
                // Every seventh point comes late, every fiftieth revises, every hundredth is unknown.
                final long time = 37L * i - (i % 7 == 0 ? 1_000 : 0);
                engine.awaitApplied(
                        i % 100 == 99
                                ? publisher.offerUnknown(step, time)
                                : publisher.offer(step, i % 50 == 49 ? time - 37 : time, (i * 7_919L) % 145_000_000));
                engine.awaitApplied(publisher.offer(flow, time / 100 * 100, i % 23, Publisher.NONE, i));
            }
            engine.awaitApplied(publisher.offer(small, 10, -5));
            engine.awaitApplied(publisher.offer(small, 20_000, 5));
        }
    }

    private static String answers(final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final MetricReader reader = engine.newReader();
            final WindowReading reading = reader.newReading();
            final WindowReading shape = reader.newReading(METRICS.toArray(Metric[]::new));
            final StringBuilder lines = new StringBuilder();
            for (final String key : List.of("golden.step", "golden.flow", "golden.small")) {
                final Series series = engine.find(key).orElseThrow();
                for (final Window.Sliding window : List.of(SHORT, LONG, AD_HOC)) {
                    for (long at = -2_000; at <= 60_000; at += 3_100) {
                        reader.read(series, window, at, reading);
                        reader.read(series, window, at, shape);
                        lines.append(key)
                                .append(',')
                                .append(window.lengthNs())
                                .append(',')
                                .append(at);
                        for (final Metric metric : METRICS) {
                            final WindowReading asked = metric.isDeclared() ? shape : reading;
                            lines.append(',').append(Long.toHexString(Double.doubleToLongBits(asked.value(metric))));
                            lines.append(' ').append(asked.status(metric));
                        }
                        lines.append('\n');
                    }
                }
            }
            return lines.toString();
        }
    }
}
