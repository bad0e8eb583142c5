package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.Witnesses;
import io.tollgate.core.oracle.Twin;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads read while all points of a series are withdrawn. Another series takes the freed blocks at once, so a late
 * reader finds its points there.
 */
class ConcurrentWithdrawalTest {
    private static final int POINT_COUNT = 12_000;
    private static final long END = 100_000;
    private static final Window WHOLE = Window.slidingNs(END);

    private final Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.EVENT));

    @AutoClose
    private final Witnesses witnesses = new Witnesses(engine, 0, POINT_COUNT);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldShowWholeEventsWhileTheyAreWithdrawn(final boolean isRegistered) throws Exception {
        final long seed = TestSeed.of("concurrent withdrawals");
        final SeriesDefinition plain = SeriesDefinition.flow("threes", Unit.COUNT, 0);
        final FlowSeries threes = engine.defineFlow(isRegistered ? plain.withWindows(WHOLE) : plain);
        final FlowSeries sevens = engine.defineFlow(SeriesDefinition.flow("sevens", Unit.COUNT, 0));
        final long[] times = new Random(seed).longs(POINT_COUNT, 1, END).toArray();
        long ticket = 0;
        for (int i = 0; i < POINT_COUNT; i++) {
            ticket = Twin.offer(engine, threes, times[i], 3, Instants.NONE, i);
        }
        engine.awaitApplied(ticket);
        witnesses.begin(sight(threes), sight(threes));
        for (int i = 1; i <= POINT_COUNT; i++) {
            Twin.offer(engine, sevens, i, 7, Instants.NONE, i);
            ticket = Twin.withdraw(engine, threes, times[i - 1], Instants.NONE, i - 1);
            if (i % 50 == 0 || i == POINT_COUNT) {
                engine.awaitApplied(ticket);
                witnesses.acknowledge(i);
            }
        }
        witnesses.finish();
    }

    /** Returns the number of withdrawn events. Each remaining event is a three. */
    private LongSupplier sight(final Series threes) {
        final TestReader reader = new TestReader(engine.newReader());
        final WindowReading reading = reader.newReading();
        return () -> {
            reader.read(threes, WHOLE, END, reading);
            if (reading.status(Metric.COUNT) == Status.CONTENDED) {
                return -1;
            }
            final long count = reading.count();
            if (count > 0) {
                assertEquals(3 * count, reading.value(Metric.SUM));
                assertEquals(3, reading.value(Metric.MIN));
                assertEquals(3, reading.value(Metric.MAX));
            }
            return POINT_COUNT - count;
        };
    }
}
