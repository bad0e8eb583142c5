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
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is missing from a call is refused by its name, and the answers that were read before stay as they were. */
class NullArgumentTest {
    private static final Window WINDOW = Window.slidingNs(100);
    private static final LagRange LAGS = LagRange.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));
    private static final long ALL = Instants.ALL_KNOWN;

    private final Engine engine = TollgateEngine.launch(new EngineContext()
            .timesNearEpochAllowed(true)
            .clockMode(ClockMode.MANUAL)
            .stepped(true));
    private final StepSeries step = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
    private final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow("count", Unit.COUNT, 0));
    private final MetricReader reader = engine.newReader();
    private final PanelReader panels = engine.newPanelReader();
    private final Pair pair = Pair.asOf(step, step);

    @AfterEach
    void close() {
        engine.close();
    }

    private static void assertNamed(final String name, final Executable call) {
        final RuntimeException refusal = assertThrows(RuntimeException.class, call);
        assertTrue(
                refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                refusal::toString);
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(name + "=null"), refusal::toString);
    }

    @Test
    void shouldNotAnswerOverTheWindowReadBefore() {
        engine.awaitApplied(engine.publisher().offer(step, 0, 20, 0, Instants.NONE));
        final WindowReading reading = reader.newReading(Metric.MEAN);
        reader.read(step, WINDOW, 100, reading);
        assertNamed("window", () -> reader.read(step, null, 50, reading));
        assertEquals(100, reading.atNs());
    }

    @Test
    void shouldNameWhatAReaderOfOneSeriesMisses() {
        final WindowReading reading = reader.newReading();
        assertNamed("series", () -> reader.read(null, WINDOW, 1, reading));
        assertNamed("reading", () -> reader.read(step, WINDOW, 1, null));
        assertNamed("series", () -> reader.readLevel(null, 1, reader.newLevelReading()));
        assertNamed("reading", () -> reader.readLevel(step, 1, null));
        assertNamed("series", () -> reader.readPending(null, 1, reader.newPendingReading(1)));
        assertNamed("reading", () -> reader.readPending(step, 1, null));
        assertNamed("series", () -> reader.readPoints(null, WINDOW, 1, ALL, reader.newVersionReading(1)));
        assertNamed("window", () -> reader.readPoints(step, null, 1, ALL, reader.newVersionReading(1)));
        assertNamed("reading", () -> reader.readPoints(step, WINDOW, 1, ALL, null));
        assertNamed("window", () -> reader.readVersions(step, null, 1, ALL, reader.newVersionReading(1)));
        assertNamed("series", () -> reader.readRevisions(null, WINDOW, 1, ALL, reader.newRevisionReading()));
        assertNamed("window", () -> reader.readRevisions(step, null, 1, ALL, reader.newRevisionReading()));
        assertNamed("reading", () -> reader.readRevisions(step, WINDOW, 1, ALL, null));
        assertNamed("series", () -> reader.readLife(null, ALL, reader.newLifeReading()));
        assertNamed("reading", () -> reader.readLife(step, ALL, null));
    }

    @Test
    void shouldNameWhatAReaderOfPairsMisses() {
        final PairReading reading = reader.newPairReading();
        assertNamed("pair", () -> reader.readPair(null, WINDOW, 1, reading));
        assertNamed("window", () -> reader.readPair(pair, null, 1, reading));
        assertNamed("reading", () -> reader.readPair(pair, WINDOW, 1, null));
        assertNamed("pair", () -> reader.readLags(null, WINDOW, 1, reader.newLagReading(LAGS)));
        assertNamed("window", () -> reader.readLags(pair, null, 1, reader.newLagReading(LAGS)));
        assertNamed("reading", () -> reader.readLags(pair, WINDOW, 1, null));
        assertNamed("metric", () -> reading.status(null));
        assertNamed("metric", () -> reading.value(null));
    }

    @Test
    void shouldNameWhatANewReadingMisses() {
        assertNamed("metric", () -> reader.newReading(Metric.MEAN, null));
        assertNamed("metrics", () -> reader.newReading((Metric[]) null));
        assertNamed("options", () -> reader.newReading((ReadOptions) null));
        assertNamed("options", () -> reader.newPairReading(null));
        assertNamed("lags", () -> reader.newLagReading(null));
        assertNamed("metric", () -> reader.newReading().status(null));
        assertNamed("metric", () -> reader.newReading().value(null));
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
    void shouldNameTheSeriesThatAPublisherMisses() {
        final Publisher publisher = engine.publisher();
        assertNamed("series", () -> publisher.offer((StepSeries) null, 1, 1, 1, Instants.NONE));
        assertNamed("series", () -> publisher.offer((FlowSeries) null, 1, 1, 1, Instants.NONE));
        assertNamed("series", () -> publisher.offerUnknown(null, 1, 1, Instants.NONE));
        assertNamed("series", () -> publisher.withdraw((StepSeries) null, 1, 1, Instants.NONE));
        final Batch batch = publisher.newBatch();
        batch.begin();
        assertNamed("series", () -> batch.offer((StepSeries) null, 1, 1, 1, Instants.NONE));
        assertEquals(0, batch.pointCount());
        assertNamed("series", () -> engine.closeSeries(null, LifeEnd.at(1)));
    }
}
