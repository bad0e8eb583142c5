package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A tariff revision: 15,000 rates change at one instant in one batch. Meanwhile another thread reads their averages, of
 * all rates and by chapter and heading. A read sees all old or all new rates.
 */
class GroupBurstTest {
    private static final int MEMBERS = 15_000;
    private static final int REVISIONS = 6;
    private static final long NOW = 1_000;

    private final AtomicLong readCount = new AtomicLong();
    private volatile boolean isDone;

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldShowARevisionOfAllRatesAsOneStep(final boolean isRegistered) throws Exception {
        final ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL))) {
            engine.advanceTo(NOW);
            final List<GroupMember> members = members(engine);
            final Hierarchy hierarchy = Hierarchy.byPrefix(Group.of(members), 2, 4);
            if (isRegistered) {
                engine.series().register(hierarchy);
            }
            final Batch batch = engine.publisher().newBatch();
            revise(engine, batch, members, 0);
            final Future<Integer> watcher = executor.submit(() -> watch(engine.newPanelReader(), hierarchy));
            for (int revision = 1; revision <= REVISIONS && !watcher.isDone(); revision++) {
                revise(engine, batch, members, revision);
                final long seen = readCount.get();
                // The next revision waits until this one was read.
                while (readCount.get() == seen && !watcher.isDone()) {
                    Thread.onSpinWait();
                }
            }
            isDone = true;
            assertTrue(watcher.get() > 1, "states=" + watcher.get());
            assertEquals(
                    REVISIONS + 1, engine.admin().statistics().batchCounts().applied());
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<GroupMember> members(final Engine engine) {
        final List<GroupMember> members = new ArrayList<>();
        long ticket = 0;
        for (int i = 0; i < MEMBERS; i++) {
            final String code = Integer.toString(100_000 + i * 53);
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate." + code, Unit.PERCENT, 0));
            final StepSeries weight = engine.defineStep(SeriesDefinition.step("weight." + code, Unit.COUNT, 0));
            do {
                ticket = engine.publisher().offer(weight, 0, 1 + i % 7);
            } while (ticket == Publisher.BACK_PRESSURED);
            members.add(GroupMember.of(rate, weight).withCode(code));
        }
        engine.awaitApplied(ticket);
        return members;
    }

    /**
     * Sets all rates to those of a revision at one instant. Rates of an earlier revision at that instant are revised.
     */
    private static void revise(
            final Engine engine, final Batch batch, final List<GroupMember> members, final int revision) {
        while (batch.begin() < 0) {
            Thread.onSpinWait();
        }
        for (final GroupMember member : members) {
            while (batch.offer(member.rate(), NOW - 1, 10 + revision) == Publisher.BACK_PRESSURED) {
                Thread.onSpinWait();
            }
        }
        long ticket = batch.commit();
        while (ticket == Publisher.BACK_PRESSURED) {
            ticket = batch.commit();
        }
        engine.awaitApplied(ticket);
    }

    /** Returns the number of states seen. */
    private int watch(final PanelReader reader, final Hierarchy hierarchy) {
        final HierarchyReading reading = reader.hierarchy(hierarchy);
        double last = 0;
        int states = 0;
        while (!isDone) {
            reading.read(NOW);
            if (reading.node(Hierarchy.ALL).status(GroupMetric.WEIGHTED) != Status.CONTENDED) {
                final double average = reading.node(Hierarchy.ALL).value(GroupMetric.WEIGHTED);
                assertEquals(Math.rint(average), average, "an average of two revisions");
                assertTrue(average >= last, "average=" + average + " last=" + last);
                for (final String node : reading.nodes()) {
                    assertEquals(average, reading.node(node).value(GroupMetric.WEIGHTED), node);
                    assertEquals(average, reading.node(node).value(GroupMetric.TRI), node);
                }
                states += average > last ? 1 : 0;
                last = average;
                readCount.incrementAndGet();
            }
        }
        return states;
    }
}
