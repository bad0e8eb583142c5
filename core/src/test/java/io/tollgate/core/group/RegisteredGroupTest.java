package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import io.tollgate.core.fixture.GroupFixture;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maintained groups: after each change and each clock step, the answers equal those of all members. */
final class RegisteredGroupTest extends GroupFixture {
    private static final int GROUPS = 6;
    private static final int STEPS = 600;

    /**
     * Rates, weights and memberships change late and ahead of time, and are revised and withdrawn, while the clock
     * advances.
     */
    @ParameterizedTest
    @ValueSource(longs = {5, 6, 20_261_125})
    void shouldFollowEachChangeAsTheOracleDoes(final long seed) {
        final Random random = new Random(seed);
        final GroupModel model = new GroupModel(engine, random);
        final List<GroupReading> readings = new ArrayList<>();
        engine.advanceTo(0);
        for (int i = 0; i < STEPS; i++) {
            if (readings.size() < GROUPS && i % 20 == 0) {
                final Group group = model.group();
                engine.series().register(group);
                readings.add(reader.group(group));
            }
            if (random.nextInt(20) == 0) {
                engine.advanceTo(engine.now() + random.nextInt(3));
            } else {
                model.change();
            }
            final long now = engine.now();
            for (final GroupReading reading : readings) {
                reading.read(now);
                GroupModel.assertReading(
                        new GroupOracle.Sums(reading.group()).add(model.oracle().standings(reading.group(), now, now)),
                        reading,
                        "seed=" + seed + " step=" + i + " now=" + now);
                if (i % 10 == 0) {
                    model.oracle()
                            .assertNothingChangesBefore(
                                    reading.nextChangeAtNs(), reading.group(), now, "seed=" + seed + " step=" + i);
                }
            }
        }
    }

    /** A maintained group answers at each instant like an unregistered one. */
    @Test
    void shouldReadTheSameAtEveryInstant() {
        final Group group = group(new String[] {"10", "20"}, "1", "1");
        engine.advanceTo(0);
        engine.series().register(group);
        engine.series().register(group);
        offer(rate("0"), 5 * DAY_NS, "40");
        offer(weight("1"), 7 * DAY_NS, "3");
        engine.advanceTo(6 * DAY_NS);
        assertAnswer(read(group, -1), GroupMetric.WEIGHTED, Status.EMPTY, Double.NaN);
        assertAnswer(read(group, 0), GroupMetric.WEIGHTED, Status.OK, 15);
        assertAnswer(read(group, 5 * DAY_NS), GroupMetric.WEIGHTED, Status.OK, 30);
        assertAnswer(read(group, 6 * DAY_NS), GroupMetric.WEIGHTED, Status.OK, 30);
        assertAnswer(read(group, 7 * DAY_NS), GroupMetric.WEIGHTED, Status.OK, 25);
    }

    /** A pending point takes effect when the knowledge clock reaches it, before the change that moved the clock. */
    @Test
    void shouldFollowAClockOfKnowledge() {
        try (Engine known = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE))) {
            final StepSeries rate = known.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
            final StepSeries other = known.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 0));
            final Group group = Group.of(GroupMember.of(rate), GroupMember.of(other));
            known.series().register(group);
            final PanelReader knownReader = known.newPanelReader();
            final GroupReading reading = knownReader.group(group);
            KnownPoint.apply(known, rate, 100, 10, 1);
            KnownPoint.apply(known, other, 3, 5, 4);
            reading.read(known.now());
            assertEquals(4, reading.atNs());
            assertAnswer(reading, GroupMetric.SIMPLE, Status.PARTIAL, 5);
            KnownPoint.apply(known, other, 90, 7, 200);
            reading.read(known.now());
            assertEquals(200, reading.atNs());
            assertAnswer(reading, GroupMetric.SIMPLE, Status.OK, 8.5);
        }
    }

    @Test
    void shouldRefuseAStranger() {
        final StepSeries stranger = new StepSeries(77, SeriesDefinition.step("stranger", Unit.PERCENT, 2));
        assertThrows(
                IllegalArgumentException.class, () -> engine.series().register(Group.of(GroupMember.of(stranger))));
        final Group group = group(new String[] {"1"}, "1");
        engine.series().register(group);
        final GroupReading reading = reader.group(group);
        engine.close();
        assertThrows(IllegalStateException.class, () -> reading.read(0));
        assertThrows(IllegalStateException.class, () -> engine.series().register(group));
    }
}
