package io.tollgate.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.admin.Backup;
import io.tollgate.api.admin.BatchCounts;
import io.tollgate.api.admin.Checkpoint;
import io.tollgate.api.admin.CheckpointCounts;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The texts that a person sees in JShell and in a debugger. */
class ShownTextTest {
    @Test
    void shouldShowWindowsAsTheyAreWritten() {
        assertEquals("30d", Window.sliding(Duration.ofDays(30)).toString());
        assertEquals(
                "90s closed LEFT",
                Window.sliding(Duration.ofSeconds(90), Closed.LEFT).toString());
        assertEquals("last 100 points", Window.last(100).toString());
        assertEquals(
                "since 2025-04-10T04:01:00Z",
                Window.since(Instants.parse("2025-04-10T04:01:00Z")).toString());
        assertEquals(
                "MONTH to date in Z",
                Window.toDate(CalendarPeriod.MONTH, ZoneOffset.UTC).toString());
        assertEquals("15m", Bucket.of(Duration.ofMinutes(15)).toString());
        assertEquals(
                "QUARTER in Z",
                Bucket.of(CalendarPeriod.QUARTER, ZoneOffset.UTC).toString());
    }

    @Test
    void shouldShowOfASeriesWhatWasDeclared() {
        final SeriesDefinition rate = SeriesDefinition.step("tariff.cn", Unit.PERCENT, 2);
        assertEquals("StepSeries[7: tariff.cn STEP PERCENT scale=2]", new StepSeries(7, rate).toString());
        assertEquals(
                "tariff.cn STEP PERCENT scale=2 duplicates=REJECT heartbeat=1d windows=[30d, 90d] with shapes",
                rate.withDuplicates(DuplicatePolicy.REJECT)
                        .withHeartbeat(Duration.ofDays(1))
                        .withWindows(Window.sliding(Duration.ofDays(30)), Window.sliding(Duration.ofDays(90)))
                        .withShapes()
                        .toString());
        final SeriesDefinition events = SeriesDefinition.flow("licences", Unit.COUNT, 0)
                .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, ZoneOffset.UTC))
                .withLifeStart(Instants.parse("2025-01-01T00:00Z"));
        assertEquals(
                "FlowSeries[0: licences FLOW COUNT scale=0 lifeStart=2025-01-01T00:00:00Z period=MONTH in Z]",
                new FlowSeries(0, events).toString());
    }

    @Test
    void shouldShowCopiesAndCountsInPlainWords() {
        assertEquals("up to operation 12, made in 1.234 ms", new Checkpoint(12, 1_234_567).toString());
        assertEquals(
                "/backup up to operation 12, 3 series, made in 0.100 ms",
                new Backup(Path.of("/backup"), 12, 3, 100_000).toString());
        final EngineStatistics statistics = new EngineStatistics(
                3,
                100,
                4,
                5,
                6,
                7,
                8,
                Map.of(RefusalReason.DUPLICATE, 9L),
                10,
                11,
                1_000,
                12,
                new BatchCounts(1, 2, 3, 4),
                new CheckpointCounts(5, 6, 7));
        assertEquals(
                List.of(
                        "series: 3, in 1000 bytes off the heap, 12 waits until it grew",
                        "points: 100 applied (4 revised, 5 unchanged, 6 late, 7 ignored, 8 withdrawn),"
                                + " refused {DUPLICATE=9}, 11 back-pressured",
                        "reads: 10 contended",
                        "batches: 1 applied, 2 refused, 3 aborted, 4 timed out",
                        "checkpoints: 5 made, 6 failed, 7 log segments deleted"),
                statistics.toString().lines().toList());
    }
}
