package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.group.Recoding.Part;
import io.tollgate.api.group.Share;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.fixture.GroupFixture;
import io.tollgate.core.fixture.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes with successors. The recodings and shares are invented. */
final class ConcordanceTest extends GroupFixture {
    private static final long HS_2022 = Instants.parse("2022-01-01T00:00Z");
    private static final long HS_2028 = Instants.parse("2028-01-01T00:00Z");
    private static final long BEFORE = HS_2022 - DAY_NS;
    private static final long AFTER = HS_2022 + DAY_NS;

    private static final Concordance PHONES = Concordance.of(
            Recoding.of(HS_2022, "851712", new Part("851713", Share.of(9, 10)), new Part("851714", Share.of(1, 10))));

    @BeforeEach
    void setTheClock() {
        engine.advanceTo(HS_2028 + DAY_NS);
    }

    private void line(final String code, final String rate, final String weight) {
        if (!rate.isEmpty()) {
            offer(rate(code), 0, rate);
        }
        if (!weight.isEmpty()) {
            offer(weight(code), 0, weight);
        }
    }

    private Optional<StepSeries> find(final String key) {
        return engine.series().find(key).map(StepSeries.class::cast);
    }

    private Group group(final Concordance concordance, final String... codes) {
        return Group.of(
                concordance.members(List.of(codes), code -> find("rate." + code), code -> find("weight." + code)));
    }

    private GroupReading read(final Group group, final long at, final String node) {
        final Hierarchy hierarchy = Hierarchy.byPrefix(group, 6);
        final HierarchyReading reading = reader.hierarchy(hierarchy).read(at);
        return reading.node(node);
    }

    @Test
    void shouldDivideTheWeightOfMobileTelephonesInHs2022() {
        line("851712", "10", "1000");
        line("851713", "0", "");
        final Group group = group(PHONES, "851712");
        assertAnswer(read(group, BEFORE, "851712"), GroupMetric.COVERED, Status.OK, 1000);
        assertAnswer(read(group, BEFORE, "851713"), GroupMetric.COVERED, Status.OK, 0);
        assertAnswer(read(group, AFTER, "851712"), GroupMetric.COVERED, Status.OK, 0);
        assertAnswer(read(group, AFTER, "851713"), GroupMetric.COVERED, Status.OK, 900);
        assertAnswer(read(group, AFTER, "851713"), GroupMetric.WEIGHTED, Status.OK, 0);
        assertAnswer(read(group, AFTER, "851714"), GroupMetric.COVERED, Status.OK, 100);
        // The old code answers, because the new one has no series of its own.
        assertAnswer(read(group, AFTER, "851714"), GroupMetric.WEIGHTED, Status.OK, 10);
        assertAnswer(read(group, HS_2022 - 1), GroupMetric.WEIGHTED, Status.OK, 10);
        assertAnswer(read(group, HS_2022), GroupMetric.WEIGHTED, Status.OK, 1);
        assertAnswer(read(group, AFTER), GroupMetric.EXPOSURE, Status.OK, 10);
    }

    @Test
    void shouldFollowTheOldCodeAsItsRateAndWeightChange() {
        line("851712", "10", "1000");
        final Group group = group(PHONES, "851712");
        engine.series().register(group);
        offer(rate("851712"), AFTER, "20");
        offer(weight("851712"), AFTER, "2000");
        assertAnswer(read(group, AFTER, "851714"), GroupMetric.COVERED, Status.OK, 200);
        assertAnswer(read(group, AFTER, "851714"), GroupMetric.WEIGHTED, Status.OK, 20);
        assertAnswer(read(group, engine.now()), GroupMetric.EXPOSURE, Status.OK, 400);
    }

    @Test
    void shouldMergeCodes() {
        line("100110", "5", "300");
        line("100190", "15", "100");
        final Concordance merger = Concordance.of(
                Recoding.renamed(HS_2022, "100110", "100199"), Recoding.renamed(HS_2022, "100190", "100199"));
        final Group group = group(merger, "100110", "100190");
        final GroupReading merged = read(group, AFTER, "100199");
        assertAnswer(merged, GroupMetric.COVERED, Status.OK, 400);
        assertAnswer(merged, GroupMetric.WEIGHTED, Status.OK, 7.5);
        line("100199", "8", "");
        assertAnswer(read(group(merger, "100110", "100190"), AFTER, "100199"), GroupMetric.WEIGHTED, Status.OK, 8);
        line("100199", "8", "500");
        final GroupReading own = read(group(merger, "100110", "100190"), AFTER, "100199");
        assertAnswer(own, GroupMetric.COVERED, Status.OK, 500);
        assertEquals(1, own.memberCount());
    }

    @Test
    void shouldLeaveAPartUnderItsCodeAndGiveAnotherToOneThatIsThere() {
        line("200110", "10", "90");
        line("200120", "40", "10");
        final Group group = group(
                Concordance.of(Recoding.of(
                        HS_2022,
                        "200110",
                        new Part("200110", Share.parse("2/3")),
                        new Part("200120", Share.parse("1/3")))),
                "200110",
                "200120");
        assertAnswer(read(group, AFTER, "200110"), GroupMetric.COVERED, Status.OK, 60);
        assertAnswer(read(group, AFTER, "200120"), GroupMetric.COVERED, Status.OK, 40);
        assertAnswer(read(group, AFTER, "200120"), GroupMetric.WEIGHTED, Status.OK, 40);
        assertAnswer(read(group, BEFORE), GroupMetric.WEIGHTED, Status.OK, 13);
        assertAnswer(read(group, AFTER), GroupMetric.WEIGHTED, Status.OK, 22);
    }

    @Test
    void shouldGoThroughSeveralEditions() {
        line("300110", "12", "600");
        final Group group = group(
                Concordance.of(
                        Recoding.renamed(HS_2028, "300112", "300119"),
                        Recoding.renamed(HS_2028, "990000", "990001"),
                        Recoding.of(
                                HS_2022,
                                "300110",
                                new Part("300111", Share.of(1, 3)),
                                new Part("300112", Share.of(2, 3))),
                        Recoding.of(
                                HS_2028,
                                "300111",
                                new Part("300117", Share.of(1, 2)),
                                new Part("300119", Share.of(1, 2)))),
                "300110");
        assertAnswer(read(group, AFTER, "300112"), GroupMetric.COVERED, Status.OK, 400);
        assertAnswer(read(group, HS_2028, "300112"), GroupMetric.COVERED, Status.OK, 0);
        assertAnswer(read(group, HS_2028, "300117"), GroupMetric.COVERED, Status.OK, 100);
        assertAnswer(read(group, HS_2028, "300119"), GroupMetric.COVERED, Status.OK, 500);
        assertAnswer(read(group, HS_2028), GroupMetric.WEIGHTED, Status.OK, 12);
    }

    /** Some or all of the parts go into one code without a weight of its own, with or without a rate. */
    @ParameterizedTest
    @CsvSource({
        "1/2 1/2, 2, 1000",
        "1/3 1/3 1/3, 3, 1000",
        "1/3 1/3 1/3, 2, 666.6666666666666",
        "1/4 1/4 1/2, 2, 500",
        "1/6 1/6 1/6 1/2, 4, 1000",
        "1/3 2/3, 2, 1000",
    })
    void shouldKeepItsWeightWhenADividedCodeIsMergedAgain(
            final String shares, final int togetherCount, final double covered) {
        line("350110", "10", "1000");
        final List<Recoding> recodings = new ArrayList<>();
        final List<Part> parts = new ArrayList<>();
        for (final String share : shares.split(" ")) {
            final String code = "35012" + parts.size();
            parts.add(new Part(code, Share.parse(share)));
            if (parts.size() <= togetherCount) {
                recodings.add(Recoding.renamed(HS_2028, code, "350199"));
            }
        }
        recodings.add(new Recoding(HS_2022, "350110", parts));
        for (final double rate : new double[] {10, 8}) {
            final GroupReading together = read(group(new Concordance(recodings), "350110"), HS_2028, "350199");
            assertAnswer(together, GroupMetric.COVERED, Status.OK, covered);
            assertAnswer(together, GroupMetric.WEIGHTED, Status.OK, rate);
            assertAnswer(together, GroupMetric.HHI, Status.OK, 1);
            assertEquals(1, together.memberCount());
            line("350199", "8", "");
        }
    }

    /** Two codes share one series for their weights. Each has the whole weight, which shares cannot express. */
    @Test
    void shouldLeaveWhatIsMoreThanOneWeightApart() {
        line("360110", "10", "1000");
        line("360120", "20", "");
        line("360199", "8", "");
        final Optional<StepSeries> one = find("weight.360110");
        final Concordance merger = Concordance.of(
                Recoding.of(HS_2022, "360110", new Part("360199", Share.of(3, 4)), new Part("360188", Share.of(1, 4))),
                Recoding.renamed(HS_2022, "360120", "360199"));
        final Group group = Group.of(merger.members(
                List.of("360110", "360120"),
                code -> find("rate." + code),
                code -> code.endsWith("0") ? one : Optional.empty()));
        assertAnswer(read(group, AFTER, "360199"), GroupMetric.COVERED, Status.OK, 1750);
        assertAnswer(read(group, AFTER), GroupMetric.COVERED, Status.OK, 2000);
    }

    /** A share of a third is exact, unlike 0.333. */
    @Test
    void shouldLoseNothingInThirds() {
        line("400110", "9", "100000000000000.1");
        final Group group = group(
                Concordance.of(Recoding.of(
                        HS_2022,
                        "400110",
                        new Part("400111", Share.of(1, 3)),
                        new Part("400112", Share.of(1, 3)),
                        new Part("400113", Share.of(1, 3)))),
                "400110");
        assertAnswer(read(group, AFTER), GroupMetric.COVERED, Status.OK, 100000000000000.1);
        assertAnswer(read(group, AFTER), GroupMetric.HHI, Status.OK, 1 / 3.0);
    }

    @Test
    void shouldRefuseSharesThatAreNotTheWhole() {
        Refusals.require(
                IllegalArgumentException.class,
                () -> Recoding.of(
                        HS_2022,
                        "851712",
                        new Part("851713", Share.parse("0.9")),
                        new Part("851714", Share.parse("0.099999"))),
                "oldCode=851712",
                "add up to 1");
    }

    @Test
    void shouldRefuseWhatCannotBeAnswered() {
        line("500110", "5", "300");
        line("500120", "15", "100");
        line("500199", "", "500");
        final Concordance merger = Concordance.of(
                Recoding.renamed(HS_2022, "500110", "500199"), Recoding.renamed(HS_2022, "500120", "500199"));
        assertThrows(IllegalArgumentException.class, () -> group(merger, "500110", "500120"), "whose share is what?");
        assertThrows(IllegalArgumentException.class, () -> group(merger, "500110", "500777"), "no such series");
        assertThrows(
                IllegalArgumentException.class,
                () -> Concordance.of(
                        Recoding.renamed(HS_2022, "500110", "500199"), Recoding.renamed(HS_2022, "500110", "500188")),
                "twice");
        assertThrows(IllegalArgumentException.class, () -> Recoding.renamed(HS_2022, "1", ""));
        assertThrows(IllegalArgumentException.class, () -> Share.parse("0"));
        assertThrows(IllegalArgumentException.class, () -> Share.parse("4/3"));
        assertThrows(IllegalArgumentException.class, () -> Share.parse("a/b"));
        assertThrows(IllegalArgumentException.class, () -> Share.of(1, Share.MAX_DENOMINATOR + 1));
        final StepSeries rate = rate("finest");
        assertThrows(
                IllegalArgumentException.class,
                () -> Group.of(
                        GroupMember.of(rate).withShare(Share.of(1, 1_048_575)),
                        GroupMember.of(rate).withShare(Share.of(1, 1_048_573))),
                "no common denominator");
    }
}
