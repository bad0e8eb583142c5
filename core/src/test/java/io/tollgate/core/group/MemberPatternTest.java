package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKey;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.GroupFixture;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members by pattern: the matching series, the start of their membership, and their equality with listed members. */
final class MemberPatternTest extends GroupFixture {
    private static final LevelPattern RATES = new LevelPattern("rate.*", Unit.PERCENT, 2);
    private static final LevelPattern WEIGHTS = new LevelPattern("weight.*", new Unit("USD"), 1);
    private static final MemberPattern PATTERN = MemberPattern.of(RATES, WEIGHTS);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldIncludeWhatIsDefinedLater(final boolean isRegistered) {
        final Group listed = group(new String[] {"10", "20"}, "1", "3");
        final Group group = Group.fitting(PATTERN);
        engine.advanceTo(0);
        if (isRegistered) {
            engine.series().register(group);
        }
        final GroupReading reading = reader.group(group).read(0);
        assertAnswer(reading, GroupMetric.WEIGHTED, Status.OK, 17.5);
        assertAnswer(read(listed, 0), GroupMetric.WEIGHTED, Status.OK, 17.5);
        final StepSeries rate = rate("later");
        offer(rate, 0, "50");
        reading.read(0);
        assertEquals(2, reading.memberCount(), "without a weight it is no member");
        offer(weight("later"), 0, "4");
        reading.read(0);
        assertAnswer(reading, GroupMetric.WEIGHTED, Status.OK, 33.75);
        offer(rate, 0, "90");
        reading.read(0);
        assertAnswer(reading, GroupMetric.WEIGHTED, Status.OK, 53.75);
        assertAnswer(read(Group.fitting(PATTERN), 0), GroupMetric.WEIGHTED, Status.OK, 53.75);
    }

    /** A later series is also a member in the past, because the time of a definition does not affect answers. */
    @Test
    void shouldCountALaterOneAtEarlierInstantsToo() {
        final Group group = Group.fitting(PATTERN);
        engine.advanceTo(1_000);
        final EffectReading effects = reader.effects(group);
        group(new String[] {"10", "20"}, "1", "1");
        assertAnswer(read(group, 500), GroupMetric.WEIGHTED, Status.OK, 15);
        offer(rate("0"), 700, "40");
        effects.read(500, 800);
        assertEquals(15, effects.change());
    }

    @Test
    void shouldDateItsMembers() {
        group(new String[] {"10", "20"}, "1", "1");
        final Group group = Group.fitting(PATTERN.withInterval(10, 20));
        assertAnswer(read(group, 9), GroupMetric.SIMPLE, Status.EMPTY, Double.NaN);
        assertAnswer(read(group, 10), GroupMetric.SIMPLE, Status.OK, 15);
        assertAnswer(read(group, 20), GroupMetric.SIMPLE, Status.EMPTY, Double.NaN);
        final Group dated = Group.fitting(PATTERN.withMembership("member.*"));
        assertEquals(0, read(dated, 10).memberCount(), "no membership is defined");
        offer(membership("0"), 0, "1");
        offer(membership("0"), 15, "0");
        assertAnswer(read(dated, 10), GroupMetric.SIMPLE, Status.OK, 10);
        assertAnswer(read(dated, 15), GroupMetric.SIMPLE, Status.EMPTY, Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLeaveOutWhatIsNoLevelOfItsUnitAndScaleAndSaySo(final boolean isRegistered) {
        group(new String[] {"10", "20"}, "1", "1");
        final Group group = Group.fitting(MemberPattern.of(RATES));
        engine.advanceTo(0);
        if (isRegistered) {
            engine.series().register(group);
        }
        final GroupReading reading = reader.group(group).read(0);
        assertAnswer(reading, GroupMetric.SIMPLE, Status.OK, 15);
        assertEquals(0, reading.leftOutCount());
        engine.defineStep(SeriesDefinition.step("rate.finer", Unit.PERCENT, 3));
        engine.defineStep(SeriesDefinition.step("rate.other", Unit.BASIS_POINT, 2));
        engine.defineFlow(SeriesDefinition.flow("rate.flow", Unit.PERCENT, 2));
        engine.defineStep(SeriesDefinition.step("tariff.other", Unit.PERCENT, 3));
        reading.read(0);
        assertEquals(3, reading.leftOutCount());
        assertAnswer(reading, GroupMetric.SIMPLE, Status.PARTIAL, 15);
    }

    @Test
    void shouldNotTakeASeriesTwice() {
        final Group listed = group(new String[] {"10", "20"}, "1", "1");
        final Group both = new Group(
                listed.members(),
                List.of(PATTERN, PATTERN.withInterval(0, 50)),
                listed.missing(),
                listed.weightsFixedAt());
        assertEquals(2, read(both, 5).memberCount());
        final StepSeries third = rate("3");
        offer(third, 0, "60");
        offer(weight("3"), 0, "1");
        assertEquals(3, read(both, 5).memberCount());
        assertEquals(3, read(both, 55).memberCount(), "the first pattern has it");
    }

    @ParameterizedTest
    @CsvSource({
        "tariff.US.CN.*, tariff.US.CN.85411000, 85411000",
        "tariff.*.CN.*, tariff.US.CN.8541, US.8541",
        "tariff.*, tariff.US.CN, US.CN",
        "*.rate, CN.rate, CN",
        "tariff.*.rate, tariff.CN.rate, CN",
    })
    void shouldKnowTheCodeOfAKeyAndTheKeyOfACode(final String pattern, final String key, final String code) {
        final LevelPattern levels = new LevelPattern(pattern, Unit.PERCENT, 2);
        assertEquals(code, levels.code(key).orElseThrow());
        assertEquals(key, levels.key(code));
        assertEquals("imports." + code + ".usd", new LevelPattern("imports.*.usd", Unit.COUNT, 0).key(code));
    }

    @Test
    void shouldRefusePatternsThatDoNotGoTogether() {
        assertThrows(IllegalArgumentException.class, () -> new LevelPattern("rate.1", Unit.PERCENT, 2), "no star");
        assertThrows(IllegalArgumentException.class, () -> new LevelPattern("rate.*", Unit.PERCENT, 10));
        assertThrows(IllegalArgumentException.class, () -> PATTERN.withMembership("a.*.*"));
        assertThrows(IllegalArgumentException.class, () -> PATTERN.withInterval(5, 5));
        assertThrows(IllegalArgumentException.class, () -> Group.fitting(PATTERN, MemberPattern.of(RATES)));
        final Group finer = Group.of(
                GroupMember.of(engine.defineStep(SeriesDefinition.step("finer", Unit.PERCENT, 3)), weight("finer")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Group(finer.members(), List.of(PATTERN), finer.missing(), finer.weightsFixedAt()));
    }

    /** The members for each pattern, in each order of definitions. */
    @ParameterizedTest
    @CsvSource({
        "rate.*>weight.*.usd, rate.US.8541 weight.US.8541.usd rate.US weight.US, rate.US.8541",
        "rate.*.usd>weight.*, rate.A.B.usd weight.A.B rate.A.usd weight.A, rate.A.usd",
        "x.*>x.w.*, x.5 x.w.5 x.w.w.5 x.w, x.5 x.w.5",
        "rate.*>rate.*, rate.A rate.B, rate.A rate.B",
        "rate.*>weight.* rate.US.*>other.*, rate.US.1 weight.US.1 other.1 rate.US.2 other.2, rate.US.1",
    })
    void shouldHaveTheSameMembersInEveryOrderOfDefinitions(
            final String patterns, final String keys, final String members) {
        int number = 0;
        engine.advanceTo(0);
        for (final List<String> order : orders(List.of(keys.split(" ")))) {
            final String prefix = "order" + number++ + '.';
            final Group group = Group.fitting(Stream.of(patterns.split(" "))
                    .map(pair -> MemberPattern.of(
                            percent(prefix + pair.split(">")[0]), percent(prefix + pair.split(">")[1])))
                    .toArray(MemberPattern[]::new));
            final GroupReading before = reader.group(group);
            if (number % 2 == 0) {
                engine.series().register(group);
            }
            double sum = 0;
            for (int i = 0; i < order.size(); i++) {
                final StepSeries series =
                        engine.defineStep(SeriesDefinition.step(prefix + order.get(i), Unit.PERCENT, 2));
                offer(series, 0, Integer.toString(1 << i));
                sum += List.of(members.split(" ")).contains(order.get(i)) ? 1 << i : 0;
                before.read(0);
                assertSame(read(group, 0), before, order.toString());
            }
            assertEquals(members.split(" ").length, before.memberCount(), order.toString());
            assertEquals(sum, before.value(GroupMetric.SIMPLE) * before.memberCount(), 1e-9, order.toString());
        }
    }

    private static LevelPattern percent(final String pattern) {
        return new LevelPattern(pattern, Unit.PERCENT, 2);
    }

    private static List<List<String>> orders(final List<String> keys) {
        if (keys.isEmpty()) {
            return List.of(List.of());
        }
        final List<List<String>> orders = new ArrayList<>();
        for (final String first : keys) {
            final List<String> others = new ArrayList<>(keys);
            others.remove(first);
            for (final List<String> order : orders(others)) {
                orders.add(Stream.concat(Stream.of(first), order.stream()).toList());
            }
        }
        return orders;
    }

    @Test
    void shouldHaveNoMemberWhoseWeightWouldHaveTooLongAKey() {
        final String code = "c".repeat(SeriesKey.MAX_LENGTH - "rate.".length());
        offer(rate(code), 0, "10");
        assertEquals(0, read(Group.fitting(PATTERN), 0).memberCount());
    }

    @Test
    @Tag("ci")
    void shouldLeaveOutWhatIsFoundWhenTheGroupIsFull() {
        final Group listed = group(new String[] {"10"}, "1");
        final List<GroupMember> members = new ArrayList<>(Group.MAX_MEMBERS);
        for (int i = 1; i <= Group.MAX_MEMBERS; i++) {
            members.add(listed.members().get(0).withInterval(0, i));
        }
        final Group full = new Group(members, List.of(PATTERN), listed.missing(), listed.weightsFixedAt());
        assertAnswer(read(full, 0), GroupMetric.SIMPLE, Status.OK, 10);
        offer(rate("more"), 0, "90");
        offer(weight("more"), 0, "1");
        final GroupReading reading = read(full, 0);
        assertAnswer(reading, GroupMetric.SIMPLE, Status.PARTIAL, 10);
        assertEquals(Group.MAX_MEMBERS, reading.memberCount());
        assertEquals(1, reading.leftOutCount());
    }

    /** The series are defined in any order, registered or not. Each read equals that of a list. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void shouldReadAsAListOfTheSameMembers(final long seed) {
        final Random random = new Random(seed);
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final Hierarchy hierarchy = Hierarchy.byPrefix(Group.fitting(PATTERN), 1, 2);
            engine.advanceTo(0);
            engine.series().register(hierarchy);
            final PanelReader panels = engine.newPanelReader();
            final HierarchyReading reading = panels.hierarchy(hierarchy);
            final HierarchyReading over = panels.hierarchy(hierarchy, Window.slidingNs(30));
            final StepSeries[][] series = new StepSeries[2][40];
            for (int i = 0; i < 400; i++) {
                final int code = random.nextInt(40);
                final int kind = random.nextInt(2);
                series[kind][code] = engine.defineStep(SeriesDefinition.step(
                        (kind == 0 ? "rate." : "weight.") + (100 + code),
                        kind == 0 ? Unit.PERCENT : new Unit("USD"),
                        kind == 0 ? 2 : 1));
                engine.awaitApplied(
                        engine.publisher().offer(series[kind][code], random.nextInt(60), random.nextInt(500)));
                engine.advanceTo(Math.max(engine.now(), random.nextInt(60)));
                compare(panels, series, reading, over, engine.now(), "seed=" + seed + " step=" + i);
            }
        }
    }

    private static void compare(
            final PanelReader panels,
            final StepSeries[][] series,
            final HierarchyReading reading,
            final HierarchyReading over,
            final long at,
            final String message) {
        reading.read(at);
        for (final String node : reading.nodes()) {
            final GroupReading expected =
                    panels.group(Group.of(members(series, node))).read(at);
            assertSame(expected, reading.node(node), message + " node=" + node);
        }
        final Window window = Window.slidingNs(30);
        final GroupReading expected =
                panels.group(Group.of(members(series, Hierarchy.ALL)), window).read(at);
        assertSame(expected, over.read(at).node(Hierarchy.ALL), message);
    }

    private static List<GroupMember> members(final StepSeries[][] series, final String prefix) {
        final List<GroupMember> members = new ArrayList<>();
        for (int code = 0; code < series[0].length; code++) {
            if (series[0][code] != null
                    && series[1][code] != null
                    && String.valueOf(100 + code).startsWith(prefix)) {
                members.add(GroupMember.of(series[0][code], series[1][code]));
            }
        }
        return members;
    }

    private static void assertSame(final GroupReading expected, final GroupReading actual, final String message) {
        assertEquals(expected.memberCount(), actual.memberCount(), message);
        for (final GroupMetric metric : GroupMetric.values()) {
            assertEquals(expected.status(metric), actual.status(metric), message + ' ' + metric);
            assertEquals(expected.value(metric), actual.value(metric), message + ' ' + metric);
        }
    }
}
