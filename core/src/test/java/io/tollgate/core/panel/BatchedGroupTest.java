package io.tollgate.core.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.Hierarchy;
import io.tollgate.api.HierarchyReading;
import io.tollgate.api.LevelReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.PanelReader;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Status;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.store.ShardPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups that have all of their series in one shard each, while a batch goes through several. */
final class BatchedGroupTest {
    private static final int SHARDS = 2;
    private static final long NOW_NS = 100;

    private final Engine engine = TollgateEngine.launch(
            new EngineContext().clockMode(ClockMode.MANUAL).stepped(true).shardCount(SHARDS));
    private final Batch batch = engine.publisher().newBatch();
    private final MetricReader levels = engine.newReader();
    private final LevelReading level = levels.newLevelReading();
    private final PanelReader panels = engine.newPanelReader();
    /** Two of each shard. */
    private final List<List<StepSeries>> rates =
            IntStream.range(0, SHARDS).mapToObj(this::rates).toList();

    private final List<GroupReading> groups = new ArrayList<>();
    private final List<HierarchyReading> hierarchies = new ArrayList<>();

    private List<StepSeries> rates(final int shard) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "rate." + i)
                .filter(key -> ShardPlace.indexOf(key, SHARDS) == shard)
                .limit(2)
                .map(key -> engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0)))
                .toList();
    }

    @BeforeEach
    void register() {
        engine.advanceTo(NOW_NS);
        for (final List<StepSeries> ofShard : rates) {
            final Group group = Group.of(ofShard.stream().map(GroupMember::of).toList());
            final Hierarchy hierarchy = Hierarchy.byPrefix(group, 4);
            engine.register(group);
            engine.register(hierarchy);
            groups.add(panels.newReading(group));
            hierarchies.add(panels.newReading(hierarchy));
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** One step of the engine after the other: what can be read is all of it old, or all of it new. */
    @Test
    void shouldShowABatchAsOneStepWhereverTheShardsAre() {
        takeIn(0);
        int halfWay = 0;
        for (int revision = 1; revision <= 4; revision++) {
            begin();
            for (int shard = 0; shard < SHARDS; shard++) {
                batch.offer(rates.get((shard + revision) % SHARDS).get(0), 5, revision);
            }
            final long ticket = batch.commit();
            while (!engine.isApplied(ticket)) {
                halfWay += assertOneRevision(revision) ? 0 : 1;
                engine.step();
            }
            assertTrue(assertOneRevision(revision));
            assertKept();
        }
        assertTrue(halfWay > 0, "never met half way");
    }

    /** Whether all can be read; what can is that of one revision. */
    private boolean assertOneRevision(final int revision) {
        final List<Double> read = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            levels.readLevel(rates.get(shard).get(0), NOW_NS, level);
            if (level.status() != Status.CONTENDED) {
                read.add(level.value());
            }
            panels.read(NOW_NS, groups.get(shard));
            panels.read(NOW_NS, hierarchies.get(shard));
            for (final GroupReading group :
                    List.of(groups.get(shard), hierarchies.get(shard).node("rate"))) {
                if (group.status(GroupMetric.SIMPLE) != Status.CONTENDED) {
                    // The other member stays at 0.
                    read.add(2 * group.value(GroupMetric.SIMPLE));
                }
            }
        }
        assertTrue(read.stream().distinct().count() <= 1, "revision=" + revision + " read=" + read);
        return read.size() == SHARDS * 3;
    }

    /** A batch that changes nothing of a member, or is refused, leaves what is kept as it was, and readable. */
    @Test
    void shouldAnswerAfterABatchThatChangesNothing() {
        takeIn(3);
        takeIn(3);
        assertAll(3);
        begin();
        for (final List<StepSeries> ofShard : rates) {
            batch.offer(ofShard.get(0), 50, 9);
            batch.withdraw(ofShard.get(0), 50);
            batch.offer(ofShard.get(1), NOW_NS + 1, 9);
            batch.offer(ofShard.get(1), NOW_NS + 1, 9);
        }
        engine.awaitApplied(batch.commit());
        assertAll(3);
        begin();
        batch.offer(rates.get(0).get(0), 60, 9);
        batch.withdraw(rates.get(1).get(0), 60);
        engine.awaitApplied(batch.commit());
        assertEquals(1, engine.statistics().batchCounts().refused());
        assertAll(3);
        engine.advanceTo(NOW_NS + 1);
        assertAll(6);
    }

    private void assertAll(final double expected) {
        assertKept();
        for (final GroupReading group : groups) {
            assertEquals(expected, group.value(GroupMetric.SIMPLE));
        }
        hierarchies.forEach(
                hierarchy -> assertEquals(expected, hierarchy.node("rate").value(GroupMetric.SIMPLE)));
    }

    /** What is kept answers. */
    private void assertKept() {
        final long nowNs = engine.now();
        groups.forEach(group -> assertTrue(((GroupAnswer) group).read().tryReadState(nowNs)));
        hierarchies.forEach(
                hierarchy -> assertTrue(((HierarchyAnswer) hierarchy).read().tryReadState(nowNs)));
    }

    /** All rates are the same from the beginning on. */
    private void takeIn(final long value) {
        begin();
        rates.forEach(ofShard -> ofShard.forEach(rate -> batch.offer(rate, 1, value)));
        engine.awaitApplied(batch.commit());
    }

    private void begin() {
        assertFalse(batch.begin() < 0);
    }
}
