package io.tollgate.examples.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadProfileTest {
    @Test
    void shouldFindTheKneeBeforeTheFirstRateThatIsTenTimesSlower() {
        final LoadProfile profile = profile(run(10, 1_000), run(50, 9_900), run(75, 20_000), run(90, 5_000));
        assertEquals(50, profile.knee().percent());
        assertTrue(profile.hasPassedKnee());
    }

    @Test
    void shouldSayThatTheKneeLiesBeyondAllRates() {
        final LoadProfile profile = profile(run(10, 1_000), run(50, 1_100));
        assertEquals(50, profile.knee().percent());
        assertFalse(profile.hasPassedKnee());
    }

    @Test
    void shouldLookAtNineOfTenPointsAndNotAtTheFarTail() {
        final Run tail = run(50, 1_000);
        for (int i = 0; i < 9; i++) {
            tail.latencies().recordReadable(50_000_000);
        }
        assertFalse(profile(run(10, 1_000), tail).hasPassedKnee());
        tail.latencies().recordReadable(50_000_000);
        tail.latencies().recordReadable(50_000_000);
        tail.latencies().recordReadable(50_000_000);
        assertTrue(profile(run(10, 1_000), tail).hasPassedKnee());
    }

    @Test
    void shouldCompareAtTheRateNearestToHalf() {
        assertEquals(50, profile(run(10, 1), run(50, 1), run(90, 1)).headline().percent());
        assertEquals(30, profile(run(10, 1), run(30, 1), run(80, 1)).headline().percent());
    }

    private static LoadProfile profile(final Run... runs) {
        return new LoadProfile(ContenderName.FLOOR, 1e6, List.of(runs));
    }

    private static Run run(final int percent, final long readableNs) {
        final Latencies latencies = new Latencies();
        for (int i = 0; i < 100; i++) {
            latencies.recordReadable(readableNs);
        }
        return new Run(percent, percent * 1e4, percent * 1e4, latencies);
    }
}
