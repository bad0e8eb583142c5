package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The points of an answer, all their versions, and the amount of revision. */
class ProvenanceTest {
    private static final long ALL_KNOWN = Instants.ALL_KNOWN;

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));

    private final TestReader reader = new TestReader(engine.newReader());
    private final VersionReading versions = reader.newVersionReading(4_000);
    private final RevisionReading revisions = reader.newRevisionReading();

    /** A version in the model. Its end is Instants.NONE while it is effective. */
    private record Version(long time, long reference, long value, long knowledge, long end, boolean isWithdrawn) {
        String text(final long known) {
            final boolean isEnded = end != Instants.NONE && end <= known;
            return time + " " + reference + " " + value + " " + knowledge
                    + (isEnded ? " until " + end + (isWithdrawn ? " withdrawn" : "") : "");
        }
    }

    @Test
    void shouldReportTheSourcesOfAnAverage() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        final Publisher publisher = engine.publisher();
        KnownPoint.offer(publisher, rate, 100, 20, 90, 1);
        KnownPoint.offer(publisher, rate, 200, 30, 150, 2);
        KnownPoint.offer(publisher, rate, 300, 104, 250, 3);
        engine.awaitApplied(KnownPoint.offer(publisher, rate, 300, 145, 310, 4));
        reader.readPoints(rate, Window.slidingNs(150), 310, ALL_KNOWN, versions);
        assertEquals(List.of("100 1 20 90", "200 2 30 150", "300 4 145 310"), listed());
        reader.readPoints(rate, Window.slidingNs(150), 310, 309, versions);
        assertEquals(List.of("100 1 20 90", "200 2 30 150", "300 3 104 250"), listed());
        reader.readVersions(rate, Window.slidingNs(150), 310, ALL_KNOWN, versions);
        assertEquals(List.of("200 2 30 150", "300 3 104 250 until 310", "300 4 145 310"), listed());
        assertEquals(145, versions.value(2));
    }

    /** The revision analysis of statistical offices compares the first with the latest statement. */
    @Test
    void shouldSayHowMuchPublishedFiguresWereRestated() {
        final FlowSeries exports = engine.defineFlow(
                SeriesDefinition.flow("exports", Unit.COUNT, 1).withDuplicates(DuplicatePolicy.REVISE));
        final Publisher publisher = engine.publisher();
        final long[] first = {1_000, 2_000, 3_000, 4_000};
        for (int i = 0; i < 4; i++) {
            KnownPoint.offer(publisher, exports, 100 + i, first[i], 1_000 + i);
        }
        KnownPoint.offer(publisher, exports, 100, 1_010, 2_000);
        KnownPoint.offer(publisher, exports, 100, 1_050, 2_001);
        KnownPoint.offer(publisher, exports, 101, 1_980, 2_002);
        engine.awaitApplied(publisher.point(exports).validAt(102).knownAt(2_003).withdraw());
        reader.readRevisions(exports, Window.slidingNs(10), 105, ALL_KNOWN, revisions);
        assertEquals(Status.OK, revisions.status());
        assertEquals(4, revisions.pointCount());
        assertEquals(3, revisions.restatedCount());
        assertEquals(3, revisions.revisionCount());
        assertEquals(1, revisions.withdrawalCount());
        assertEquals(1.5, revisions.meanRevision(), "of +5.0 and -2.0");
        assertEquals(3.5, revisions.meanAbsoluteRevision());
        assertEquals(5, revisions.maxAbsoluteRevision());
        reader.readRevisions(exports, Window.slidingNs(10), 105, 2_000, revisions);
        assertEquals(1, revisions.restatedCount());
        assertEquals(1, revisions.meanRevision());
        reader.readRevisions(exports, Window.slidingNs(10), 105, 1_999, revisions);
        assertEquals(0, revisions.restatedCount());
        assertEquals(Double.NaN, revisions.meanAbsoluteRevision());
        assertEquals(Double.NaN, revisions.maxAbsoluteRevision());
        reader.readRevisions(exports, Window.slidingNs(10), 50, ALL_KNOWN, revisions);
        assertEquals(Status.EMPTY, revisions.status());
    }

    @Test
    void shouldHoldTheFirstAndCountAll() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
        for (int i = 0; i < 5; i++) {
            KnownPoint.apply(engine, rate, i, i, i);
        }
        final VersionReading two = reader.newVersionReading(2);
        reader.readPoints(rate, Window.slidingNs(100), 10, ALL_KNOWN, two);
        assertEquals(Status.PARTIAL, two.status());
        assertEquals(5, two.count());
        assertEquals(2, two.heldCount());
        assertEquals(1, two.scaledValue(1));
        assertThrows(IndexOutOfBoundsException.class, () -> two.scaledValue(2));
        reader.readPoints(rate, Window.slidingNs(100), -1, ALL_KNOWN, two);
        assertEquals(Status.EMPTY, two.status());
        assertThrows(IllegalArgumentException.class, () -> reader.reader().points(Window.last(1), 0));
        assertThrows(IllegalArgumentException.class, () -> reader.reader().versions(Window.last(1), 0));
    }

    @ParameterizedTest
    @CsvSource({"STEP, REVISE, 30", "FLOW, ALL, 30", "FLOW, SUM, 30", "STEP, REVISE, 2000", "FLOW, ALL, 2000"})
    void shouldListWhatAModelLists(final SeriesKind kind, final DuplicatePolicy policy, final int count) {
        final long seed = TestSeed.of("provenance");
        final Random random = new Random(seed);
        final SeriesDefinition definition = kind == SeriesKind.STEP
                ? SeriesDefinition.step("model", Unit.PERCENT, 1)
                : SeriesDefinition.flow("model", Unit.COUNT, 1).withDuplicates(policy);
        final Series series = Twin.define(engine, definition);
        final boolean isNamed = policy == DuplicatePolicy.ALL;
        final Map<List<Long>, List<Version>> model =
                new TreeMap<>((a, b) -> a.get(0).equals(b.get(0))
                        ? a.get(1).compareTo(b.get(1))
                        : a.get(0).compareTo(b.get(0)));
        long ticket = 0;
        for (int i = 0; i < count; i++) {
            final long time = random.nextInt(count / 2);
            final long reference = random.nextInt(3);
            final List<Version> said =
                    model.computeIfAbsent(List.of(time, isNamed ? reference : 0), key -> new ArrayList<>());
            final Version last = said.isEmpty() ? null : said.get(said.size() - 1);
            final boolean counts = last != null && last.end() == Instants.NONE;
            final boolean isWithdrawal = counts && random.nextInt(4) == 0;
            final long value = random.nextInt(i % 2 == 0 ? 3 : 100);
            final boolean isUnchanged = counts
                    && !isWithdrawal
                    && policy != DuplicatePolicy.SUM
                    && value == last.value()
                    && reference == last.reference();
            if (counts && !isUnchanged) {
                said.set(
                        said.size() - 1,
                        new Version(time, last.reference(), last.value(), last.knowledge(), i, isWithdrawal));
            }
            if (isWithdrawal) {
                ticket = Twin.withdraw(engine, series, time, i, isNamed ? reference : Publisher.NO_REFERENCE);
            } else {
                ticket = Twin.offer(engine, series, time, value, i, reference);
                if (!isUnchanged) {
                    final long added = policy == DuplicatePolicy.SUM && counts ? last.value() : 0;
                    said.add(new Version(time, reference, added + value, i, Instants.NONE, false));
                }
            }
        }
        engine.awaitApplied(ticket);
        for (int i = 0; i < 60; i++) {
            final long known = random.nextInt(5) == 0 ? ALL_KNOWN : random.nextInt(count);
            final long at = random.nextInt(count / 2);
            compare(series, model, 1 + random.nextInt(count / 2), at, known, "seed=" + seed + " known=" + known);
        }
    }

    private void compare(
            final Series series,
            final Map<List<Long>, List<Version>> model,
            final long length,
            final long at,
            final long known,
            final String where) {
        final Window window = Window.slidingNs(length);
        final List<String> expected = new ArrayList<>();
        final List<String> points = new ArrayList<>();
        final List<Long> sizes = new ArrayList<>();
        long restated = 0;
        for (final List<Version> said : model.values()) {
            final List<Version> heard = said.stream()
                    .filter(version -> version.knowledge() <= known)
                    .filter(version -> version.time() > at - length && version.time() <= at)
                    .toList();
            heard.forEach(version -> expected.add(version.text(known)));
            if (!heard.isEmpty()) {
                final Version last = heard.get(heard.size() - 1);
                final boolean counts = last.end() == Instants.NONE || last.end() > known;
                if (counts) {
                    points.add(last.text(known));
                }
                restated += heard.size() > 1 || !counts ? 1 : 0;
                if (heard.size() > 1 && counts) {
                    sizes.add(last.value() - heard.get(0).value());
                }
            }
        }
        reader.readVersions(series, window, at, known, versions);
        assertEquals(expected.size(), versions.count(), where);
        assertEquals(expected.subList(0, versions.heldCount()), listed(), where);
        reader.readRevisions(series, window, at, known, revisions);
        assertEquals(restated, revisions.restatedCount(), where);
        assertEquals(mean(sizes), revisions.meanRevision(), where);
        assertEquals(mean(sizes.stream().map(Math::abs).toList()), revisions.meanAbsoluteRevision(), where);
        reader.readPoints(series, window, at, known, versions);
        final WindowReading reading = reader.window(series, window, at, known);
        final List<String> listed = listed();
        if (reading.hasCarriedIn()) {
            assertTrue(versions.validTimeNs(0) <= at - length, where);
            assertEquals(versions.value(0), reading.carriedInValue(), where);
            listed.remove(0);
        }
        assertEquals(points, listed, where);
        assertEquals(points.size(), reading.value(Metric.COUNT), where);
    }

    private static double mean(final List<Long> tenths) {
        return tenths.isEmpty()
                ? Double.NaN
                : tenths.stream()
                        .map(BigDecimal::valueOf)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(BigDecimal.valueOf(10L * tenths.size()), new MathContext(40))
                        .doubleValue();
    }

    private List<String> listed() {
        final List<String> listed = new ArrayList<>();
        for (int i = 0; i < versions.heldCount(); i++) {
            final boolean isEnded = versions.endKnowledgeTimeNs(i) != Instants.NONE;
            listed.add(new Version(
                            versions.validTimeNs(i),
                            versions.reference(i),
                            versions.scaledValue(i),
                            versions.knowledgeTimeNs(i),
                            versions.endKnowledgeTimeNs(i),
                            isEnded && versions.isWithdrawn(i))
                    .text(Long.MAX_VALUE));
        }
        return listed;
    }
}
