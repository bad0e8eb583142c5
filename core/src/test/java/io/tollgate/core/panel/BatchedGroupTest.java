package io.tollgate.core.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registered groups while a batch changes their series. */
final class BatchedGroupTest {
    private static final long NOW_NS = 100;

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final Batch batch = engine.publisher().newBatch();
    private final PanelReader panels = engine.newPanelReader();
    private final List<StepSeries> rates = List.of(define("rate.0"), define("rate.1"));
    private final Group members = Group.of(rates.stream().map(GroupMember::of).toList());
    private final Hierarchy tree = Hierarchy.byPrefix(members, 4);
    private GroupReading group;
    private HierarchyReading hierarchy;

    private StepSeries define(final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0));
    }

    @BeforeEach
    void register() {
        engine.advanceTo(NOW_NS);
        engine.series().register(members);
        engine.series().register(tree);
        group = panels.group(members);
        hierarchy = panels.hierarchy(tree);
    }

    /** A batch that changes no member, or is refused, leaves the group state unchanged and readable. */
    @Test
    void shouldAnswerAfterABatchThatChangesNothing() {
        include(3);
        include(3);
        assertAll(3);
        begin();
        batch.offer(rates.get(0), 50, 9);
        batch.withdraw(rates.get(0), 50);
        batch.offer(rates.get(1), NOW_NS + 1, 9);
        batch.offer(rates.get(1), NOW_NS + 1, 9);
        engine.awaitApplied(batch.commit());
        assertAll(3);
        begin();
        batch.offer(rates.get(0), 60, 9);
        batch.withdraw(rates.get(1), 60);
        engine.awaitApplied(batch.commit());
        assertEquals(1, engine.admin().statistics().batchCounts().refused());
        assertAll(3);
        engine.advanceTo(NOW_NS + 1);
        assertAll(6);
    }

    private void assertAll(final double expected) {
        // The registered state answers.
        assertTrue(((GroupAnswer) group).panelRead().tryReadState(engine.now()));
        assertTrue(((HierarchyAnswer) hierarchy).panelRead().tryReadState(engine.now()));
        assertEquals(expected, group.value(GroupMetric.SIMPLE));
        assertEquals(expected, hierarchy.node("rate").value(GroupMetric.SIMPLE));
    }

    /** Makes all rates equal from the start. */
    private void include(final long value) {
        begin();
        rates.forEach(rate -> batch.offer(rate, 1, value));
        engine.awaitApplied(batch.commit());
    }

    private void begin() {
        assertFalse(batch.begin() < 0);
    }
}
