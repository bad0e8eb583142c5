package io.tollgate.data;

import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/** Fills engines with series of all kinds, and with revisions, withdrawals, unknown levels and ends of lives. */
final class RandomContent {
    static final long START_NS = 1_600_000_000_000_000_000L;

    private static final Unit TONNE = new Unit("TONNE");

    private final Random random;
    private final Engine engine;
    private long knownAtNs = START_NS;

    RandomContent(final Engine engine, final Random random) {
        this.engine = engine;
        this.random = random;
    }

    static EngineContext context() {
        return new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(ClockMode.KNOWLEDGE)
                .timesNearEpochAllowed(true)
                .refusalHandler(refusal -> {});
    }

    static TollgateEngine newEngine() {
        return TollgateEngine.launch(context());
    }

    static List<SeriesDefinition> definitions() {
        final Window month = Window.sliding(Duration.ofDays(30));
        final Window half = Window.sliding(Duration.ofHours(12), Closed.LEFT);
        final Window last = Window.last(20);
        final Window since = Window.since(START_NS + 1);
        final Window year = Window.toDate(CalendarPeriod.YEAR, ZoneId.of("America/New_York"));
        return List.of(
                SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2)
                        .withWindows(month, half, last, since, year)
                        .withHeartbeat(Duration.ofDays(400)),
                SeriesDefinition.step("keep, \"first\"", Unit.FRACTION, 9).withDuplicates(DuplicatePolicy.KEEP_FIRST),
                SeriesDefinition.step("#reject", Unit.BASIS_POINT, 0).withDuplicates(DuplicatePolicy.REJECT),
                SeriesDefinition.flow("licences", Unit.COUNT, 0).withLifeStart(START_NS - 5),
                SeriesDefinition.flow(" Zölle 关税 \uD83D\uDE00 ", TONNE, 3)
                        .withDuplicates(DuplicatePolicy.SUM)
                        .withShapes(),
                SeriesDefinition.flow("exports", TONNE, 1)
                        .withDuplicates(DuplicatePolicy.REVISE)
                        .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, ZoneId.of("Asia/Shanghai"))),
                SeriesDefinition.flow("weekly", TONNE, 1).withPeriod(ReportingPeriod.of(Duration.ofDays(7))),
                SeriesDefinition.step("empty", Unit.COUNT, 0));
    }

    /** Defines the series, and offers points. Some are refused, which leaves no trace. */
    void fill(final int count) {
        final List<Series> series = engine.series().define(definitions());
        for (int i = 0; i < count; i++) {
            knownAtNs += random.nextInt(3) == 0 ? random.nextInt(3) : 0;
            offer(series.get(random.nextInt(series.size() - 1)));
        }
    }

    void offer(final Series series) {
        final boolean isNamed = random.nextInt(3) > 0;
        final PointEncoder point = engine.publisher()
                .point(series)
                .validAt(START_NS + random.nextInt(40) * 1_000_000L)
                .knownAt(knownAtNs)
                .reference(isNamed ? random.nextInt(3) - 1 : Publisher.NO_REFERENCE);
        final long ticket;
        if (random.nextInt(4) == 0) {
            ticket = point.withdraw();
        } else if (series instanceof StepSeries && random.nextInt(5) == 0) {
            ticket = point.unknown().offer();
        } else {
            ticket = point.value(random.nextInt(9) == 0 ? random.nextLong() / 4 : random.nextInt(4) - 1)
                    .offer();
        }
        engine.awaitApplied(ticket);
    }

    /** Closes a chain of series: later keys before earlier ones, with late points after the ends. */
    void closeSome() {
        final List<Series> chain = engine.series()
                .define(List.of(
                        SeriesDefinition.step("chain.2", Unit.PERCENT, 1),
                        SeriesDefinition.step("chain.1", Unit.BASIS_POINT, 1),
                        SeriesDefinition.step("chain.3", Unit.PERCENT, 2)));
        chain.forEach(this::offer);
        for (int i = 0; i < chain.size(); i++) {
            final LifeEnd end = LifeEnd.at(START_NS + 1_000_000_000L).knownAt(knownAtNs);
            final boolean hasNext = i + 1 < chain.size();
            engine.series().close(chain.get(i), hasNext ? end.followedBy(chain.get(i + 1)) : end);
            knownAtNs += random.nextInt(2);
            for (int j = 0; j < 10; j++) {
                offer(chain.get(random.nextInt(chain.size())));
            }
        }
    }

    long knownAtNs() {
        return knownAtNs;
    }
}
