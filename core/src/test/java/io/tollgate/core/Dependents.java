package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import java.util.Optional;

/**
 * Numbered operations: a batch with a level and an event, and behind each other batch the withdrawal of the level by
 * itself.
 */
final class Dependents {
    private static final String LEVEL = "dependent.level";
    private static final String EVENTS = "dependent.events";
    private static final Window WHOLE = Window.slidingNs(1L << 40);

    private final Engine engine;
    private final Batch batch;
    private final StepSeries level;
    private final FlowSeries events;

    /** Feeds an engine. */
    Dependents(final Engine engine) {
        this.engine = engine;
        batch = engine.publisher().newBatch();
        level = engine.defineStep(SeriesDefinition.step(LEVEL, Unit.PERCENT, 2));
        events = engine.defineFlow(SeriesDefinition.flow(EVENTS, Unit.COUNT, 0));
    }

    /** Offers the operation of a number, the next one, waits until it is applied, and gives its ticket. */
    long offer(final long number) {
        final long known = Lanes.knownBefore(number + 1);
        assertTrue(batch.begin() >= 0);
        batch.offer(level, Lanes.SPACE_NS * number, number, known, number);
        batch.offer(events, Lanes.SPACE_NS * number, 1, known, number);
        long ticket = batch.commit();
        assertTrue(ticket > 0, Publisher.describe(ticket));
        if (isWithdrawn(number)) {
            ticket = engine.publisher().withdraw(level, Lanes.SPACE_NS * number, known, number);
            assertTrue(ticket > 0, Publisher.describe(ticket));
        }
        engine.awaitApplied(ticket);
        return ticket;
    }

    private static boolean isWithdrawn(final long number) {
        return number % 2 == 0;
    }

    /** How many operations an engine holds. */
    static long numberIn(final Engine engine) {
        return engine.find(EVENTS).isPresent() ? PointCount.of(engine, EVENTS) : 0;
    }

    /** Requires the levels of all batches that count, but for those withdrawn: the last withdrawals may be lost. */
    static void requireWhole(final Engine engine, final String what) {
        final Optional<Series> found = engine.find(LEVEL);
        final long number = numberIn(engine);
        assertTrue(number == 0 || found.isPresent(), what);
        if (found.isEmpty()) {
            return;
        }
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.newReading();
        boolean isLost = false;
        for (long i = 0; i < number + 4; i++) {
            reader.read(found.get(), Window.slidingNs(1), Lanes.SPACE_NS * i, reading);
            final boolean isThere = reading.count() == 1;
            isLost |= isThere && isWithdrawn(i);
            final boolean isExpected = i < number && (isLost || !isWithdrawn(i));
            assertEquals(isExpected, isThere, what + " level of number=" + i + " of " + number);
        }
        reader.read(found.get(), WHOLE, Lanes.SPACE_NS * (number + 1_000), reading);
        assertTrue(reading.count() <= number, () -> what + " count=" + reading.count() + " number=" + number);
    }
}
