package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.panel.GroupAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The state of a group answers until its next change; later reads read its members. */
final class GroupStateTest {
    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final PanelReader reader = engine.newPanelReader();
    private final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
    private final StepSeries other = engine.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 0));
    private final Group group =
            Group.of(GroupMember.of(rate), GroupMember.of(other).withInterval(0, 1_000));

    @Test
    void shouldAnswerFromTheLastChangeToTheNextOne() {
        assertFalse(answer().panelRead().tryReadState(0), "not registered");
        offer(rate, 10, 5);
        offer(other, 20, 7);
        offer(rate, 100, 50);
        engine.advanceTo(30);
        engine.series().register(group);
        final GroupAnswer answer = answer();
        assertFalse(answer.panelRead().tryReadState(19));
        assertTrue(answer.panelRead().tryReadState(20));
        assertEquals(6, answer.value(GroupMetric.SIMPLE));
        assertTrue(answer.panelRead().tryReadState(99));
        assertFalse(answer.panelRead().tryReadState(100));
        engine.advanceTo(100);
        assertFalse(answer.panelRead().tryReadState(99));
        assertTrue(answer.panelRead().tryReadState(100));
        assertEquals(28.5, answer.value(GroupMetric.SIMPLE));
        assertTrue(answer.panelRead().tryReadState(999));
        assertFalse(answer.panelRead().tryReadState(1_000));
        offer(rate, 15, 6);
        assertTrue(answer.panelRead().tryReadState(100));
        offer(other, 500, 1);
        assertFalse(answer.panelRead().tryReadState(500));
    }

    @Test
    void shouldAnswerAtTheTimeOfTheClockAfterAnyOperation() {
        final Random random = new Random(20_261_125);
        engine.advanceTo(0);
        engine.series().register(group);
        final GroupAnswer answer = answer();
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(4) == 0) {
                engine.advanceTo(engine.now() + random.nextInt(5));
            } else {
                offer(random.nextBoolean() ? rate : other, random.nextInt(1_200), random.nextInt(100));
            }
            assertTrue(answer.panelRead().tryReadState(engine.now()), "step=" + i + " now=" + engine.now());
        }
    }

    @Test
    void shouldGiveWhatIsDueFirst() {
        final Random random = new Random(7);
        final DueHeap heap = new DueHeap(3);
        final List<Long> model = new ArrayList<>(List.of(DueHeap.NEVER, DueHeap.NEVER, DueHeap.NEVER));
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(200) == 0) {
                assertEquals(model.size(), heap.add());
                model.add(DueHeap.NEVER);
            }
            final int index = random.nextInt(model.size());
            final long due = random.nextInt(5) == 0 ? DueHeap.NEVER : random.nextInt(1_000);
            heap.set(index, due);
            model.set(index, due);
            final long first = model.stream().mapToLong(Long::longValue).min().orElseThrow();
            assertEquals(first, heap.firstNs(), "step=" + i);
            assertEquals(first, model.get(heap.first()), "step=" + i);
        }
        assertEquals(DueHeap.NEVER, new DueHeap(0).firstNs());
    }

    private GroupAnswer answer() {
        return (GroupAnswer) reader.group(group);
    }

    private void offer(final StepSeries series, final long at, final long value) {
        engine.awaitApplied(engine.publisher().offer(series, at, value));
    }
}
