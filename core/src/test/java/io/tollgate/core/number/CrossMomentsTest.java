package io.tollgate.core.number;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.tollgate.core.fixture.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossMomentsTest {
    private static final int CASES = TestEffort.times(5_000);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSumUpExactlyInAnyOrder(final boolean isSample) {
        final AdversarialLongs longs = new AdversarialLongs(isSample ? 101 : 102);
        for (int step = 0; step < CASES; step++) {
            final NaivePairs pairs = NaivePairs.random(longs, isSample, 1 + longs.below(6));
            final CrossMoments left = new CrossMoments();
            final CrossMoments right = new CrossMoments();
            for (int i = pairs.observations.size() - 1; i >= 0; i--) {
                pairs.observations.get(i).addTo(longs.oneIn(2) ? left : right);
            }
            left.merge(right);
            pairs.assertSums(left, longs.at(step));
        }
    }

    @Test
    void shouldKeepNoTraceOfWhatHasLeft() {
        final AdversarialLongs longs = new AdversarialLongs(103);
        for (int step = 0; step < CASES; step++) {
            final NaivePairs pairs = NaivePairs.random(longs, longs.oneIn(2), 2 + longs.below(6));
            final CrossMoments moments = pairs.moments();
            while (!pairs.observations.isEmpty()) {
                pairs.observations
                        .remove(longs.below(pairs.observations.size()))
                        .subtractFrom(moments);
                pairs.assertSums(moments, longs.at(step));
            }
        }
    }

    @Test
    void shouldHoldTheLargestValuesOverTheLongestTime() {
        for (final long x : new long[] {Long.MAX_VALUE, -Long.MAX_VALUE}) {
            for (final long y : new long[] {Long.MAX_VALUE, -Long.MAX_VALUE}) {
                final NaivePairs pairs =
                        new NaivePairs().add(Long.MIN_VALUE, x, y).add(Long.MAX_VALUE, x, y);
                pairs.assertSums(pairs.moments(), "x=" + x + " y=" + y);
            }
        }
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        final CrossMoments moments = new NaivePairs().add(3, -5, 7).moments();
        assertSame(moments, moments.clear());
        new NaivePairs().assertSums(moments, "cleared");
    }
}
