package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.group.Recoding.Part;
import io.tollgate.api.group.Share;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes with successors, of series that are found by pattern, in any order of definitions. */
final class RecodedPatternTest {
    private static final LevelPattern RATES = new LevelPattern("rate.*", Unit.PERCENT, 0);
    private static final LevelPattern WEIGHTS = new LevelPattern("weight.*", Unit.COUNT, 0);
    private static final MemberPattern PATTERN = MemberPattern.of(RATES, WEIGHTS);

    /** Code 11 is divided, 12 and 13 go into 14, and 13 also stays. Then one of the new codes is divided again. */
    private static final Concordance CODES = Concordance.of(
            Recoding.of(100, "11", new Part("15", Share.of(1, 3)), new Part("16", Share.of(2, 3))),
            Recoding.of(100, "12", new Part("14", Share.WHOLE)),
            Recoding.of(100, "13", new Part("13", Share.of(3, 4)), new Part("14", Share.of(1, 4))),
            Recoding.of(200, "16", new Part("17", Share.of(1, 2)), new Part("18", Share.of(1, 2))));

    private static final List<String> FIRST = List.of("11", "12", "13", "20", "21");

    private static Optional<StepSeries> find(final Engine engine, final String key) {
        return engine.series().find(key).map(StepSeries.class::cast);
    }

    /** After each definition, in any order, the members equal those of a list of the series defined so far. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldHaveTheMembersOfAListAfterEachDefinition(final long seed) {
        final Random random = new Random(seed);
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            engine.advanceTo(150);
            final PanelReader reader = engine.newPanelReader();
            final Hierarchy hierarchy = Hierarchy.byPrefix(Group.fitting(PATTERN.withConcordance(CODES)), 1, 2);
            engine.series().register(hierarchy);
            final HierarchyReading reading = reader.hierarchy(hierarchy);
            final List<String> keys = new ArrayList<>();
            for (final String code : List.of("11", "12", "13", "15", "16", "17", "18", "20", "21")) {
                keys.add("rate." + code);
                keys.add("weight." + code);
            }
            // This code has a rate of its own, so that its weight can replace those of several codes.
            keys.add("rate.14");
            Collections.shuffle(keys, random);
            final int weight14 = keys.indexOf("rate.14") + 1 + random.nextInt(keys.size() - keys.indexOf("rate.14"));
            keys.add(weight14, "weight.14");
            for (final String key : keys) {
                define(engine, key, 1 + random.nextInt(40));
                engine.step();
                final List<String> codes = FIRST.stream()
                        .filter(code -> find(engine, "rate." + code).isPresent()
                                && find(engine, "weight." + code).isPresent())
                        .toList();
                final List<GroupMember> members = CODES.members(
                        codes, code -> find(engine, "rate." + code), code -> find(engine, "weight." + code));
                final HierarchyReading listed = reader.hierarchy(Hierarchy.byPrefix(Group.of(members), 1, 2));
                for (final long at : new long[] {150, 50, 250}) {
                    reading.read(at);
                    listed.read(at);
                    compare(listed, reading, "seed=" + seed + " key=" + key + " at=" + at);
                }
            }
        }
    }

    private static void compare(final HierarchyReading listed, final HierarchyReading reading, final String message) {
        final Set<String> nodes = new TreeSet<>(listed.nodes());
        for (final String node : nodes) {
            final GroupReading expected = listed.node(node);
            final GroupReading actual = reading.node(node);
            assertEquals(expected.memberCount(), actual.memberCount(), message + " node=" + node);
            assertEquals(expected.nextChangeAtNs(), actual.nextChangeAtNs(), message + " node=" + node);
            for (final GroupMetric metric : GroupMetric.values()) {
                assertEquals(expected.status(metric), actual.status(metric), message + " node=" + node + metric);
                assertEquals(expected.value(metric), actual.value(metric), message + " node=" + node + metric);
            }
        }
    }

    @Test
    void shouldKnowWhichCodesOnlyComeToHold() {
        assertEquals(Set.of("14", "15", "16", "17", "18"), CODES.laterCodes());
        assertEquals(
                Set.of(Share.WHOLE, Share.of(1, 3), Share.of(2, 3), Share.of(1, 4), Share.of(3, 4), Share.of(1, 2)),
                CODES.shares());
        assertEquals(12, Group.fitting(PATTERN.withConcordance(CODES)).shareDenominator());
    }

    /** Code 16 ends, returns as a fifth of 18 without a weight of its own, and is again divided by five. */
    @Test
    void shouldDivideACodeThatEndedAndReturned() {
        final Part fifth = new Part("16", Share.of(1, 5));
        final Concordance codes = Concordance.of(
                Recoding.renamed(100, "16", "30"),
                Recoding.of(200, "18", fifth, new Part("19", Share.of(4, 5))),
                Recoding.of(300, "16", new Part("20", Share.of(1, 5)), new Part("21", Share.of(4, 5))));
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            engine.advanceTo(400);
            define(engine, "rate.18", 7);
            define(engine, "weight.18", 1_000);
            final Hierarchy hierarchy = Hierarchy.byPrefix(Group.fitting(PATTERN.withConcordance(codes)), 2);
            final PanelReader reader = engine.newPanelReader();
            final HierarchyReading reading = reader.hierarchy(hierarchy).read(400);
            assertEquals(40, reading.node("20").value(GroupMetric.COVERED));
            assertEquals(160, reading.node("21").value(GroupMetric.COVERED));
            assertEquals(800, reading.node("19").value(GroupMetric.COVERED));
            assertEquals(25, hierarchy.group().shareDenominator());
        }
    }

    /** Ten codes, three of them with weights from the start. Their successors have no weights of their own. */
    @Test
    void shouldLoseNoWeightInAnyRecoding() {
        final long seed = TestSeed.of("weights of codes");
        final List<String> first = List.of("10", "11", "12");
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            engine.advanceTo(400);
            first.forEach(code -> define(engine, "weight." + code, 1_000));
            Stream.of("10", "11", "12", "20", "22", "24").forEach(code -> define(engine, "rate." + code, 7));
            final PanelReader reader = engine.newPanelReader();
            for (int i = 0; i < TestEffort.times(200); i++) {
                final Concordance codes = drawRecodings(new Random(seed + i), first);
                final String message = "seed=" + (seed + i) + " codes=" + codes;
                final Group listed = Group.of(codes.members(
                        first, code -> find(engine, "rate." + code), code -> find(engine, "weight." + code)));
                for (final Group group : List.of(listed, Group.fitting(PATTERN.withConcordance(codes)))) {
                    final GroupReading reading = reader.group(group);
                    for (final long at : new long[] {50, 150, 250, 350}) {
                        reading.read(at);
                        assertEquals(Status.OK, reading.status(GroupMetric.COVERED), message);
                        assertEquals(3_000, reading.value(GroupMetric.COVERED), message + " at=" + at);
                    }
                }
            }
        }
    }

    /** At three instants some of the valid codes go into one to three others, often in equal shares. */
    private static Concordance drawRecodings(final Random random, final List<String> first) {
        final List<Recoding> recodings = new ArrayList<>();
        final Set<String> holding = new TreeSet<>(first);
        for (long at = 100; at <= 300; at += 100) {
            for (final String code : List.copyOf(holding)) {
                if (random.nextInt(3) > 0) {
                    recodings.add(new Recoding(at, code, drawParts(random)));
                    holding.remove(code);
                }
            }
            for (final Recoding recoding : recodings) {
                if (recoding.atNs() == at) {
                    recoding.parts().forEach(part -> holding.add(part.code()));
                }
            }
        }
        return new Concordance(recodings);
    }

    private static List<Part> drawParts(final Random random) {
        final List<String> codes = new ArrayList<>(List.of("20", "21", "22", "23", "24", "25", "26"));
        Collections.shuffle(codes, random);
        final List<Part> parts = new ArrayList<>();
        final int whole = 1 + random.nextInt(6);
        for (int left = whole; left > 0; ) {
            final int share = parts.size() == 2 ? left : 1 + random.nextInt(left);
            parts.add(new Part(codes.get(parts.size()), Share.of(share, whole)));
            left -= share;
        }
        return parts;
    }

    private static void define(final Engine engine, final String key, final long value) {
        final StepSeries series =
                engine.defineStep(SeriesDefinition.step(key, key.startsWith("rate") ? Unit.PERCENT : Unit.COUNT, 0));
        engine.awaitApplied(engine.publisher().offer(series, 0, value));
    }

    /**
     * Two old codes with rates of their own go into one with a weight and no rate. The shares of the weight are
     * unknown.
     */
    @Test
    void shouldSayThatAMemberIsLeftOutForWhichNothingCanAnswer() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            engine.advanceTo(150);
            final Group group = Group.fitting(PATTERN.withConcordance(CODES));
            engine.series().register(group);
            final PanelReader reader = engine.newPanelReader();
            final GroupReading reading = reader.group(group);
            for (final String key : List.of("rate.12", "weight.12", "rate.13", "weight.13")) {
                define(engine, key, 8);
            }
            reading.read(150);
            assertEquals(Status.OK, reading.status(GroupMetric.WEIGHTED));
            engine.defineStep(SeriesDefinition.step("weight.14", Unit.COUNT, 0));
            reading.read(150);
            assertEquals(Status.PARTIAL, reading.status(GroupMetric.WEIGHTED));
            assertEquals(8, reading.value(GroupMetric.WEIGHTED));
            assertTrue(reading.leftOutCount() > 0);
            engine.defineStep(SeriesDefinition.step("rate.14", Unit.PERCENT, 0));
            reading.read(150);
            assertEquals(0, reading.leftOutCount());
        }
    }

    @Test
    void shouldRefuseAConcordanceOfMembersThatAreDatedOtherwise() {
        assertThrows(
                IllegalArgumentException.class, () -> MemberPattern.of(RATES).withConcordance(CODES));
        assertThrows(
                IllegalArgumentException.class,
                () -> PATTERN.withInterval(0, 10).withConcordance(CODES));
        assertThrows(
                IllegalArgumentException.class,
                () -> PATTERN.withMembership("member.*").withConcordance(CODES));
    }
}
