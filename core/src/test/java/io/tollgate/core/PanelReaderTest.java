package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.ComparisonReading;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.ElasticityReading;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.PassThroughReading;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.GroupFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reading of many series is a cursor, made once and filled again and again. */
final class PanelReaderTest extends GroupFixture {
    private static final Window WINDOW = Window.slidingNs(10);

    private final Group group = group(new String[] {"10", "20"}, "1", "3");
    private final StepSeries first = group.members().get(0).rate();
    private final StepSeries second = group.members().get(1).rate();
    private final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow("imports", new Unit("USD"), 0));

    @Test
    void shouldReturnTheReadingThatIsFilled() {
        final GroupReading at = reader.group(group);
        assertSame(at, at.read(5));
        final GroupReading over = reader.group(group, WINDOW);
        assertSame(over, over.read(5));
        final HierarchyReading nodes = reader.hierarchy(Hierarchy.byPrefix(group, 2), WINDOW);
        assertSame(nodes, nodes.read(5));
        final GroupReading node = nodes.node(Hierarchy.ALL);
        assertSame(node, node.read(6));
        assertEquals(6, node.atNs());
        final EffectReading effects = reader.effects(group);
        assertSame(effects, effects.read(0, 5));
        final StackReading stack = reader.stack(Stack.of(Composition.of(Layer.add("a", first))));
        assertSame(stack, stack.read(5));
        assertSame(stack, stack.read(5, Instants.NONE));
        final EventStudyReading study =
                reader.study(EventStudy.ofMean(List.of(first), List.of(2L), List.of(1L, 2L, 3L), 1));
        assertSame(study, study.read());
        final RatioReading ratio = reader.ratio(FlowRatio.of(flow, flow), WINDOW);
        assertSame(ratio, ratio.read(5));
        assertSame(ratio, ratio.read(5, 4));
        final PassThroughReading passThrough = reader.passThrough(new PassThrough(second, first, List.of(1L, 2L)));
        assertSame(passThrough, passThrough.read());
        final ElasticityReading elasticity = reader.elasticity(new Elasticity(List.of(flow), first), WINDOW);
        assertSame(elasticity, elasticity.read(4, 5));
        final ComparisonReading comparison = reader.comparison(Comparison.of(first, second), WINDOW, 3);
        assertSame(comparison, comparison.read(5));
    }

    @Test
    void shouldReadEachReadingAsItsReaderKnew() {
        engine.advanceTo(100);
        engine.series().register(group);
        final PanelReader then = reader.asOf(100);
        final GroupReading before = then.group(group);
        final GroupReading now = reader.group(group);
        assertEquals(17.5, before.read(100).value(GroupMetric.WEIGHTED));
        engine.advanceTo(200);
        offer(first, 50, "50");
        assertEquals(17.5, before.read(100).value(GroupMetric.WEIGHTED));
        assertEquals(27.5, now.read(200).value(GroupMetric.WEIGHTED));
        assertEquals(17.5, before.read(200).value(GroupMetric.WEIGHTED));
        assertEquals(27.5, then.asOf(200).group(group).read(200).value(GroupMetric.WEIGHTED));
    }

    @Test
    void shouldKeepTheLastAnswerOfAReadThatIsRefused() {
        final GroupReading reading = reader.group(group).read(5);
        assertThrows(IllegalArgumentException.class, () -> reading.read(Long.MIN_VALUE));
        assertEquals(5, reading.atNs());
        assertEquals(Status.OK, reading.status(GroupMetric.WEIGHTED));
        assertThrows(IllegalArgumentException.class, () -> reader.asOf(Long.MIN_VALUE));
        assertThrows(IllegalArgumentException.class, () -> reader.hierarchy(Hierarchy.byPrefix(group), Window.last(2)));
    }
}
