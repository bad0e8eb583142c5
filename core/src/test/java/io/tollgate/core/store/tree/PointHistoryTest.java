package io.tollgate.core.store.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parts of a history are forgotten again and again. The rest must stay in a complete tree, and no block may be lost.
 */
class PointHistoryTest {
    private static final Comparator<TreeFixture.Place> ORDER =
            Comparator.comparingLong(TreeFixture.Place::time).thenComparingLong(TreeFixture.Place::reference);

    private final long seed = TestSeed.of("history of points");
    private final Random random = new Random(seed);

    @AutoClose
    private final TreeFixture fixture = new TreeFixture();

    private final SeriesRecord series = fixture.series();
    private final PointTree tree = new PointTree(fixture.blocks());
    private final HorizonSearch search = new HorizonSearch(fixture.blocks());
    private final HistoryHorizon horizon = new HistoryHorizon(fixture.blocks());
    private final NavigableMap<TreeFixture.Place, Version> current = new TreeMap<>(ORDER);
    private List<Version> ended = new ArrayList<>();
    private long lastHorizon = Instants.NONE;
    private long knowledge = -100;

    /** A current version, or an ended one. */
    private record Version(TreeFixture.Place place, long value, long known, long end, boolean isWithdrawn) {}

    @ParameterizedTest
    @CsvSource({
        "REVISE, 400, 8",
        "REVISE, 4000, 60",
        "ALL, 400, 8",
        "ALL, 4000, 300",
        "REVISE, 30000, 20000",
        "ALL, 30000, 900"
    })
    void shouldKeepWhatEndedAfterTheHorizonAndLoseNoBlock(
            final DuplicatePolicy policy, final int operations, final int spread) {
        fixture.initialise(policy, false);
        for (int i = 0; i < operations; i++) {
            knowledge += random.nextInt(2);
            change(new TreeFixture.Place(
                    random.nextInt(spread), policy == DuplicatePolicy.ALL ? random.nextInt(3) : 0));
            if (random.nextInt(1 + operations / 12) == 0) {
                forget();
            }
        }
        forget();
        while (!ended.isEmpty()) {
            forget(ended.stream().mapToLong(Version::end).max().orElseThrow());
        }
        change(new TreeFixture.Place(1, 0));
        change(new TreeFixture.Place(1, 0));
        check();
    }

    /** The history of a rate that is revised each day, of which a month is kept. */
    @Test
    void shouldUseTheSameSpaceAgain() {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        long taken = 0;
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < 2_000; i++) {
                knowledge++;
                change(new TreeFixture.Place(random.nextInt(500), 0));
            }
            forget(knowledge - 2_500);
            if (round == 5) {
                taken = fixture.takenBlocks();
            }
        }
        check();
        assertTrue(
                fixture.takenBlocks() <= taken + taken / 10, () -> "seed=" + seed + " blocks=" + fixture.takenBlocks());
    }

    /** The replayed log has lost the revisions, but not the operation that forgets them. */
    @Test
    void shouldHaveTheHorizonOfAHistoryThatWasLost() {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        change(new TreeFixture.Place(1, 0));
        assertEquals(0, tree.forget(series, 5));
        lastHorizon = 5;
        check();
        assertTrue(horizon.hasForgotten(series, 4));
        tree.forget(series, 3);
        check();
    }

    /** A store that cannot grow then takes points again. */
    @Test
    void shouldCountWhatWasGivenBackAsSpace() {
        final BlockStore blocks = fixture.blocks();
        final List<Long> taken = new ArrayList<>();
        final long bytes = fixture.bytes();
        for (int sizeClass = 0; sizeClass < BlockDescriptor.SIZE_CLASS_COUNT; sizeClass++) {
            for (int i = 0; i < TreeFixture.FIRST_MAP_ENTRIES; i++) {
                taken.add(blocks.allocate(sizeClass, BlockDescriptor.TYPE_POINTS, 0));
            }
        }
        assertEquals(bytes, fixture.bytes(), "all of the first maps is taken");
        taken.forEach(blocks::free);
        assertTrue(blocks.hasSpace(100));
        assertTrue(blocks.holds(100));
        assertTrue(blocks.hasSpaceToForget());
        assertEquals(bytes, fixture.bytes(), "no map had to grow");
        for (int i = 0; i < taken.size(); i++) {
            blocks.allocate(BlockDescriptor.sizeClass(taken.get(i)), BlockDescriptor.TYPE_POINTS, 0);
        }
        assertEquals(bytes, fixture.bytes());
        assertTrue(blocks.hasSpaceToForget());
        assertTrue(fixture.bytes() > bytes, "now it had to");
    }

    private void change(final TreeFixture.Place place) {
        series.lastKnowledgeTime(knowledge);
        final Version before = current.get(place);
        final boolean isWithdrawal = before != null && random.nextInt(3) == 0;
        final long value = random.nextInt(4);
        final boolean isUnchanged = before != null && !isWithdrawal && value == before.value();
        if (before != null && !isUnchanged) {
            ended.add(new Version(place, before.value(), before.known(), knowledge, isWithdrawal));
        }
        if (isWithdrawal) {
            current.remove(place);
            tree.remove(series, place.time(), knowledge, place.reference(), 1);
        } else {
            if (!isUnchanged) {
                current.put(place, new Version(place, value, knowledge, Instants.NONE, false));
            }
            tree.put(series, place.time(), value, knowledge, place.reference(), 1);
        }
    }

    private void forget() {
        final List<Long> ends = ended.stream().map(Version::end).sorted().toList();
        if (ends.isEmpty()) {
            assertEquals(HorizonSearch.NONE, search.latestEnd(series, knowledge));
        } else if (random.nextBoolean()) {
            final long cut = ends.get(random.nextInt(ends.size())) - random.nextInt(2);
            final long expected =
                    ends.stream().filter(end -> end <= cut).max(Long::compare).orElse(HorizonSearch.NONE);
            assertEquals(expected, search.latestEnd(series, cut), () -> "seed=" + seed);
            forget(cut);
        } else {
            final int kept = random.nextInt(ends.size() + 1);
            final long expected = kept == ends.size() ? HorizonSearch.NONE : ends.get(ends.size() - 1 - kept);
            assertEquals(expected, search.latestEndAfter(series, kept), () -> "seed=" + seed);
            forget(expected);
            assertTrue(ended.size() <= kept, () -> "seed=" + seed);
        }
    }

    private void forget(final long cut) {
        final long found = search.latestEnd(series, cut);
        if (found == HorizonSearch.NONE) {
            return;
        }
        final List<Version> left =
                ended.stream().filter(version -> version.end() > cut).toList();
        assertEquals(ended.size() - left.size(), tree.forget(series, found), () -> "seed=" + seed);
        ended = new ArrayList<>(left);
        lastHorizon = found;
        check();
    }

    private void check() {
        final NavigableMap<TreeFixture.Place, Long> values = new TreeMap<>(ORDER);
        current.forEach((place, version) -> values.put(place, version.value()));
        fixture.check(values, seed);
        assertEquals(lastHorizon, horizon.of(series), () -> "seed=" + seed);
        assertEquals(ended.size(), series.historyCount(), () -> "seed=" + seed);
        final List<Version> expected = new ArrayList<>(ended);
        // The versions of one identity are in the order of their ends, as in the list.
        expected.sort(Comparator.comparing(Version::place, ORDER));
        final List<Version> found = new ArrayList<>();
        final VersionPath path = new VersionPath(fixture.blocks());
        assertTrue(path.open(series, -1, Long.MAX_VALUE - 1));
        while (path.next()) {
            if (path.isEnded()) {
                found.add(new Version(
                        new TreeFixture.Place(path.time(), path.reference()),
                        path.value(),
                        path.knowledgeTime(),
                        path.endKnowledgeTime(),
                        path.isWithdrawn()));
            }
        }
        assertTrue(path.isIntact());
        assertEquals(expected, found, () -> "seed=" + seed);
    }
}
