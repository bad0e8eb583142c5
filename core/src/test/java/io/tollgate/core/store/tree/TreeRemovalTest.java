package io.tollgate.core.store.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points that come and go, compared with a {@link TreeMap}: order, links, keys, summaries, and no lost block. */
class TreeRemovalTest {
    private static final long EXTRA = 7;

    private final long seed = TestSeed.of("removal from trees");
    private final Random random = new Random(seed);

    @AutoClose
    private final TreeFixture fixture = new TreeFixture();

    private final SeriesRecord series = fixture.series();
    private final PointTree tree = new PointTree(fixture.blocks());
    private final NavigableMap<TreeFixture.Place, Long> model = new TreeMap<>(
            Comparator.comparingLong(TreeFixture.Place::time).thenComparingLong(TreeFixture.Place::reference));
    private long sequence;

    TreeRemovalTest() {}

    @ParameterizedTest
    @CsvSource({
        "ALL, 3000, 300, FORWARD, FORWARD",
        "ALL, 3000, 5000, RANDOM, RANDOM",
        "ALL, 3000, 100000, FORWARD, BACKWARD",
        "REVISE, 3000, 1000000, BACKWARD, RANDOM",
        "REVISE, 3000, 1000000, RANDOM, FORWARD",
        "REVISE, 12000, 100000000, FORWARD, RANDOM",
        "ALL, 12000, 20000, FORWARD, BACKWARD",
    })
    void shouldStayWholeFromNothingToThousandsAndBack(
            final DuplicatePolicy policy, final int count, final int spread, final String in, final String out) {
        fixture.initialise(policy, random.nextBoolean());
        for (int round = 0; round < 2; round++) {
            final List<TreeFixture.Place> places = new ArrayList<>();
            while (places.size() < count) {
                places.add(new TreeFixture.Place(
                        random.nextInt(spread), policy == DuplicatePolicy.ALL ? random.nextInt(1_000) : EXTRA));
            }
            sort(places, in);
            for (final TreeFixture.Place place : places) {
                put(place);
                checkSometimes(count);
            }
            final List<TreeFixture.Place> current = new ArrayList<>(model.keySet());
            sort(current, out);
            for (final TreeFixture.Place place : current) {
                remove(place);
                checkSometimes(count);
            }
            assertEquals(0, series.pointCount());
            fixture.check(model, seed);
        }
    }

    @Test
    void shouldStayCompleteWhilePointsComeAndGo() {
        fixture.initialise(DuplicatePolicy.ALL, random.nextBoolean());
        for (int i = 0; i < 30_000; i++) {
            final boolean isGrowing = i / 3_000 % 2 == 0;
            if (model.isEmpty() || random.nextInt(10) < (isGrowing ? 7 : 3)) {
                put(new TreeFixture.Place(random.nextInt(2_000), random.nextInt(5)));
            } else {
                remove(anyPlace());
            }
            checkSometimes(3_000);
        }
        fixture.check(model, seed);
    }

    @Test
    void shouldReportTheRemovedPointAndItsNeighbours() {
        fixture.initialise(DuplicatePolicy.ALL, random.nextBoolean());
        for (int i = 0; i < 200; i++) {
            put(new TreeFixture.Place(i, 0));
        }
        for (final int time : new int[] {0, 199, 32, 31, 33, 100}) {
            final Map.Entry<TreeFixture.Place, Long> before = model.lowerEntry(new TreeFixture.Place(time, 0));
            final Map.Entry<TreeFixture.Place, Long> after = model.higherEntry(new TreeFixture.Place(time, 0));
            final long value = model.remove(new TreeFixture.Place(time, 0));
            final PointChange change = tree.remove(series, time, 1, 0, ++sequence);
            assertTrue(change.isRemoval());
            assertFalse(change.isRevision() || change.isAppend() || change.isIgnored());
            assertEquals(value, change.value());
            assertEquals(before != null, change.hasPrevious());
            assertEquals(after != null, change.hasNext());
            if (before != null) {
                assertEquals(before.getKey().time(), change.previousTime());
                assertEquals(before.getValue(), change.previousValue());
            }
            if (after != null) {
                assertEquals(after.getKey().time(), change.nextTime());
                assertEquals(after.getValue(), change.nextValue());
            }
        }
    }

    @Test
    void shouldRefuseToTakeOutWhatIsNotThere() {
        fixture.initialise(DuplicatePolicy.ALL, random.nextBoolean());
        assertThrows(IllegalStateException.class, () -> tree.remove(series, 1, 1, 1, 1));
        put(new TreeFixture.Place(1, 1));
        assertThrows(IllegalStateException.class, () -> tree.remove(series, 1, 1, 2, 1));
        assertThrows(IllegalStateException.class, () -> tree.remove(series, 2, 1, 1, 1));
        fixture.check(model, seed);
    }

    private void put(final TreeFixture.Place place) {
        final long value = series.isStep() && random.nextInt(6) == 0
                ? Decimals.UNKNOWN
                : Math.max(-Long.MAX_VALUE, random.nextLong() >> random.nextInt(64));
        tree.put(series, place.time(), value, 1, place.reference(), ++sequence);
        model.put(place, value);
    }

    private void remove(final TreeFixture.Place place) {
        tree.remove(series, place.time(), 1, place.reference(), ++sequence);
        model.remove(place);
    }

    private TreeFixture.Place anyPlace() {
        final TreeFixture.Place place = new TreeFixture.Place(random.nextInt(2_000), random.nextInt(5));
        final TreeFixture.Place after = model.ceilingKey(place);
        return after == null ? model.lastKey() : after;
    }

    /** Checks a small tree at each step, and a large one so often that all checks take a second. */
    private void checkSometimes(final int count) {
        if (model.size() < 70 || random.nextInt(1 + count / 20) == 0) {
            fixture.check(model, seed);
        }
    }

    private void sort(final List<TreeFixture.Place> places, final String order) {
        places.sort(Comparator.comparingLong(TreeFixture.Place::time).thenComparingLong(TreeFixture.Place::reference));
        if (order.equals("BACKWARD")) {
            Collections.reverse(places);
        } else if (order.equals("RANDOM")) {
            Collections.shuffle(places, random);
        }
    }
}
