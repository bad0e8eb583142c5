package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.fixture.AllocationMeasurement;
import io.tollgate.core.fixture.KnownPoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations of each kind on the hot path allocate no byte on their thread, in any number. */
class AllocationTest extends AllocationMeasurement {
    private Object kept = "";
    private double sink;

    @Test
    void shouldCountWhatAnAllocatingOperationAllocates() {
        final long bytes = bytesOf(number -> kept = new long[2]);
        assertTrue(bytes >= 16L * OPERATIONS, () -> "bytes=" + bytes + " kept=" + kept);
    }

    @Test
    void shouldAllocateNothingOnOffer() {
        assertEquals(0, bytesOfOfferingAndApplying(true));
    }

    @Test
    void shouldAllocateNothingOnApplying() {
        assertEquals(0, bytesOfOfferingAndApplying(false));
        assertTrue(engine.admin().statistics().appliedCount() >= OPERATIONS);
    }

    /** One tick: a point is applied, and its windows are read. */
    @Test
    void shouldAllocateNothingOnApplyingAtOnceAndReading() {
        final WindowReading reading = engine.newReader()
                .windows(List.of(REGISTERED, Window.slidingNs(50)), Metric.MEAN, Metric.SD, Metric.MIN);
        final WindowReading change = engine.newReader().window(REGISTERED, Metric.LOG_CHANGE);
        final long bytes = bytesOf(number -> {
            publisher.apply(flows[number % SERIES], ++time, number % 211);
            publisher
                    .point(steps[number % SERIES])
                    .validAt(time)
                    .value(number % 13)
                    .reference(number)
                    .apply();
            reading.read(flows[number % SERIES], time);
            sink += reading.value(0, Metric.MEAN) + reading.value(0, Metric.MIN);
            change.read(steps[number % SERIES].number(), time);
            sink += Double.isNaN(change.value(Metric.LOG_CHANGE)) ? 0 : 1;
        });
        assertEquals(0, bytes);
        assertTrue(sink > 0, () -> "sink=" + sink);
    }

    @Test
    void shouldAllocateNothingOnApplyingLateAndRevisedPoints() {
        fill();
        final long before = engine.admin().statistics().revisedCount();
        final long bytes = bytesOf(number -> {
            final long late = time - Math.floorMod(number * 7919L, time);
            offer(steps[number % SERIES], late, number % 211);
        });
        assertEquals(0, bytes);
        assertTrue(engine.admin().statistics().revisedCount() > before);
        assertTrue(engine.admin().statistics().lateCount() > SERIES);
    }

    @ParameterizedTest
    @EnumSource(DuplicatePolicy.class)
    void shouldAllocateNothingOnDuplicatesAndWithdrawals(final DuplicatePolicy policy) {
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0)
                .withDuplicates(policy)
                .withWindows(REGISTERED, Window.slidingNs(50)));
        final long bytes = bytesOf(number -> {
            // Each third operation withdraws the point of the first of the three.
            final long instant = Math.floorMod((number - number % 3 / 2 * 2) * 7_919L, 5_000);
            final long ticket = number % 3 == 2
                    ? publisher
                            .point(events)
                            .validAt(instant)
                            .reference(number % 2)
                            .withdraw()
                    : KnownPoint.offer(publisher, events, instant, number % 100, Instants.NONE, number % 2);
            if (ticket < 0 || number % 50 == 0) {
                applyAll();
            }
        });
        assertEquals(0, bytes);
        assertTrue(engine.admin().statistics().withdrawnCount() > 1_000);
    }

    @Test
    void shouldAllocateNothingOnApplyingPointsOfSeriesThatAPatternFits() {
        engine.series()
                .register(WindowRegistration.of("*")
                        .withWindows(Window.slidingNs(70), Window.last(3))
                        .withShapes());
        assertEquals(0, bytesOfOfferingAndApplying(false));
        assertTrue(engine.series().find("step.7").orElseThrow().definition().keepsShapes());
    }

    @Test
    void shouldAllocateNothingOnAnOfferThatFindsNoSpace() {
        while (publisher.offer(flows[0], time, 1) > 0) {
            time++;
        }
        assertEquals(0, bytesOf(number -> publisher.offer(flows[0], time, 1)));
        assertTrue(engine.admin().statistics().backPressureCount() >= OPERATIONS);
    }
}
