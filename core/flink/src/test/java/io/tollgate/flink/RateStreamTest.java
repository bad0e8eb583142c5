package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateStreamTest {
    private static final Window DAY = Window.sliding(Duration.ofDays(1));
    private static final SeriesTemplate TARIFFS = SeriesTemplate.step("tariff.*", Unit.PERCENT, 2);
    private static final long DAY_NS = Duration.ofDays(1).toNanos();
    private static final long START_NS = Instants.parse("2025-01-01T00:00Z");
    private static LocalCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        final Configuration options = new Configuration();
        options.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, MemorySize.parse("24m"));
        cluster = new LocalCluster(options);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldAnswerOnAGridAsThenKnown() throws Exception {
        final StreamExecutionEnvironment environment = LocalCluster.environment(2, "hashmap", directory);
        final Collected<RateAnswer> answers = new Collected<>();
        RateStream.of(TARIFFS)
                .read(Window.last(1), Metric.LAST)
                .every(Duration.ofDays(1), START_NS + 4 * DAY_NS)
                .applyTo(environment.fromData(
                        PointRecord.TYPE,
                        known("tariff.a", START_NS + 1, 10, START_NS + 1),
                        known("tariff.a", START_NS + DAY_NS + 1, 20, START_NS + 2 * DAY_NS)))
                .uid("tollgate")
                .sinkTo(answers);
        cluster.run(environment);
        assertEquals(
                List.of("1 ns 10.0", "1.0 10.0", "2.0 20.0", "2.0 20.0", "3.0 20.0", "4.0 20.0"),
                answers.elements().stream()
                        .map(answer -> (answer.timeNs() == START_NS + 1
                                        ? "1 ns"
                                        : Double.toString((answer.timeNs() - START_NS) / (double) DAY_NS))
                                + ' '
                                + answer.value())
                        .sorted()
                        .toList());
    }

    private static PointRecord known(final String series, final long timeNs, final int percent, final long knownAtNs) {
        return PointRecord.point(series, timeNs, percent, 0).withKnownAt(knownAtNs);
    }

    @Test
    void shouldRefuseToStartWithoutTheMemoryThatIsPlanned() {
        final RateStream stream = RateStream.of(TARIFFS).read(DAY, Metric.MEAN).withRoomFor(100_000, 100);
        assertTrue(stream.offHeapBytes(100_000, 100) > 100_000_000);
        assertFails(stream, 1, "plannedBytes=" + stream.offHeapBytes(100_000, 100) + ", expected at most 8388608");
    }

    @Test
    void shouldFailByNameIfTheMemoryIsFull() {
        assertFails(RateStream.of(TARIFFS).withRoomFor(1_000, 1), 50_000, "expected at most 8388608 in a slot");
    }

    private void assertFails(final RateStream stream, final long seriesCount, final String message) {
        final StreamExecutionEnvironment environment = LocalCluster.environment(1, "hashmap", directory);
        stream.applyTo(environment
                        .fromData(LongStream.range(0, seriesCount).boxed().toList())
                        .map(i -> known("tariff." + i, START_NS, 10, START_NS))
                        .returns(PointRecord.TYPE))
                .uid("tollgate")
                .sinkTo(new Collected<>());
        assertFails(environment, message);
    }

    private static void assertFails(final StreamExecutionEnvironment environment, final String message) {
        final Exception failure = assertThrows(Exception.class, () -> cluster.run(environment));
        assertTrue(
                ExceptionUtils.findThrowableWithMessage(failure, message).isPresent(),
                () -> ExceptionUtils.stringifyException(failure));
    }

    @Test
    void shouldRefuseAStateOfOtherSeries() throws Exception {
        assertNotRestored(
                RateStream.of(
                        SeriesTemplate.step("tariff.*", Unit.PERCENT, 3),
                        SeriesTemplate.flow("licence.*", Unit.COUNT, 2)),
                "scale=3, expected that of the state: ");
        assertNotRestored(RateStream.of(TARIFFS), "in the state, expected a template that matches the key");
    }

    private void assertNotRestored(final RateStream stream, final String message) throws Exception {
        final Path golden = Path.of(RateStreamTest.class
                        .getResource("savepoint-version-1/_metadata")
                        .toURI())
                .getParent();
        final StreamExecutionEnvironment environment =
                LocalCluster.environment(1, "hashmap", directory, golden.toUri().toString());
        final Configuration options = new Configuration();
        options.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        environment.configure(options);
        final TariffPoints rest = new TariffPoints(20_250_512, 1_000, 5);
        stream.togetherBy(TariffPoints::partition)
                .applyTo(rest.stream(environment, 500, 500))
                .uid("tollgate")
                .sinkTo(new Collected<>());
        assertFails(environment, message);
    }

    @Test
    void shouldBeWholeAfterSerialization() throws Exception {
        final SeriesDefinition definition = SeriesDefinition.flow("x", new Unit("TONNE"), 3)
                .withPeriod(ReportingPeriod.of(Duration.ofDays(7)))
                .withWindows(DAY)
                .withShapes();
        final List<Window> windows = List.of(
                Window.sliding(Duration.ofDays(1), Closed.BOTH),
                Window.last(3),
                Window.since(START_NS),
                Window.toDate(CalendarPeriod.MONTH, ZoneId.of("America/New_York")));
        final RateStream stream = RateStream.of(TARIFFS, SeriesTemplate.of("trade.*", definition))
                .read(windows, Metric.quantile(0.9), Metric.above("25"), Metric.MEAN)
                .withOptions(ReadOptions.DEFAULT.withMinCount(3));
        final RateStream copy = InstantiationUtil.clone(stream);
        assertEquals(
                definition.withKey("y"),
                copy.template("trade.US").orElseThrow().definition().withKey("y"));
        assertEquals(
                List.of(Metric.quantile(0.9), Metric.above("25"), Metric.MEAN),
                List.of(copy.reads().get(0).metrics()));
        assertEquals(windows, copy.reads().get(0).windows());
        assertEquals(ReadOptions.DEFAULT.withMinCount(3), copy.options());
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        final RateStream stream = RateStream.of(TARIFFS);
        final Watch high = Watch.above(WatchedMetric.of(DAY, Metric.MEAN), 40);
        final Watch level = Watch.above(WatchedMetric.LEVEL, 40);
        assertThrows(IllegalArgumentException.class, RateStream::of);
        assertThrows(IllegalArgumentException.class, () -> stream.read(DAY));
        assertThrows(IllegalArgumentException.class, () -> stream.every(Duration.ofMillis(10)));
        assertThrows(IllegalArgumentException.class, () -> stream.withImageFactor(0));
        assertThrows(IllegalArgumentException.class, () -> stream.watch("level", level));
        assertThrows(IllegalArgumentException.class, () -> stream.watch("", high));
        assertThrows(
                IllegalArgumentException.class, () -> stream.watch("high", high).watch("high", high));
    }
}
