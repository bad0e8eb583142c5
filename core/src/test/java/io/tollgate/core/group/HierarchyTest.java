package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.GroupFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of a hierarchy, each compared with the group of its leaves. */
final class HierarchyTest extends GroupFixture {
    private static final int STEPS = 160;

    @Test
    void shouldAnswerANodeFromItsLeavesAndNotFromAveragesOfAverages() {
        final Hierarchy hierarchy = Hierarchy.byPrefix(
                coded(new String[] {"8541", "8542", "8703"}, new String[] {"50", "10", "0"}, "10", "90", "900"), 2);
        final HierarchyReading reading = reader.hierarchy(hierarchy).read(0);
        assertEquals(List.of(Hierarchy.ALL, "85", "87"), reading.nodes());
        assertAnswer(reading.node("85"), GroupMetric.WEIGHTED, Status.OK, 14);
        assertAnswer(reading.node("87"), GroupMetric.WEIGHTED, Status.OK, 0);
        // The mean of the chapters' averages would be 7. The average weighted by chapter equals this value.
        assertAnswer(reading.node(Hierarchy.ALL), GroupMetric.WEIGHTED, Status.OK, 1.4);
        assertAnswer(reading.node(Hierarchy.ALL), GroupMetric.SIMPLE, Status.OK, 20);
        assertAnswer(reading.node("85"), GroupMetric.COVERAGE, Status.OK, 1);
        assertAnswer(reading.node(Hierarchy.ALL), GroupMetric.COVERAGE, Status.OK, 0.1);
    }

    @Test
    void shouldSayWhatIsCoveredAtEachLevel() {
        final Hierarchy hierarchy = Hierarchy.byPrefix(
                coded(new String[] {"8541", "8542", "8703"}, new String[] {"50", "", "0"}, "10", "30", "60"), 2, 4);
        final HierarchyReading reading = reader.hierarchy(hierarchy).read(0);
        assertAnswer(reading.node(Hierarchy.ALL), GroupMetric.COVERED_SHARE, Status.OK, 0.7);
        assertAnswer(reading.node("85"), GroupMetric.COVERED_SHARE, Status.OK, 0.25);
        assertAnswer(reading.node("85"), GroupMetric.WEIGHTED, Status.PARTIAL, 50);
        assertAnswer(reading.node("8542"), GroupMetric.WEIGHTED, Status.EMPTY, Double.NaN);
        assertAnswer(reading.node("87"), GroupMetric.WEIGHTED, Status.OK, 0);
    }

    @Test
    void shouldFollowCountriesIntoBlocsAndOutOfThem() {
        final Group countries = coded(new String[] {"DE", "FR", "GB"}, new String[] {"10", "20", "60"}, "1", "1", "1");
        final Hierarchy hierarchy = Hierarchy.of(
                countries,
                Branch.of("DE", "EU"),
                Branch.of("FR", "EU"),
                Branch.of("GB", "EU").withInterval(-100, 50),
                Branch.of("EU", "Europe"),
                Branch.of("GB", "Europe"));
        engine.advanceTo(0);
        engine.series().register(hierarchy);
        final HierarchyReading reading = reader.hierarchy(hierarchy);
        for (final long now : new long[] {0, 49, 50}) {
            engine.advanceTo(now);
            reading.read(now);
            assertAnswer(reading.node("EU"), GroupMetric.SIMPLE, Status.OK, now < 50 ? 30 : 15);
            assertAnswer(reading.node("Europe"), GroupMetric.SIMPLE, Status.OK, 30);
            assertEquals(3, reading.node("Europe").memberCount());
        }
        final HierarchyReading over =
                reader.hierarchy(hierarchy, Window.slidingNs(100)).read(100);
        // The values are 10 and 20 for 100 ns, and 60 for 50 ns.
        assertAnswer(over.node("EU"), GroupMetric.SIMPLE, Status.OK, 24);
    }

    @Test
    void shouldReadNodesAsKnownAtAnEarlierInstant() {
        final Group group = coded(new String[] {"8541", "8703"}, new String[] {"50", "10"}, "10", "90");
        final Hierarchy hierarchy = Hierarchy.byPrefix(group, 2);
        final HierarchyReading reading = reader.hierarchy(hierarchy);
        engine.advanceTo(100);
        engine.series().register(hierarchy);
        engine.advanceTo(200);
        offer(group.members().get(0).rate(), 50, "70");
        reading.read(200);
        assertAnswer(reading.node("85"), GroupMetric.WEIGHTED, Status.OK, 70);
        final PanelReader then = reader.asOf(199);
        final HierarchyReading before = then.hierarchy(hierarchy).read(200);
        assertAnswer(before.node("85"), GroupMetric.WEIGHTED, Status.OK, 50);
        assertAnswer(before.node(Hierarchy.ALL), GroupMetric.WEIGHTED, Status.OK, 14);
        final Window window = Window.slidingNs(100);
        assertWeighted(then.hierarchy(hierarchy, window).read(100).node("85"), 50);
        final PanelReader current = then.asOf(Instants.ALL_KNOWN);
        assertWeighted(current.hierarchy(hierarchy).read(200).node("85"), 70);
        assertWeighted(current.hierarchy(hierarchy, window).read(100).node("85"), 60);
        assertWeighted(reader.hierarchy(hierarchy, window).read(100).node("85"), 60);
    }

    private static void assertWeighted(final GroupReading reading, final double expected) {
        assertAnswer(reading, GroupMetric.WEIGHTED, Status.OK, expected);
    }

    @Test
    void shouldReadOnlyTheNodesAskedFor() {
        final Hierarchy hierarchy =
                Hierarchy.byPrefix(coded(new String[] {"8541", "8703"}, new String[] {"50", "10"}, "10", "90"), 2);
        final HierarchyReading reading = reader.hierarchy(hierarchy, "87").read(0);
        assertAnswer(reading.node("87"), GroupMetric.WEIGHTED, Status.OK, 10);
        assertThrows(IllegalArgumentException.class, () -> reading.node("85"));
        assertThrows(IllegalArgumentException.class, () -> reading.node("99"));
    }

    /** The reading of a node knows its hierarchy. */
    @Test
    void shouldReadAllNodesByOneOfThem() {
        final Hierarchy hierarchy =
                Hierarchy.byPrefix(coded(new String[] {"8541", "8703"}, new String[] {"50", "10"}, "10", "90"), 2);
        final HierarchyReading reading = reader.hierarchy(hierarchy);
        assertWeighted(reading.node("87").read(0), 10);
        assertWeighted(reading.node("85"), 50);
        assertWeighted(reading.node(Hierarchy.ALL), 14);
    }

    /** The pattern has no member at first, and then gets one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAnswerANodeAskedForBeforeItHasAMember(final boolean isRegistered) {
        final Hierarchy hierarchy = Hierarchy.of(
                Group.fitting(MemberPattern.of(new LevelPattern("rate.*", Unit.PERCENT, 2))),
                Branch.of("DE", "EU"),
                Branch.of("US", "NAFTA"));
        engine.advanceTo(0);
        if (isRegistered) {
            engine.series().register(hierarchy);
        }
        offer(rate("US"), 0, "5");
        final HierarchyReading reading = reader.hierarchy(hierarchy, "EU", "NAFTA", "EU.later");
        final HierarchyReading all = reader.hierarchy(hierarchy);
        final GroupReading node = reading.node("EU");
        assertEquals(List.of("EU", "NAFTA", "EU.later"), reading.nodes());
        assertEquals(Status.UNREAD, node.status(GroupMetric.SIMPLE));
        reading.read(0);
        assertAnswer(node, GroupMetric.SIMPLE, Status.EMPTY, Double.NaN);
        assertEquals(0, node.memberCount());
        assertAnswer(reading.node("NAFTA"), GroupMetric.SIMPLE, Status.OK, 5);
        all.read(0);
        assertThrows(IllegalArgumentException.class, () -> all.node("EU"), "no member has it");
        offer(rate("DE"), 0, "7");
        for (int i = 0; i < 2; i++) {
            reading.read(0);
            assertAnswer(node, GroupMetric.SIMPLE, Status.OK, 7);
            assertAnswer(reading.node("NAFTA"), GroupMetric.SIMPLE, Status.OK, 5);
            assertAnswer(reading.node("EU.later"), GroupMetric.SIMPLE, Status.EMPTY, Double.NaN);
        }
        assertSame(node, reading.node("EU"));
        all.read(0);
        assertEquals(List.of(Hierarchy.ALL, "NAFTA", "EU"), all.nodes());
        assertAnswer(all.node("EU"), GroupMetric.SIMPLE, Status.OK, 7);
        final HierarchyReading over =
                reader.hierarchy(hierarchy, Window.slidingNs(10), "EU.later").read(0);
        assertAnswer(over.node("EU.later"), GroupMetric.SIMPLE, Status.EMPTY, Double.NaN);
    }

    @Test
    void shouldRefuseANodeThatIsAskedForTwice() {
        final Hierarchy hierarchy = Hierarchy.byPrefix(coded(new String[] {"8541"}, new String[] {"50"}, "10"), 2);
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> reader.hierarchy(hierarchy, "85", "87", "85"));
        assertEquals("node=85 is given twice; give each node once", refusal.getMessage());
    }

    @Test
    void shouldRefuseACircleAndNameTheWay() {
        final Branch[] circle = {
            Branch.of("top", "a"), Branch.of("a", "b"), Branch.of("b", "c"), Branch.of("c", "a"), Branch.of("c", "out")
        };
        final Group group = coded(new String[] {"a"}, new String[] {"50"}, "10");
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Hierarchy.of(group, circle));
        assertTrue(refusal.getMessage().startsWith("node=a is below itself"), refusal::getMessage);
        assertThrows(IllegalArgumentException.class, () -> Hierarchy.of(group, Branch.of("a", "a")));
    }

    /**
     * The chain is longer than a stack is deep. A search of all branches for each node on the way would take 10^10
     * steps.
     */
    @Test
    void shouldClimbALongChain() {
        final int length = 100_000;
        final Branch[] chain = new Branch[length];
        for (int i = 0; i < length; i++) {
            chain[i] = Branch.of("n" + i, "n" + (i + 1)).withInterval(i, 2L * length);
        }
        final Group group = coded(new String[] {"n0"}, new String[] {"50"}, "10");
        final Hierarchy hierarchy = Hierarchy.of(group, chain);
        final List<Hierarchy.Place> places =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> hierarchy.places("n0"));
        assertEquals(length + 1, places.size());
        assertEquals(new Hierarchy.Place("n" + length, length - 1, 2L * length), places.get(length));
        chain[length - 1] = Branch.of("n" + (length - 1), "n0");
        assertThrows(IllegalArgumentException.class, () -> Hierarchy.of(group, chain));
    }

    /** After each change, each node must equal the oracle, registered or not, at instants and over windows. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 20_261_125})
    void shouldAnswerEachNodeAsTheOracleDoes(final long seed) {
        final Random random = new Random(seed);
        final GroupModel model = new GroupModel(engine, random);
        engine.advanceTo(0);
        final Hierarchy kept = hierarchy(model.group(), random);
        engine.series().register(kept);
        engine.series().register(kept);
        final List<HierarchyReading> readings =
                List.of(reader.hierarchy(kept), reader.hierarchy(hierarchy(model.group(), random)));
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(15) == 0) {
                engine.advanceTo(engine.now() + random.nextInt(4));
            } else {
                model.change();
            }
            final long now = engine.now();
            for (final HierarchyReading reading : readings) {
                reading.read(now);
                compare(model, reading, now, now, "seed=" + seed + " step=" + i + " now=" + now);
                if (i % 40 == 0) {
                    final long length = 2 + random.nextInt(GroupModel.TIME);
                    final HierarchyReading over = reader.hierarchy(reading.hierarchy(), Window.slidingNs(length));
                    compare(
                            model,
                            over.read(now),
                            now - length,
                            now,
                            "seed=" + seed + " step=" + i + " length=" + length);
                }
            }
        }
    }

    private static void compare(
            final GroupModel model,
            final HierarchyReading reading,
            final long from,
            final long to,
            final String message) {
        final Group group = reading.hierarchy().group();
        for (final String node : reading.nodes()) {
            final GroupOracle.Sums sums = new GroupOracle.Sums(group);
            for (long at = from; at < to || at == to && from == to; at++) {
                final long ns = at;
                sums.add(model.oracle().standings(group, ns, to).stream()
                        .filter(standing -> isBelow(
                                reading.hierarchy(),
                                group.members().get(standing.member()).code(),
                                node,
                                ns))
                        .toList());
            }
            GroupModel.assertReading(sums, reading.node(node), message + " node=" + node);
        }
    }

    /** Walks up the branches that are valid at the instant. */
    private static boolean isBelow(final Hierarchy hierarchy, final String code, final String node, final long at) {
        if (node.equals(Hierarchy.ALL)) {
            return true;
        }
        final List<String> ways = new ArrayList<>(List.of(code));
        for (final int length : hierarchy.prefixLengths()) {
            ways.add(code.substring(0, length));
        }
        return ways.subList(1, ways.size()).contains(node)
                || ways.stream().anyMatch(way -> leadsTo(hierarchy, way, node, at));
    }

    private static boolean leadsTo(final Hierarchy hierarchy, final String child, final String node, final long at) {
        return hierarchy.branches().stream()
                .filter(branch -> branch.child().equals(child) && at >= branch.fromNs() && at < branch.untilNs())
                .anyMatch(branch -> branch.parent().equals(node) || leadsTo(hierarchy, branch.parent(), node, at));
    }

    /** Makes prefixes of one and two digits, and branches from codes, prefixes and blocs, some of them for a time. */
    private static Hierarchy hierarchy(final Group group, final Random random) {
        final List<Branch> branches = new ArrayList<>();
        final List<String> children = new ArrayList<>(List.of("11", "12", "13", "14", "a", "b", "c"));
        group.members().forEach(member -> children.add(member.code()));
        for (int i = 0; i < 14; i++) {
            final String child = children.get(random.nextInt(children.size()));
            final String parent = List.of("a", "b", "c", "d").get(random.nextInt(4));
            final boolean isUp = child.length() > 1 || child.compareTo(parent) < 0;
            final long from = random.nextInt(GroupModel.TIME);
            if (isUp) {
                branches.add(
                        random.nextBoolean()
                                ? Branch.of(child, parent)
                                : Branch.of(child, parent).withInterval(from, from + 1 + random.nextInt(30)));
            }
        }
        return new Hierarchy(group, List.of(1, 2), branches);
    }

    private Group coded(final String[] codes, final String[] rates, final String... weights) {
        final List<GroupMember> members = new ArrayList<>();
        for (final GroupMember member : group(rates, weights).members()) {
            members.add(member.withCode(codes[members.size()]));
        }
        return Group.of(members);
    }
}
