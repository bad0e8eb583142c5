package io.tollgate.core.store.tree;

import static io.tollgate.core.store.block.BlockDescriptor.DOUBLE;
import static io.tollgate.core.store.block.BlockDescriptor.LARGE;
import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_COUNT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.NodeDescriptor;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.TreeFixture.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockDemandTest {
    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::time).thenComparingLong(Place::reference);

    private final long seed = TestSeed.of("blocks of batches");
    private final SplittableRandom random = new SplittableRandom(seed);

    @AutoClose
    private final TreeFixture fixture = new TreeFixture();

    private final SeriesRecord series = fixture.series();
    private final PointTree tree = new PointTree(fixture.blocks());
    private final BlockDemand demand = new BlockDemand(fixture.blocks());
    private final TreeSet<Place> current = new TreeSet<>(ORDER);
    private final long[] before = new long[SIZE_CLASS_COUNT];
    private long value;
    private long end;

    /** A point, or the withdrawal of one. */
    private record Operation(Place place, boolean isWithdrawal) {}

    /** Batches of any size, mostly of points at the end, or of points in between, or of withdrawals. */
    @ParameterizedTest
    @CsvSource({"REVISE, 3, 20000", "REVISE, 60, 20000", "REVISE, 4000, 60000", "ALL, 3, 20000", "ALL, 300, 60000"})
    void shouldNeverBeLessThanWhatIsTaken(final DuplicatePolicy policy, final int mostAtOnce, final int operations) {
        fixture.initialise(policy, false);
        for (int done = 0; done < operations; done += mostAtOnce) {
            final List<Operation> batch = batch(policy, 1 + random.nextInt(mostAtOnce));
            count(batch);
            for (final Operation operation : batch) {
                apply(operation);
                for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
                    final long taken = taken(sizeClass);
                    final long most = demand.of(sizeClass);
                    if (taken > most) {
                        throw new AssertionError("seed=" + seed + " sizeClass=" + sizeClass + " taken=" + taken
                                + ", expected " + most + " at most");
                    }
                }
            }
        }
    }

    /** The forged store has a tree of one block, or a tree without a last block, with any count of points. */
    @ParameterizedTest
    @CsvSource({"20, true", "200, false"})
    void shouldNotRestOnAForgedCountOfPoints(final int points, final boolean hasTail) {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        for (int i = 0; i < points; i++) {
            tree.put(series, i, 1, 1, 0, 1);
        }
        series.pointCount(1L << 60);
        series.tailBlock(hasTail ? series.tailBlock() : BlockDescriptor.NO_BLOCK);
        count(List.of(new Operation(new Place(points, 0), false)));
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            assertTrue(demand.of(sizeClass) <= NodeDescriptor.MAX_HEIGHT, "sizeClass=" + sizeClass);
        }
    }

    /** The last block of a forged store may have the number of no block, or of a node. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 14, 8 + LARGE})
    void shouldNotRestOnAForgedTail(final long tail) {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        for (int i = 0; i < 20; i++) {
            tree.put(series, i, 1, 1, 0, 1);
        }
        series.tailBlock(tail);
        count(List.of(new Operation(new Place(20, 0), false), new Operation(new Place(3, 1), false)));
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            assertTrue(demand.of(sizeClass) <= NodeDescriptor.MAX_HEIGHT, "sizeClass=" + sizeClass);
        }
    }

    private List<Operation> batch(final DuplicatePolicy policy, final int size) {
        final List<Operation> batch = new ArrayList<>(size);
        final int appends = random.nextInt(5) * 25;
        final int withdrawals = random.nextInt(5) * 25;
        final long from = random.nextInt(2) == 0 ? 0 : Math.max(0, end - 100);
        for (int i = 0; i < size; i++) {
            if (random.nextInt(100) < appends) {
                end += random.nextInt(3);
                add(batch, new Place(end, policy == DuplicatePolicy.ALL ? end * 10 + i : 0));
            } else if (random.nextInt(100) < withdrawals && !current.isEmpty()) {
                final Place near = new Place(from + random.nextLong(end - from + 1), 0);
                final Place found = current.floor(near) == null ? current.first() : current.floor(near);
                current.remove(found);
                batch.add(new Operation(found, true));
            } else {
                final long time = from + random.nextLong(end - from + 1);
                add(batch, new Place(time, policy == DuplicatePolicy.ALL ? random.nextInt(3) : 0));
            }
        }
        return batch;
    }

    private void add(final List<Operation> batch, final Place place) {
        current.add(place);
        batch.add(new Operation(place, false));
    }

    private void count(final List<Operation> batch) {
        demand.clear();
        demand.begin(series, batch.size());
        for (final Operation operation : batch) {
            if (operation.isWithdrawal()) {
                demand.withdrawal(operation.place().time(), operation.place().reference());
            } else {
                demand.point(operation.place().time(), operation.place().reference());
            }
        }
        demand.end();
        for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
            before[sizeClass] = fixture.usedBlocks(sizeClass);
        }
    }

    private void apply(final Operation operation) {
        final Place place = operation.place();
        if (operation.isWithdrawal()) {
            tree.remove(series, place.time(), 1, place.reference(), 1);
        } else {
            tree.put(series, place.time(), ++value, 1, place.reference(), 1);
        }
    }

    private long taken(final int sizeClass) {
        return fixture.usedBlocks(sizeClass) - before[sizeClass];
    }

    /** The demand is computed for one more point at each number of points. It is exact, except for a few nodes. */
    @Test
    void shouldBeWhatPointsInOrderTake() {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        for (int time = 0; time < 10_000; time++) {
            final Operation next = new Operation(new Place(time, 0), false);
            count(List.of(next));
            apply(next);
            for (int sizeClass = 0; sizeClass < MEDIUM; sizeClass++) {
                assertEquals(Math.max(0, taken(sizeClass)), demand.of(sizeClass), "time=" + time);
            }
            final boolean isTall = time >= 588;
            final boolean isLeafTaken = isTall ? (time - 588) % 76 == 0 : time >= 76 && (time - 76) % 32 == 0;
            assertEquals(isLeafTaken ? isTall ? 1 : 2 : time == 16 ? 1 : 0, demand.of(MEDIUM), "time=" + time);
            // Until the tree is tall, the demand allows for a DOUBLE block at the end.
            final boolean mayBeDouble = isLeafTaken && time > 76;
            assertEquals(mayBeDouble ? 2 : isLeafTaken || time == 32 ? 1 : 0, demand.of(DOUBLE), "time=" + time);
            assertTrue(demand.of(LARGE) <= (isLeafTaken ? series.treeHeight() + 1 : 0), "time=" + time);
        }
    }

    /** The demand is zero while the revision ends few versions. */
    @Test
    void shouldBeNothingForARevision() {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        for (int time = 0; time < 10_000; time++) {
            apply(new Operation(new Place(time, 0), false));
        }
        for (int time = 10; time < 35; time += 5) {
            final Operation revision = new Operation(new Place(time, 0), false);
            count(List.of(revision));
            apply(revision);
            for (int sizeClass = 0; sizeClass < SIZE_CLASS_COUNT; sizeClass++) {
                assertEquals(
                        Math.max(0, taken(sizeClass)),
                        demand.of(sizeClass),
                        "time=" + time + " history=" + series.historyCount());
            }
        }
    }

    /** Thousands of points go into full blocks. Each split block or node has space for some more. */
    @Test
    void shouldNotCountASplitForEachOfManyPointsInBetween() {
        fixture.initialise(DuplicatePolicy.REVISE, false);
        for (int time = 0; time < 20_000; time += 2) {
            apply(new Operation(new Place(time, 0), false));
        }
        final List<Operation> batch = new ArrayList<>();
        for (int time = 1; time < 20_000; time += 2) {
            batch.add(new Operation(new Place(time, 0), false));
        }
        count(batch);
        batch.forEach(this::apply);
        assertTrue(demand.of(MEDIUM) < batch.size() / 2, "medium=" + demand.of(MEDIUM));
        assertTrue(demand.of(LARGE) < batch.size() / 6, "large=" + demand.of(LARGE));
    }
}
