package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.CalendarPeriod;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Decay;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.ReportingPeriod;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.api.WindowRegistration;
import io.tollgate.core.store.ShardHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory of the second format with what the first had not: policies, withdrawals, heartbeats, reporting
 * periods, registrations by pattern and shapes. {@link #main} made it.
 */
class GoldenPoliciesTest {
    private static final GoldenArchive GOLDEN = new GoldenArchive("directory-2");
    private static final int CHANGES = 1_000;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Window DAY = Window.slidingNs(24 * HOUR_NS);
    private static final Window WEEK = Window.slidingNs(168 * HOUR_NS);

    private static final List<Window> WINDOWS = List.of(
            DAY,
            WEEK,
            Window.slidingNs(2_000 * HOUR_NS),
            Window.since(3 * HOUR_NS),
            Window.toDate(CalendarPeriod.QUARTER, ZoneId.of("Asia/Shanghai")));

    private static final List<String> KEYS = List.of(
            "golden.rate",
            "golden.REVISE",
            "golden.ALL",
            "golden.KEEP_FIRST",
            "golden.REJECT",
            "golden.SUM",
            "golden.monthly");

    private static final List<Metric> METRICS = List.of(
            Metric.COUNT,
            Metric.SUM,
            Metric.MEAN,
            Metric.SD,
            Metric.MIN,
            Metric.MAX,
            Metric.LAST,
            Metric.SKEW,
            Metric.SLOPE,
            Metric.COVERAGE,
            Metric.quantile(0.9),
            Metric.above("50"),
            Metric.ewma(new Decay.HalfLife(24 * HOUR_NS)));

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

    @Test
    void shouldGiveTheSameAnswersFromAnEngineThatIsFilledToday() throws IOException {
        fill(directory);
        assertEquals(GOLDEN.answers(), answers(directory));
    }

    @Test
    void shouldLeaveAStoreOfALaterVersionAsItIs() throws IOException {
        GOLDEN.unpack(directory);
        final Path header = directory.resolve("shard-0").resolve("header");
        final byte[] bytes = Files.readAllBytes(header);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(ShardHeader.VERSION_OFFSET, ShardHeader.VERSION + 1);
        Files.write(header, bytes);
        final IllegalStateException e = assertThrows(IllegalStateException.class, () -> answers(directory));
        assertTrue(e.getMessage().contains("shardVersion=" + (ShardHeader.VERSION + 1)), e::getMessage);
        assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap(Files.readAllBytes(header)));
    }

    /** Made the archive and the answers. */
    public static void main(final String[] args) throws IOException {
        final Path made = Files.createTempDirectory("golden");
        fill(made);
        GOLDEN.make(Path.of(args[0]), made, answers(made));
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
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("golden.rate", Unit.PERCENT, 4)
                    .withWindows(DAY)
                    .withHeartbeat(Duration.ofHours(10)));
            engine.register(WindowRegistration.of("golden.*").withWindows(DAY, WEEK));
            final FlowSeries[] flows = new FlowSeries[DuplicatePolicy.values().length];
            for (final DuplicatePolicy policy : DuplicatePolicy.values()) {
                flows[policy.ordinal()] = engine.defineFlow(
                        SeriesDefinition.flow("golden." + policy, Unit.COUNT, 1).withDuplicates(policy));
            }
            final FlowSeries monthly = engine.defineFlow(SeriesDefinition.flow("golden.monthly", new Unit("TONNE"), 0)
                    .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, NEW_YORK)));
            engine.register(WindowRegistration.of("*.ALL").withShapes());
            final Random random = new Random(42);
            final Publisher publisher = engine.publisher();
            for (int i = 0; i < CHANGES; i++) {
                final long at = HOUR_NS * (i / 2 - (random.nextInt(8) == 0 ? random.nextInt(300) : 0));
                final long value = random.nextInt(1_000);
                engine.awaitApplied(
                        random.nextInt(12) == 0
                                ? publisher.withdraw(rate, at)
                                : publisher.offer(rate, at, value, Publisher.NONE, i));
                for (final FlowSeries flow : flows) {
                    engine.awaitApplied(
                            random.nextInt(12) == 0
                                    ? publisher.withdraw(flow, at, Publisher.NONE, -1 - i / 3)
                                    : publisher.offer(flow, at, value, Publisher.NONE, -1 - i / 3));
                }
            }
            for (int month = -3; month <= 3; month++) {
                final LocalDate end = LocalDate.EPOCH.plusMonths(month);
                engine.awaitApplied(publisher.offer(
                        monthly, end.atStartOfDay(NEW_YORK).toEpochSecond() * 1_000_000_000L, 1_000 + month));
            }
        }
    }

    private static String answers(final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final MetricReader reader = engine.newReader();
            final WindowReading reading = reader.newReading(METRICS.toArray(Metric[]::new));
            final StringBuilder lines = new StringBuilder();
            for (final String key : KEYS) {
                final Series series = engine.find(key).orElseThrow();
                for (final Window window : WINDOWS) {
                    for (long hour = -400; hour <= 2_000; hour += 217) {
                        reader.read(series, window, hour * HOUR_NS, reading);
                        lines.append(key).append(';').append(window).append(';').append(hour);
                        for (final Metric metric : METRICS) {
                            lines.append(';')
                                    .append(reading.value(metric))
                                    .append(' ')
                                    .append(reading.status(metric));
                        }
                        lines.append('\n');
                    }
                }
            }
            return lines.toString();
        }
    }
}
