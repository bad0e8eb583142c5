package io.tollgate.core.number;

import static io.tollgate.core.number.ReadableRunSummary.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.memory.NativeBuffer;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSummaryTest {
    private static final long FIRST_TIME = Long.MIN_VALUE + 1;
    private static final long LAST_TIME = Long.MAX_VALUE - 1;

    private final RunSummary flow = new RunSummary();
    private final RunSummary step = new RunSummary().clear(true);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAnswerUnknownAndZeroWhenEmpty(final boolean timeWeighted) {
        final RunSummary empty = new RunSummary().clear(timeWeighted);
        new NaiveRun(timeWeighted).assertSums(empty, "empty");
        new NaiveRun(timeWeighted).assertExtremes(empty, "empty");
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        step.append(1, 5);
        step.append(4, 7);
        step.clear(true);
        new NaiveRun(true).assertSums(step, "cleared");
        new NaiveRun(true).assertExtremes(step, "cleared");
        step.clear(true, true);
        step.append(1, 5);
        step.append(4, 7);
        new NaiveRun(true).extended(true).assertSums(step.clear(true, true), "extended and cleared");
    }

    @Test
    void shouldWeighAnEventOnceAndALevelByItsTime() {
        for (final RunSummary summary : new RunSummary[] {flow, step}) {
            summary.append(10, 2);
            summary.append(13, -5);
            summary.append(20, 100);
        }
        assertEquals(97, flow.firstMomentLow());
        assertEquals(0, flow.duration());
        assertEquals(10_029, flow.secondMomentLow());
        assertEquals(3 * 2 - 7 * 5, step.firstMomentLow());
        assertEquals(-1, step.firstMomentHigh());
        assertEquals(10, step.duration());
        assertEquals(3 * 4 + 7 * 25, step.secondMomentLow());
    }

    @Test
    void shouldKeepNoTraceOfAnOutlierThatLeft() {
        flow.append(0, Long.MAX_VALUE);
        flow.append(1, 3);
        flow.append(2, 4);
        assertFalse(NaiveRun.evictFirst(flow, List.of(new NaiveRun.Point(1, 3))));
        assertEquals(7, flow.firstMomentLow());
        assertEquals(0, flow.firstMomentHigh());
        assertEquals(25, flow.secondMomentLow());
        assertEquals(0, flow.secondMomentMiddle() | flow.secondMomentHigh());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, -Long.MAX_VALUE})
    void shouldHoldTheLargestValueOverTheLongestTime(final long value) {
        step.append(FIRST_TIME, value);
        step.append(LAST_TIME, value);
        final BigInteger time = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.valueOf(3));
        assertEquals(time, AdversarialLongs.unsigned(step.duration()));
        assertEquals(BigInteger.valueOf(value).multiply(time), NaiveRun.firstMoment(step));
        assertEquals(BigInteger.valueOf(value).pow(2).multiply(time), NaiveRun.secondMoment(step));
    }

    @Test
    void shouldNotWeighTheUnknown() {
        step.append(0, UNKNOWN);
        step.append(10, 4);
        step.append(15, UNKNOWN);
        step.append(90, UNKNOWN);
        assertEquals(4, step.count());
        assertEquals(5, step.duration());
        assertEquals(20, step.firstMomentLow());
        assertEquals(2, step.changes());
        assertEquals(UNKNOWN, step.firstValue());
        assertEquals(4, step.firstKnown());
        assertEquals(4, step.lastKnown());
        assertEquals(4, step.min());
    }

    @Test
    void shouldWeighTheGapOfAMergeWithTheValueInFrontOfIt() {
        final RunSummary right = new RunSummary().clear(true);
        step.append(0, 3);
        right.append(10, 8);
        right.append(12, 9);
        step.append(right);
        assertEquals(12, step.duration());
        assertEquals(3 * 10 + 8 * 2, step.firstMomentLow());
        assertEquals(2, step.changes());
    }

    @ParameterizedTest
    @CsvSource({
        "1 2 3, false, what left was the smallest",
        "3 2 1, false, what left was the largest",
        "1 1 3, true, the next one is as small",
        "2 1 3, true, what left was between",
        "5 7, true, one point is left",
        "5 UNKNOWN, true, one point is left and it is unknown",
        "2 UNKNOWN 1 3, false, the first known value is unknown to the summary",
        "UNKNOWN 2 1, true, the unknown had no part in it",
        "UNKNOWN UNKNOWN UNKNOWN, true, no value is known"
    })
    void shouldReportWhetherExtremesOutliveAnEviction(final String values, final boolean right, final String because) {
        final String[] words = values.split(" ");
        final NaiveRun run = new NaiveRun(true);
        for (int i = 0; i < words.length; i++) {
            run.points.add(new NaiveRun.Point(i, parse(words[i])));
        }
        final RunSummary summary = run.summary(0, run.size());
        run.points.remove(0);
        assertEquals(right, NaiveRun.evictFirst(summary, run.points.subList(0, 1)), because);
        run.assertSums(summary, because);
        if (!right) {
            summary.renewExtremes(run.summary(0, run.size()));
        }
        run.assertExtremes(summary, because);
    }

    @Test
    void shouldFindTheExtremesAgainFromAllValues() {
        final RunSummary summary = new RunSummary().clear(true);
        final List<NaiveRun.Point> points = LongStream.of(12, RunSummary.UNKNOWN, -3, 9, 4, RunSummary.UNKNOWN)
                .mapToObj(value -> new NaiveRun.Point(1, value))
                .toList();
        points.forEach(point -> summary.append(point.time(), point.value()));
        assertFalse(NaiveRun.evictFirst(summary, points.subList(1, 2)));
        summary.restartExtremes();
        assertFalse(summary.hasKnown());
        for (final List<NaiveRun.Point> part : List.of(points.subList(1, 2), points.subList(2, 6))) {
            summary.appendExtremes(NaiveRun.stored(part), NaiveRun.STORED_OFFSET, part.size());
        }
        assertEquals(-3, summary.min());
        assertEquals(9, summary.max());
        assertEquals(-3, summary.firstKnown());
        assertEquals(4, summary.lastKnown());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 5, 9, 2, true, no edge and no extreme",
        "1, 9, 4, 2, false, the largest left",
        "5, 1, 4, 9, false, the smallest left",
        "9, 9, 4, 1, true, the neighbour in front is as large",
        "1, 9, 9, 4, true, the next neighbour is as large",
        "1, 9, 4, 9, false, the equal value is no neighbour",
        "UNKNOWN, 5, 9, 2, false, it may have been the first known value",
        "2, 5, 9, UNKNOWN, true, the next neighbour is known",
        "9, 5, UNKNOWN, UNKNOWN, false, it may have been the last known value"
    })
    void shouldReportWhetherExtremesOutliveARemoval(
            final String first,
            final String removed,
            final String next,
            final String last,
            final boolean right,
            final String because) {
        step.append(0, parse(first));
        step.append(1, parse(removed));
        step.append(2, parse(next));
        step.append(3, parse(last));
        step.append(3, parse(last));
        assertEquals(right, step.remove(0, parse(first), 1, parse(removed), 2, parse(next)), because);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 6, true, no edge and no extreme",
        "5, 5, true, no value changed",
        "9, 8, false, the largest one became smaller",
        "9, 10, true, the largest one became larger",
        "1, 2, false, the smallest one became larger",
        "1, 0, true, the smallest one became smaller",
        "3, 2, true, the next neighbour is as small as the one that left"
    })
    void shouldReportWhetherExtremesOutliveARevision(
            final long old, final long revised, final boolean right, final String because) {
        final long[] values = {4, old, 3, 7};
        for (int i = 0; i < values.length; i++) {
            step.append(i, values[i]);
        }
        assertEquals(right, step.replace(1, old, revised, false, false, 4, 2, 3), because);
    }

    @Test
    void shouldKnowThatAnotherValueThanTheFirstKnownOneWasNotTheFirst() {
        final long[] values = {UNKNOWN, 3, UNKNOWN, 5, 4, 9};
        for (int i = 0; i < values.length; i++) {
            step.append(i, values[i]);
        }
        assertTrue(step.remove(2, UNKNOWN, 3, 5, 4, 4));
        assertEquals(3, step.firstKnown());
    }

    @Test
    void shouldNeverNeedRenewalAfterAnInsertBetweenKnownValues() {
        step.append(0, 5);
        step.append(10, 6);
        assertTrue(step.insert(0, 5, 4, 99, 10, 6));
        assertTrue(step.insert(0, 5, 2, UNKNOWN, 4, 99));
        assertEquals(99, step.max());
        assertEquals(5 * 2 + 99 * 6, step.firstMomentLow());
        assertEquals(8, step.duration());
        assertEquals(3, step.changes());
    }

    @Test
    void shouldNotKnowTheFirstKnownValueAfterAnInsertBetweenUnknownOnes() {
        step.append(0, UNKNOWN);
        step.append(1, UNKNOWN);
        step.append(2, UNKNOWN);
        assertTrue(step.insert(1, UNKNOWN, 1, 7, 2, UNKNOWN));
        assertEquals(7, step.firstKnown());
        assertTrue(step.insert(0, UNKNOWN, 0, 7, 1, UNKNOWN));
        assertFalse(step.insert(0, UNKNOWN, 0, 8, 1, UNKNOWN));
    }

    @Test
    void shouldReviseTheValueOfATrimmedAndExtendedRun() {
        step.append(0, 5);
        step.trimStart(20);
        step.extendEnd(50);
        assertTrue(step.replace(0, 5, 7, true, true, 0, 0, 0));
        assertEquals(7 * 30, step.firstMomentLow());
        assertEquals(30, step.duration());
        assertEquals(7, step.min());
    }

    @Test
    void shouldHoldTheLargestTimesAndValuesInTheExtendedPart() {
        for (final long value : new long[] {Long.MAX_VALUE, -Long.MAX_VALUE}) {
            for (final boolean timeWeighted : new boolean[] {false, true}) {
                final NaiveRun run = new NaiveRun(timeWeighted).extended(true);
                run.points.add(new NaiveRun.Point(FIRST_TIME, value));
                run.points.add(new NaiveRun.Point(0, -value));
                run.points.add(new NaiveRun.Point(LAST_TIME, value));
                run.assertSums(run.summary(0, 3), "timeWeighted=" + timeWeighted + " value=" + value);
            }
        }
    }

    @Test
    void shouldIntegrateTimeAndValueOverKnownSegmentsOnly() {
        step.clear(true, true);
        step.append(-2, 5);
        step.append(1, UNKNOWN);
        step.append(10, -3);
        step.extendEnd(12);
        final ExtendedMoments moments = step.moments.extended;
        assertEquals(BigInteger.valueOf(3 * 125 - 2 * 27), NaiveRun.sum(moments.third));
        assertEquals(BigInteger.valueOf(3 * 625 + 2 * 81), NaiveRun.sum(moments.fourth));
        assertEquals(BigInteger.valueOf(1 - 4 + 144 - 100), NaiveRun.sum(moments.time));
        assertEquals(BigInteger.valueOf(1 + 8 + 1728 - 1000), NaiveRun.sum(moments.timeSquare));
        assertEquals(BigInteger.valueOf(5 * (1 - 4) - 3 * (144 - 100)), NaiveRun.sum(moments.timeValue));
    }

    @Test
    void shouldStayExtendedOnlyIfBothSidesAre() {
        final RunSummary hot = new RunSummary();
        hot.append(1, 2);
        assertTrue(flow.clear(false, true).isExtended());
        flow.append(new RunSummary());
        assertTrue(flow.isExtended(), "an empty summary adds nothing");
        flow.append(hot);
        assertFalse(flow.isExtended(), "the first summary was empty");
        flow.clear(false, true).append(0, 7);
        flow.append(hot);
        assertFalse(flow.isExtended(), "there was a point in front");
        hot.append(new RunSummary().clear(false, true).copyFrom(flow.clear(false, true)));
        assertFalse(hot.isExtended());
        assertTrue(hot.copyFrom(flow).isExtended());
        final NativeBuffer zeroed = NativeMemory.of(RunSummaryDescriptor.LENGTH);
        assertFalse(hot.load(zeroed, 0, false).isExtended());
        new NaiveRun(true).extended(true).assertSums(hot.loadExtended(zeroed, 0, true), "zeroed");
    }

    @Test
    void shouldLoadZeroedMemoryAsAnEmptyRun() {
        final NativeBuffer zeroed = NativeMemory.of(RunSummaryDescriptor.LENGTH);
        step.append(3, 4);
        new NaiveRun(true).assertSums(step.load(zeroed, 0, true), "zeroed");
        new NaiveRun(true).assertExtremes(step, "zeroed");
    }

    private static long parse(final String word) {
        return word.equals("UNKNOWN") ? UNKNOWN : Long.parseLong(word);
    }
}
