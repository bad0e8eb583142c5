package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.Witnesses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads read a group while the writer raises one rate after the other by 1. Each answer shows one state. So the rates
 * differ by at most 1, and their sum matches the sum of their squares.
 */
class ConcurrentGroupTest {
    private static final int MEMBERS = 5;
    private static final int ROUNDS = 6_000;

    private final Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL));

    @AutoClose
    private final Witnesses witnesses = new Witnesses(engine, 0, ROUNDS * MEMBERS);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNeverShowSumsOfTwoMoments(final boolean isRegistered) throws Exception {
        engine.advanceTo(1_000);
        final List<StepSeries> rates = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            rates.add(engine.defineStep(SeriesDefinition.step("rate." + i, Unit.PERCENT, 0)));
            engine.awaitApplied(engine.publisher().offer(rates.get(i), 1, 0));
        }
        final Group group = Group.of(rates.stream().map(GroupMember::of).toList());
        if (isRegistered) {
            engine.series().register(group);
        }
        witnesses.begin(stepsOf(group), stepsOf(group));
        long ticket = 0;
        for (int k = 1; k <= ROUNDS; k++) {
            for (final StepSeries rate : rates) {
                final long value = k;
                do {
                    ticket = engine.publisher().offer(rate, 1, value);
                } while (ticket < 0);
            }
            if (k % 100 == 0) {
                engine.awaitApplied(ticket);
                witnesses.acknowledge(k * MEMBERS);
            }
        }
        witnesses.finish();
        assertEquals(ROUNDS * MEMBERS, look(engine.newPanelReader(), group));
    }

    private LongSupplier stepsOf(final Group group) {
        final PanelReader reader = engine.newPanelReader();
        return () -> look(reader, group);
    }

    /** Returns the number of steps seen, -1 if the group was contended. */
    private static long look(final PanelReader reader, final Group group) {
        final GroupReading reading = reader.group(group).read(1_000);
        if (reading.status(GroupMetric.SIMPLE) == Status.CONTENDED) {
            return -1;
        }
        final long steps = Math.round(reading.value(GroupMetric.SIMPLE) * MEMBERS);
        final long full = steps / MEMBERS;
        final long ahead = steps % MEMBERS;
        final double squares = ahead * (full + 1.0) * (full + 1.0) + (MEMBERS - ahead) * (double) full * full;
        assertEquals(Math.sqrt(squares / MEMBERS), reading.value(GroupMetric.TRI), Math.ulp(full + 1.0));
        return steps;
    }
}
