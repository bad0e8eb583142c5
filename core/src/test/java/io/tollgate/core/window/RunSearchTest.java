package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.number.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs of random windows, summed from the tree and point by point, equal those from a sorted map. */
class RunSearchTest {
    private static final int SPREAD = 2_000;
    private static final int[] COUNTS = {0, 1, 2, 8, 9, 40, 700};

    private final long seed = Long.getLong("tollgate.test.seed", 4);
    private final Random random = new Random(seed);
    private final WindowBounds bounds = new WindowBounds();
    private String where = "";

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldSumUpAnyWindow(final SeriesKind kind) {
        for (final int count : COUNTS) {
            try (SeriesFixture fixture = filled(kind, count)) {
                final RunSearch search = new RunSearch(fixture.blocks());
                final RunSummary summary = new RunSummary();
                for (int i = 0; i < 400; i++) {
                    if (i == 200) {
                        fixture.keepShapes();
                    }
                    choose();
                    final boolean isShape = random.nextBoolean();
                    assertTrue(search.summarise(fixture.series(), bounds, isShape, summary), where);
                    assertEquals(SeriesFixture.bytes(naive(fixture, isShape)), SeriesFixture.bytes(summary), where);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldGoOverThePointsOfAnyWindow(final SeriesKind kind) {
        for (final int count : COUNTS) {
            try (SeriesFixture fixture = filled(kind, count)) {
                final RunPoints points = new RunPoints(fixture.blocks());
                for (int i = 0; i < 200; i++) {
                    choose();
                    if (random.nextInt(4) == 0) {
                        bounds.expiresAtNs(bounds.startNs() + random.nextInt(40) - 5);
                    }
                    points.open(fixture.series(), bounds);
                    final List<String> expected = list(fixture);
                    assertEquals(expected, list(points), where);
                    points.rewind();
                    assertEquals(expected, list(points), where);
                    assertTrue(points.isIntact(), where);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SeriesKind.class)
    void shouldFindTheStartOfTheLastPoints(final SeriesKind kind) {
        for (final int count : COUNTS) {
            try (SeriesFixture fixture = filled(kind, count)) {
                final RunSearch search = new RunSearch(fixture.blocks());
                for (int i = 0; i < 100; i++) {
                    final long atNs = instant();
                    final int wanted = 1 + random.nextInt(random.nextBoolean() ? 5 : 1_000);
                    final List<SeriesFixture.Place> before = fixture.points().keySet().stream()
                            .filter(place -> place.time() <= atNs)
                            .toList();
                    final long expected = before.isEmpty()
                            ? atNs
                            : before.get(Math.max(0, before.size() - wanted)).time();
                    assertTrue(search.findLast(fixture.series(), atNs, wanted, bounds));
                    assertEquals(expected, bounds.startNs(), () -> "seed=" + seed + " at=" + atNs + " last=" + wanted);
                    assertEquals(atNs, bounds.endNs());
                    assertEquals(wanted, bounds.wantedCount());
                }
            }
        }
    }

    private SeriesFixture filled(final SeriesKind kind, final int count) {
        final SeriesFixture fixture = new SeriesFixture(kind, 0, 0);
        while (fixture.points().size() < count) {
            final boolean isUnknown = fixture.isStep() && random.nextInt(6) == 0;
            fixture.put(random.nextInt(SPREAD), isUnknown ? Decimals.UNKNOWN : random.nextInt(50), random.nextInt(3));
        }
        return fixture;
    }

    private void choose() {
        final long atNs = instant();
        if (random.nextInt(4) == 0) {
            bounds.since(atNs - random.nextInt(100) + 10, atNs);
        } else {
            final Closed closed = Closed.values()[random.nextInt(4)];
            bounds.sliding(atNs, 1 + random.nextInt(random.nextBoolean() ? 5 : SPREAD), closed);
        }
        where = "seed=" + seed + " start=" + bounds.startNs() + " lowest=" + bounds.lowestNs() + " highest="
                + bounds.highestNs();
    }

    private long instant() {
        return random.nextInt(SPREAD + 200) - 100;
    }

    private RunSummary naive(final SeriesFixture fixture, final boolean isShape) {
        return bounds.startNs() > bounds.endNs()
                ? new RunSummary().clear(fixture.isStep(), isShape)
                : fixture.naive(bounds.startNs(), bounds.lowestNs(), bounds.highestNs(), isShape);
    }

    private static List<String> list(final RunPoints points) {
        final List<String> list = new ArrayList<>();
        while (points.next()) {
            list.add(points.time() + "=" + points.value() + " for " + points.weight()
                    + (points.isCarriedIn() ? " carried in" : ""));
        }
        assertFalse(points.next());
        return list;
    }

    /**
     * Returns the same from the sorted map. A level of a STEP lasts to the next one, and the last level until it
     * expires.
     */
    private List<String> list(final SeriesFixture fixture) {
        final List<SeriesFixture.Place> run = new ArrayList<>();
        final boolean isEmpty = bounds.startNs() > bounds.endNs() || bounds.isExpiredAtStart();
        for (final SeriesFixture.Place place : fixture.points().keySet()) {
            if (fixture.isStep() && place.time() <= Math.min(bounds.startNs(), bounds.highestNs())) {
                run.clear();
            }
            final boolean isAfterStart = fixture.isStep() || place.time() >= bounds.lowestNs();
            if (!isEmpty && isAfterStart && place.time() <= bounds.highestNs()) {
                run.add(place);
            }
        }
        final List<String> list = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            final long time = run.get(i).time();
            final long next = i + 1 < run.size() ? run.get(i + 1).time() : bounds.knownUntilNs();
            list.add(time + "=" + fixture.points().get(run.get(i)) + " for "
                    + (fixture.isStep() ? next - Math.max(time, bounds.startNs()) : 1)
                    + (time < bounds.lowestNs() ? " carried in" : ""));
        }
        return list;
    }
}
