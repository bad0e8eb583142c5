package io.tollgate.bench;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;
import org.agrona.collections.MutableLong;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * 1,000 STEP series that change in turn, each once a minute of valid time: windows of an hour, a day and a week hold
 * 60,
 * 1,440 and 10,080 points, all full after {@link #fill}. Values come from a fixed generator, so every run has the same.
 */
@State(Scope.Thread)
public class HotWorkload {
    /** Points of one batch: what a benchmark offers or applies in one invocation. */
    public static final int BATCH = 1_000;

    static final int SERIES_COUNT = 1_000;
    static final Window HOUR = Window.sliding(Duration.ofHours(1));
    static final Window DAY = Window.sliding(Duration.ofDays(1));
    static final Window WEEK = Window.sliding(Duration.ofDays(7));
    static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    private static final int POINTS_TO_FILL = 10_200;
    private static final int MINUTES_AN_HOUR = 60;

    /** Per cent of the points that come up to an hour late. */
    @Param({"0", "10"})
    public int latePercent;

    TollgateEngine engine;
    final StepSeries[] series = new StepSeries[SERIES_COUNT];
    long minute;

    private final MutableLong random = new MutableLong(42);

    /** Opens the engine and fills all windows. */
    @Setup(Level.Trial)
    public void fill() {
        engine = TollgateEngine.launch(
                new EngineContext().clockMode(ClockMode.EVENT).stepped(true).firstMapEntries(1 << 16));
        for (int i = 0; i < SERIES_COUNT; i++) {
            series[i] = engine.defineStep(
                    SeriesDefinition.step("bench." + i, Unit.PERCENT, 6).withWindows(HOUR, DAY, WEEK));
        }
        for (int i = 0; i < POINTS_TO_FILL; i++) {
            offerBatch();
            applyAll();
        }
    }

    /** Closes the engine. */
    @TearDown(Level.Trial)
    public void close() {
        engine.close();
    }

    /** Offers the next point of each series. */
    long offerBatch() {
        final Publisher publisher = engine.publisher();
        minute++;
        long ticket = 0;
        for (int i = 0; i < SERIES_COUNT; i++) {
            ticket = publisher.offer(series[i], validTime(), Math.floorMod(next(), 145_000_000L));
        }
        return ticket;
    }

    /** Works the engine until it has nothing to do. */
    int applyAll() {
        int work = 0;
        int done;
        do {
            done = engine.step();
            work += done;
        } while (done > 0);
        return work;
    }

    long nowNs() {
        return minute * MINUTE_NS;
    }

    private long validTime() {
        final boolean isLate = latePercent > 0 && Math.floorMod(next(), 100L) < latePercent;
        final long delay = isLate ? Math.floorMod(next(), MINUTES_AN_HOUR * MINUTE_NS) : 0;
        return nowNs() - delay;
    }

    /** Marsaglia's xorshift64: cheap, and the same in every run. */
    private long next() {
        long x = random.get();
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        random.set(x);
        return x;
    }
}
