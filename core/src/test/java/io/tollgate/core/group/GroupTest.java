package io.tollgate.core.group;

import static io.tollgate.core.fixture.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.GroupFixture;
import io.tollgate.core.fixture.KnownPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Groups with the worked examples of the measures, each under its name. Also members, weights and policies in edge
 * cases.
 */
final class GroupTest extends GroupFixture {
    private static final String[] WTO_RATES = {"50", "10", "0", "20"};
    private static final String[] WTO_WEIGHTS = {"10", "100", "1000", "100"};
    private static final double NONE = Double.NaN;

    @Test
    @DisplayName("M1 simple and M2 weighted average of the WTO glossary")
    void shouldAverageAsTheGlossaryOfTheWto() {
        final GroupReading reading = read(group(WTO_RATES, WTO_WEIGHTS), 0);
        assertAnswer(reading, GroupMetric.SIMPLE, Status.OK, 20);
        assertAnswer(reading, GroupMetric.WEIGHTED, Status.OK, 3500.0 / 1210);
        assertEquals(4, reading.memberCount());
        assertEquals(4, reading.knownCount());
    }

    @Test
    @DisplayName("M11 trade restrictiveness")
    void shouldGiveTheIndexOfTradeRestrictiveness() {
        final GroupReading reading = read(group(WTO_RATES, WTO_WEIGHTS), 0);
        assertEquals(7.8730, reading.value(GroupMetric.TRI), 5e-5);
        final double index = reading.value(GroupMetric.TRI);
        assertEquals(Math.sqrt(75000.0 / 1210), index, Math.ulp(7.87));
        final double mean = 3500.0 / 1210;
        double variance = 0;
        for (int i = 0; i < WTO_RATES.length; i++) {
            final double distance = Double.parseDouble(WTO_RATES[i]) - mean;
            variance += Double.parseDouble(WTO_WEIGHTS[i]) * distance * distance / 1210;
        }
        assertEquals(mean * mean + variance, index * index, 1e-12);
    }

    /** The measures are on the first and third line. */
    @Test
    @DisplayName("M8 coverage ratio, M9 frequency index and prevalence")
    void shouldGiveCoverageAndFrequencyAndPrevalence() {
        final GroupReading reading = read(group(new String[] {"2", "0", "1", "0"}, WTO_WEIGHTS), 0);
        assertAnswer(reading, GroupMetric.COVERAGE, Status.OK, 1010.0 / 1210);
        assertAnswer(reading, GroupMetric.FREQUENCY, Status.OK, 0.5);
        assertAnswer(reading, GroupMetric.SIMPLE, Status.OK, 0.75);
    }

    @Test
    @DisplayName("M10 concentration")
    void shouldGiveTheConcentrationOfWeights() {
        final GroupReading reading = read(group(new String[] {"", "", ""}, "6", "3", "1"), 0);
        assertAnswer(reading, GroupMetric.HHI, Status.OK, 0.46);
        assertAnswer(reading, GroupMetric.HHI_POINTS, Status.OK, 4600);
        assertAnswer(reading, GroupMetric.HHI_NORMALISED, Status.OK, 0.19);
        assertAnswer(reading, GroupMetric.EFFECTIVE_NUMBER, Status.OK, 1 / 0.46);
        final GroupReading single = read(group(new String[] {"1", "1", "1"}, "6", "0", "0"), 0);
        assertAnswer(single, GroupMetric.HHI, Status.OK, 1);
        assertAnswer(single, GroupMetric.HHI_NORMALISED, Status.UNDEFINED, NONE);
    }

    @Test
    void shouldBeEmptyOfAWeightOfZero() {
        final GroupReading reading = read(group(WTO_RATES, "0", "0", "-1", ""), 0);
        for (final GroupMetric metric : GroupMetric.values()) {
            final boolean isCovered = metric == GroupMetric.COVERED;
            assertAnswer(reading, metric, isCovered ? Status.OK : Status.EMPTY, isCovered ? 0 : NONE);
        }
        assertEquals(0, reading.memberCount());
        assertAnswer(read(Group.of(), 0), GroupMetric.WEIGHTED, Status.EMPTY, NONE);
    }

    @Test
    @DisplayName("M2 rate effect and mix effect")
    void shouldSplitAChangeIntoRateEffectAndMixEffect() {
        final Group group = group(new String[] {"50", "10"}, "60", "40");
        offer(weight("0"), DAY_NS, "20");
        offer(weight("1"), DAY_NS, "80");
        assertEffects(group, 34, 18, 0, -16);
        offer(rate("0"), DAY_NS, "60");
        assertEffects(group, 34, 20, 6, -20);
        assertEffects(group.withWeightsFixedAt(0), 34, 40, 6, 0);
        offer(rate("1"), DAY_NS, "");
        assertEffects(group, 34, 60, 6, 20);
        assertEquals(Status.PARTIAL, effects(group).status());
        assertEquals(
                Status.INSUFFICIENT,
                effects(group.withMissing(MissingPolicy.FAIL)).status());
        assertEffects(group.withMissing(MissingPolicy.AS_ZERO), 34, 12, 2, -24);
        assertEquals(NONE, effects(group.withMissing(MissingPolicy.FAIL)).mixEffect());
    }

    private EffectReading effects(final Group group) {
        final EffectReading reading = reader.effects(group).read(0, DAY_NS);
        return reading;
    }

    private void assertEffects(
            final Group group, final double before, final double after, final double rate, final double mix) {
        final EffectReading reading = effects(group);
        assertEquals(before, reading.before());
        assertEquals(after, reading.after());
        assertEquals(rate, reading.rateEffect());
        assertEquals(mix, reading.mixEffect());
        assertEquals(after - before, reading.change());
    }

    @Test
    void shouldTreatAMissingRateAsThePolicySays() {
        final Group group = group(new String[] {"30", ""}, "10", "30");
        final GroupReading dropped = read(group, 0);
        assertAnswer(dropped, GroupMetric.SIMPLE, Status.PARTIAL, 30);
        assertAnswer(dropped, GroupMetric.WEIGHTED, Status.PARTIAL, 30);
        assertAnswer(dropped, GroupMetric.FREQUENCY, Status.PARTIAL, 1);
        assertAnswer(dropped, GroupMetric.COVERED, Status.OK, 10);
        assertAnswer(dropped, GroupMetric.COVERED_SHARE, Status.OK, 0.25);
        assertAnswer(dropped, GroupMetric.HHI, Status.OK, 0.625);
        assertEquals(2, dropped.memberCount());
        assertEquals(1, dropped.knownCount());
        final GroupReading zero = read(group.withMissing(MissingPolicy.AS_ZERO), 0);
        assertAnswer(zero, GroupMetric.SIMPLE, Status.PARTIAL, 15);
        assertAnswer(zero, GroupMetric.WEIGHTED, Status.PARTIAL, 7.5);
        assertAnswer(zero, GroupMetric.FREQUENCY, Status.PARTIAL, 0.5);
        final GroupReading failed = read(group.withMissing(MissingPolicy.FAIL), 0);
        assertAnswer(failed, GroupMetric.SIMPLE, Status.INSUFFICIENT, NONE);
        assertAnswer(failed, GroupMetric.COVERED, Status.OK, 10);
        offer(rate("0"), 0, "");
        assertAnswer(read(group, 0), GroupMetric.WEIGHTED, Status.EMPTY, NONE);
        assertAnswer(read(group.withMissing(MissingPolicy.AS_ZERO), 0), GroupMetric.TRI, Status.PARTIAL, 0);
        assertAnswer(read(group.withMissing(MissingPolicy.FAIL), 0), GroupMetric.TRI, Status.INSUFFICIENT, NONE);
    }

    @Test
    void shouldMissARateWhoseHeartbeatHasRunOut() {
        final StepSeries rate =
                engine.defineStep(SeriesDefinition.step("r", Unit.PERCENT, 2).withHeartbeat(Duration.ofDays(2)));
        offer(rate, 0, "5");
        final Group group = Group.of(GroupMember.of(rate));
        assertAnswer(read(group, 2 * DAY_NS - 1), GroupMetric.SIMPLE, Status.OK, 5);
        assertAnswer(read(group, 2 * DAY_NS), GroupMetric.SIMPLE, Status.EMPTY, NONE);
    }

    @Test
    void shouldCountMembersOnlyWhileTheyBelongToTheGroup() {
        final StepSeries rate = rate("a");
        final StepSeries other = rate("b");
        final StepSeries member = membership("b");
        offer(rate, 0, "10");
        offer(other, 0, "30");
        offer(member, 2 * DAY_NS, "1");
        offer(member, 4 * DAY_NS, "0");
        final Group group = Group.of(
                GroupMember.of(rate).withInterval(0, 3 * DAY_NS),
                GroupMember.of(other).withMembership(member));
        assertAnswer(read(group, -1), GroupMetric.SIMPLE, Status.EMPTY, NONE);
        assertAnswer(read(group, 0), GroupMetric.SIMPLE, Status.OK, 10);
        assertAnswer(read(group, 2 * DAY_NS), GroupMetric.SIMPLE, Status.OK, 20);
        assertAnswer(read(group, 3 * DAY_NS - 1), GroupMetric.SIMPLE, Status.OK, 20);
        assertAnswer(read(group, 3 * DAY_NS), GroupMetric.SIMPLE, Status.OK, 30);
        assertAnswer(read(group, 4 * DAY_NS), GroupMetric.SIMPLE, Status.EMPTY, NONE);
        final GroupReading longer =
                reader.group(group, Window.sliding(Duration.ofDays(5))).read(4 * DAY_NS);
        assertAnswer(longer, GroupMetric.SIMPLE, Status.PARTIAL, (3 * 10 + 2 * 30) / 5.0);
        assertAnswer(longer, GroupMetric.COVERED, Status.OK, 1);
        final GroupReading reading =
                reader.group(group, Window.sliding(Duration.ofDays(4))).read(4 * DAY_NS);
        assertAnswer(reading, GroupMetric.SIMPLE, Status.OK, (3 * 10 + 2 * 30) / 5.0);
        assertAnswer(reading, GroupMetric.HHI, Status.OK, 13.0 / 25);
    }

    /** IEEPA on China in April and May 2025 in New York, for one product. The exact instants are at 00:01. */
    @Test
    void shouldWeighWithTimeOverAWindow() {
        final Group group = group(new String[] {"20"}, "7");
        final String[] levels = {"30", "104", "145", "30"};
        final int[] days = {4, 8, 9, 43};
        for (int i = 0; i < days.length; i++) {
            offer(rate("0"), days[i] * DAY_NS, levels[i]);
        }
        final GroupReading reading =
                reader.group(group, Window.sliding(Duration.ofDays(61))).read(61 * DAY_NS);
        assertAnswer(reading, GroupMetric.WEIGHTED, Status.OK, 5774.0 / 61);
        assertAnswer(reading, GroupMetric.SIMPLE, Status.OK, 5774.0 / 61);
        assertAnswer(reading, GroupMetric.COVERED, Status.OK, 7);
        final GroupReading longer =
                reader.group(group, Window.since(-9 * DAY_NS)).read(61 * DAY_NS);
        assertAnswer(longer, GroupMetric.WEIGHTED, Status.PARTIAL, 5774.0 / 61);
        assertAnswer(longer, GroupMetric.COVERED, Status.OK, 7 * 61 / 70.0);
        assertThrows(IllegalArgumentException.class, () -> reader.group(group, Window.last(2)));
    }

    @Test
    void shouldSeeOnlyWhatIsInForceAndShowWhatIsPendingWhenItIs() {
        final Group group = group(new String[] {"10", "20"}, "1", "1");
        offer(rate("0"), 5 * DAY_NS, "40");
        offer(weight("1"), 5 * DAY_NS, "3");
        assertAnswer(read(group, 5 * DAY_NS - 1), GroupMetric.WEIGHTED, Status.OK, 15);
        assertAnswer(read(group, 5 * DAY_NS), GroupMetric.WEIGHTED, Status.OK, 25);
        offer(rate("0"), 2 * DAY_NS, "12");
        assertAnswer(read(group, 3 * DAY_NS), GroupMetric.WEIGHTED, Status.OK, 16);
        engine.awaitApplied(engine.publisher().withdraw(rate("0"), 5 * DAY_NS));
        assertAnswer(read(group, 5 * DAY_NS), GroupMetric.WEIGHTED, Status.OK, 18);
    }

    @Test
    void shouldReadAsKnownAtAnInstant() {
        final StepSeries rate = rate("a");
        final StepSeries weight = weight("a");
        final Group group = Group.of(GroupMember.of(rate, weight), GroupMember.of(rate("b"), weight("b")));
        offerKnown(rate, 0, "10", 1);
        offerKnown(weight, 0, "1", 1);
        offerKnown(rate("b"), 0, "20", 1);
        offerKnown(weight("b"), 0, "1", 3);
        offerKnown(rate, 0, "40", 5);
        final GroupReading reading = reader.group(group);
        engine.series().register(group);
        final double[] expected = {NONE, 10, 10, 15, 15, 30, 30};
        for (int known = 0; known < expected.length; known++) {
            final PanelReader then = reader.asOf(known);
            final GroupReading at = then.group(group).read(DAY_NS);
            assertEquals(expected[known], at.value(GroupMetric.WEIGHTED), "known=" + known);
            final GroupReading over =
                    then.group(group, Window.slidingNs(DAY_NS)).read(DAY_NS);
            assertEquals(expected[known], over.value(GroupMetric.WEIGHTED), "known=" + known);
            final EffectReading effects = then.effects(group).read(0, DAY_NS);
            assertEquals(expected[known], effects.after(), "known=" + known);
        }
        reading.read(DAY_NS);
        assertEquals(30, reading.value(GroupMetric.WEIGHTED));
    }

    private void offerKnown(final StepSeries series, final long at, final String value, final long knownAt) {
        KnownPoint.apply(engine, series, at, series.scaled(value), knownAt);
    }

    @Test
    void shouldRefuseMembersThatAreNotAlike() {
        final StepSeries rate = rate("a");
        final StepSeries dollars = weight("a");
        final StepSeries finer = engine.defineStep(SeriesDefinition.step("finer", Unit.PERCENT, 4));
        assertRefused(
                "rate=finer unit=PERCENT scale=4, expected unit=PERCENT scale=2",
                () -> Group.of(GroupMember.of(rate), GroupMember.of(finer)));
        assertRefused(
                "series=rate.b has no weight",
                () -> Group.of(GroupMember.of(rate, dollars), GroupMember.of(rate("b"))));
        assertRefused(
                "weight=finer unit=PERCENT",
                () -> Group.of(GroupMember.of(rate, dollars), GroupMember.of(rate("b"), finer)));
        assertRefused(
                "is a member twice", () -> Group.of(GroupMember.of(rate, dollars), GroupMember.of(rate, dollars)));
        assertRefused(
                "untilNs=3, expected untilNs above fromNs",
                () -> GroupMember.of(rate).withInterval(3, 3));
        final StepSeries stranger = new StepSeries(77, SeriesDefinition.step("stranger", Unit.PERCENT, 2));
        assertRefused("series=stranger", () -> reader.group(Group.of(GroupMember.of(stranger))));
        assertRefused("instantNs=", () -> reader.asOf(Long.MIN_VALUE));
    }

    /** The largest rates and weights of many members overflow no sum. */
    @Test
    void shouldHoldTheLargestSums() {
        final StepSeries rate = engine.defineStep(SeriesDefinition.step("large.rate", Unit.PERCENT, 0));
        final StepSeries weight = engine.defineStep(SeriesDefinition.step("large.weight", Unit.COUNT, 0));
        engine.awaitApplied(engine.publisher().offer(rate, Long.MIN_VALUE / 2, Long.MIN_VALUE + 1));
        engine.awaitApplied(engine.publisher().offer(weight, Long.MIN_VALUE / 2, Long.MAX_VALUE));
        final List<GroupMember> members = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            members.add(GroupMember.of(rate, weight).withInterval(Long.MIN_VALUE / 2, Long.MAX_VALUE - i));
        }
        final GroupReading reading = reader.group(Group.of(members), Window.since(Long.MIN_VALUE / 2))
                .read(Long.MAX_VALUE / 2);
        assertAnswer(reading, GroupMetric.WEIGHTED, Status.OK, -0x1p63);
        assertAnswer(reading, GroupMetric.TRI, Status.OK, 0x1p63);
        assertAnswer(reading, GroupMetric.HHI, Status.OK, 0.001);
    }
}
