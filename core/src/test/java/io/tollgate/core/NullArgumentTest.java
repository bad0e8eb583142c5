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
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.ComparisonReading;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.panel.SlopeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is missing from a call is refused by its name, and the answers that were read before stay as they were. */
class NullArgumentTest {
    private static final Window WINDOW = Window.slidingNs(100);
    private static final LagRange LAGS = LagRange.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));
    private static final long ALL = MetricReader.ALL_KNOWN;

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
        engine.awaitApplied(
                engine.publisher().point(step).validAt(0).value(20).knownAt(0).offer());
        final WindowReading reading = reader.newReading(Metric.MEAN);
        reader.read(step, WINDOW, 100, reading);
        assertNamed("window", () -> reader.read(step, null, 50, reading));
        assertEquals(100, reading.atNs());
        final Group group = new Group(List.of(GroupMember.of(step)), MissingPolicy.AS_ZERO, OptionalLong.empty());
        final GroupReading groupReading = panels.newReading(group);
        panels.read(WINDOW, 100, groupReading);
        assertNamed("window", () -> panels.read((Window) null, 50, groupReading));
        assertEquals(100, groupReading.atNs());
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
        assertNamed("group", () -> panels.newReading((Group) null));
        assertNamed("group", () -> panels.newEffectReading(null));
        assertNamed("hierarchy", () -> panels.newReading((Hierarchy) null));
        assertNamed("stack", () -> panels.newStackReading(null));
        assertNamed("study", () -> panels.newStudyReading(null));
        assertNamed("ratio", () -> panels.newRatioReading(null));
        assertNamed("passThrough", () -> panels.newSlopeReading(null));
        assertNamed("elasticity", () -> panels.newElasticityReading(null));
        assertNamed("comparison", () -> panels.newComparisonReading(null, 1));
    }

    @Test
    void shouldNameWhatAReaderOfManySeriesMisses() {
        final Group group = new Group(List.of(GroupMember.of(step)), MissingPolicy.AS_ZERO, OptionalLong.empty());
        final GroupReading reading = panels.newReading(group);
        assertNamed("metric", () -> reading.status(null));
        assertNamed("metric", () -> reading.value(null));
        assertNamed("reading", () -> panels.read(1, (GroupReading) null));
        assertNamed("reading", () -> panels.read(WINDOW, 1, (GroupReading) null));
        assertNamed("reading", () -> panels.read(1, (HierarchyReading) null));
        assertNamed("reading", () -> panels.read(WINDOW, 1, (HierarchyReading) null));
        assertNamed("reading", () -> panels.readEffects(1, 2, null));
        assertNamed("reading", () -> panels.readStack(1, null));
        assertNamed("reading", () -> panels.readStudy(null));
        assertNamed("reading", () -> panels.readRatio(WINDOW, 1, null));
        assertNamed("reading", () -> panels.readSlope(ALL, null));
        assertNamed("reading", () -> panels.readElasticity(WINDOW, 1, 2, ALL, null));
        assertNamed("reading", () -> panels.readComparison(WINDOW, 1, null));
        final RatioReading ratio = panels.newRatioReading(FlowRatio.of(flow, flow));
        assertNamed("window", () -> panels.readRatio(null, 1, ratio));
        final SlopeReading slope = panels.newElasticityReading(new Elasticity(List.of(flow), step));
        assertNamed("window", () -> panels.readElasticity(null, 1, 2, ALL, slope));
        final ComparisonReading comparison = panels.newComparisonReading(Comparison.of(step, other()), 1);
        assertNamed("window", () -> panels.readComparison(null, 1, comparison));
        assertEquals(
                Status.UNREAD,
                panels.newSlopeReading(new PassThrough(step, other(), List.of(1L, 2L)))
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
        assertNamed("series", () -> engine.closeSeries(null, LifeEnd.at(1)));
    }
}
