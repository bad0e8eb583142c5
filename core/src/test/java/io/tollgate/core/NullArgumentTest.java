package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.TestContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is missing from a call is refused by its name, and the answers that were read before stay as they were. */
class NullArgumentTest {
    private static final Window WINDOW = Window.slidingNs(100);
    private static final LagRange LAGS = LagRange.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));
    private static final long ALL = Instants.ALL_KNOWN;

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final StepSeries step = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
    private final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow("count", Unit.COUNT, 0));
    private final MetricReader reader = engine.newReader();
    private final PanelReader panels = engine.newPanelReader();
    private final Pair pair = Pair.asOf(step, step);

    private static void assertNamed(final String name, final Executable call) {
        final RuntimeException refusal = assertThrows(RuntimeException.class, call);
        assertTrue(
                refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                refusal::toString);
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(name + "=null"), refusal::toString);
    }

    @Test
    void shouldNameWhatAReaderOfOneSeriesMisses() {
        assertNamed("series", () -> reader.window(WINDOW, Metric.MEAN).read(null, 1));
        assertNamed("series", () -> reader.level().read(null, 1));
        assertNamed("series", () -> reader.pending(1).read(null, 1));
        assertNamed("series", () -> reader.points(WINDOW, 1).read(null, 1));
        assertNamed("series", () -> reader.versions(WINDOW, 1).read(null, 1));
        assertNamed("series", () -> reader.revisions(WINDOW).read(null, 1));
        assertNamed("series", () -> reader.life().read(null));
    }

    @Test
    void shouldNameWhatANewReadingMisses() {
        assertNamed("window", () -> reader.window(null, Metric.MEAN));
        assertNamed("windows", () -> reader.windows(null, Metric.MEAN));
        assertNamed("window", () -> reader.windows(Arrays.asList(WINDOW, null), Metric.MEAN));
        assertNamed("metric", () -> reader.window(WINDOW, Metric.MEAN, null));
        assertNamed("metrics", () -> reader.window(WINDOW, (Metric[]) null));
        assertNamed("options", () -> reader.windows(null, List.of(WINDOW), Metric.MEAN));
        assertNamed("window", () -> reader.points(null, 1));
        assertNamed("window", () -> reader.versions(null, 1));
        assertNamed("window", () -> reader.revisions(null));
        assertNamed("pair", () -> reader.pair(null, WINDOW));
        assertNamed("window", () -> reader.pair(pair, null));
        assertNamed("options", () -> reader.pair(null, pair, WINDOW));
        assertNamed("pair", () -> reader.lags(null, WINDOW, LAGS));
        assertNamed("window", () -> reader.lags(pair, null, LAGS));
        assertNamed("lags", () -> reader.lags(pair, WINDOW, null));
        assertNamed("options", () -> reader.lags(null, pair, WINDOW, LAGS));
        assertNamed("metric", () -> reader.pair(pair, WINDOW).status(null));
        assertNamed("metric", () -> reader.pair(pair, WINDOW).value(null));
        assertNamed("metric", () -> reader.window(WINDOW, Metric.MEAN).status(null));
        assertNamed("metric", () -> reader.window(WINDOW, Metric.MEAN).value(null));
        assertNamed("group", () -> panels.group(null));
        assertNamed("group", () -> panels.effects(null));
        assertNamed("hierarchy", () -> panels.hierarchy(null));
        assertNamed("stack", () -> panels.stack(null));
        assertNamed("study", () -> panels.study(null));
        assertNamed("ratio", () -> panels.ratio(null, WINDOW));
        assertNamed("passThrough", () -> panels.passThrough(null));
        assertNamed("elasticity", () -> panels.elasticity(null, WINDOW));
        assertNamed("comparison", () -> panels.comparison(null, WINDOW, 1));
    }

    @Test
    void shouldNameWhatAReaderOfManySeriesMisses() {
        final Group group = new Group(List.of(GroupMember.of(step)), MissingPolicy.AS_ZERO, OptionalLong.empty());
        final GroupReading reading = panels.group(group);
        assertNamed("metric", () -> reading.status(null));
        assertNamed("metric", () -> reading.value(null));
        assertNamed("window", () -> panels.group(group, null));
        final Hierarchy hierarchy = Hierarchy.byPrefix(group, 2);
        assertNamed("window", () -> panels.hierarchy(hierarchy, (Window) null));
        assertNamed("nodes", () -> panels.hierarchy(hierarchy, (String[]) null));
        assertNamed("node", () -> panels.hierarchy(hierarchy, (String) null));
        assertNamed("window", () -> panels.ratio(FlowRatio.of(flow, flow), null));
        assertNamed("window", () -> panels.elasticity(new Elasticity(List.of(flow), step), null));
        assertNamed("window", () -> panels.comparison(Comparison.of(step, other()), null, 1));
        assertEquals(
                Status.UNREAD,
                panels.passThrough(new PassThrough(step, other(), List.of(1L, 2L)))
                        .status());
    }

    private StepSeries other() {
        return engine.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 0));
    }

    @Test
    void shouldNameWhatAPublisherMisses() {
        final Publisher publisher = engine.publisher();
        assertNamed("series", () -> publisher.offer(null, 1, 1));
        assertNamed("series", () -> publisher.offer(null, Instant.EPOCH, BigDecimal.ONE));
        assertNamed("series", () -> publisher.offerUnknown(null, 1));
        assertNamed("series", () -> publisher.withdraw(null, 1));
        assertNamed("series", () -> publisher.point(null));
        assertNamed("validAt", () -> publisher.offer(step, null, BigDecimal.ONE));
        assertNamed("value", () -> publisher.offer(step, Instant.EPOCH, null));
        assertNamed("validAt", () -> publisher.offerUnknown(step, null));
        assertNamed("validAt", () -> publisher.withdraw(step, null));
        assertNamed("validAt", () -> publisher.point(step).validAt(null));
        assertNamed("value", () -> publisher.point(step).value(null));
        assertNamed("knownAt", () -> publisher.point(step).knownAt(null));
        final Batch batch = publisher.newBatch();
        batch.begin();
        assertNamed("series", () -> batch.point(null));
        assertNamed("series", () -> batch.offer(null, 1, 1));
        assertEquals(0, batch.pointCount());
        final long ticket = publisher.offer(step, 1, 1);
        assertNamed("timeout", () -> engine.awaitApplied(ticket, null));
        assertNamed("series", () -> engine.series().close(null, LifeEnd.at(1)));
    }
}
