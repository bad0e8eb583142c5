package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.Hierarchy;
import io.tollgate.api.HierarchyReading;
import io.tollgate.api.LevelPattern;
import io.tollgate.api.MemberPattern;
import io.tollgate.api.PanelReader;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups over several shards that are kept up to date: the answers of all members, whatever changes. */
final class SharedGroupTest {
    private static final int SHARDS = 3;
    private static final int GROUPS = 6;
    private static final int STEPS = 600;
    private static final LevelPattern RATES = new LevelPattern("rate.*", Unit.PERCENT, 0);
    private static final LevelPattern WEIGHTS = new LevelPattern("weight.*", Unit.COUNT, 0);

    private static Engine engine() {
        return TollgateEngine.launch(
                new EngineContext().clockMode(ClockMode.MANUAL).stepped(true).shardCount(SHARDS));
    }

    private static void work(final Engine engine) {
        while (engine.step() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Rates, weights and memberships change late and ahead, are revised and withdrawn, while the clock goes on. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6, 20_261_125})
    void shouldFollowEachChangeAsTheOracleDoes(final long seed) {
        try (Engine engine = engine()) {
            final Random random = new Random(seed);
            final PanelReader reader = engine.newPanelReader();
            final GroupModel model = new GroupModel(engine, random);
            final List<GroupReading> readings = new ArrayList<>();
            engine.advanceTo(0);
            for (int i = 0; i < STEPS; i++) {
                if (readings.size() < GROUPS && i % 20 == 0) {
                    final Group group = model.group();
                    engine.register(group);
                    readings.add(reader.newReading(group));
                }
                if (random.nextInt(20) == 0) {
                    engine.advanceTo(engine.now() + random.nextInt(3));
                } else {
                    model.change();
                }
                if (random.nextBoolean()) {
                    // Otherwise what is kept may be behind, and the members are read.
                    work(engine);
                }
                final long now = engine.now();
                for (final GroupReading reading : readings) {
                    reader.read(now, reading);
                    GroupModel.assertReading(
                            new GroupOracle.Sums(reading.group())
                                    .add(model.oracle().standings(reading.group(), now, now)),
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
    }

    /** Nodes come into being in another order for the reader than for what is kept. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20_261_125})
    void shouldAnswerEachNodeOfSeriesThatAreDefinedLater(final long seed) {
        try (Engine engine = engine()) {
            final Random random = new Random(seed);
            final PanelReader reader = engine.newPanelReader();
            final Hierarchy kept = Hierarchy.byPrefix(Group.fitting(MemberPattern.of(RATES, WEIGHTS)), 1, 2);
            engine.advanceTo(10);
            engine.register(kept);
            final HierarchyReading reading = reader.newReading(kept);
            for (int i = 0; i < 60; i++) {
                define(engine, Integer.toString(100 + random.nextInt(900)), random);
                if (random.nextBoolean()) {
                    work(engine);
                }
                // A reader that has seen nothing yet finds the members shard by shard.
                final HierarchyReading listed = reader.newReading(Hierarchy.byPrefix(kept.group(), 1, 2));
                reader.read(10, listed);
                reader.read(10, reading);
                assertEquals(listed.nodes().size(), reading.nodes().size());
                for (final String node : listed.nodes()) {
                    for (final GroupMetric metric : GroupMetric.values()) {
                        final String message = "seed=" + seed + " step=" + i + " node=" + node + ' ' + metric;
                        assertEquals(
                                listed.node(node).status(metric),
                                reading.node(node).status(metric),
                                message);
                        assertEquals(
                                listed.node(node).value(metric),
                                reading.node(node).value(metric),
                                message);
                    }
                }
            }
        }
    }

    private static void define(final Engine engine, final String code, final Random random) {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate." + code, Unit.PERCENT, 0));
        final StepSeries weight = engine.defineStep(SeriesDefinition.step("weight." + code, Unit.COUNT, 0));
        engine.awaitApplied(engine.publisher().offer(rate, 1, random.nextInt(50)));
        engine.awaitApplied(engine.publisher().offer(weight, 1, 1 + random.nextInt(50)));
    }

    /** One step of the engine after the other, while a batch goes through its shards: nobody sees half of it. */
    @Test
    void shouldShowABatchAsOneStepWhereverTheShardsAre() {
        try (Engine engine = engine()) {
            final PanelReader reader = engine.newPanelReader();
            engine.advanceTo(10);
            final List<StepSeries> rates = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                define(engine, Integer.toString(100 + i), new Random(i));
                rates.add((StepSeries) engine.find("rate." + (100 + i)).orElseThrow());
            }
            final Group group = Group.fitting(MemberPattern.of(RATES, WEIGHTS));
            engine.register(group);
            final GroupReading reading = reader.newReading(group);
            final Batch batch = engine.publisher().newBatch();
            double last = Double.NaN;
            for (int revision = 1; revision <= 50; revision++) {
                batch.begin();
                for (final StepSeries rate : rates) {
                    batch.offer(rate, 5, revision);
                }
                final long ticket = batch.commit();
                while (!engine.isApplied(ticket)) {
                    engine.step();
                    reader.read(10, reading);
                    if (reading.status(GroupMetric.WEIGHTED) != Status.CONTENDED && revision > 1) {
                        final double average = reading.value(GroupMetric.WEIGHTED);
                        assertTrue(average == revision || average == last, "average=" + average);
                        assertEquals(average, reading.value(GroupMetric.TRI));
                    }
                }
                engine.awaitApplied(ticket);
                last = revision;
            }
        }
    }
}
