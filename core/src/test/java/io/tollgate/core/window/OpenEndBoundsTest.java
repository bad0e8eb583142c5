package io.tollgate.core.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import org.junit.jupiter.api.Test;

/** A level at 0 and one at 10, each with a heartbeat of 3 ns. */
class OpenEndBoundsTest {
    private final WindowBounds bounds = new WindowBounds();

    @Test
    void shouldEndWhatIsKnownWithTheHeartbeatOfTheLastPoint() {
        try (SeriesFixture fixture = new SeriesFixture(SeriesKind.STEP, 3, 0)) {
            assertEquals(8, knownUntil(fixture, 8));
            fixture.put(0, 1, 0);
            fixture.put(10, 1, 0);
            assertEquals(-1, knownUntil(fixture, -1));
            assertEquals(0, knownUntil(fixture, 0));
            assertEquals(2, knownUntil(fixture, 2));
            assertEquals(3, knownUntil(fixture, 8));
            assertEquals(10, knownUntil(fixture, 10));
            assertEquals(13, knownUntil(fixture, 20));
        }
    }

    @Test
    void shouldNeverEndWithoutAHeartbeatOrBeyondAllTime() {
        assertEquals(8, LevelExpiry.expiresAtNs(5, 3));
        assertEquals(WindowBounds.NEVER, LevelExpiry.expiresAtNs(5, 0));
        assertEquals(WindowBounds.NEVER, LevelExpiry.expiresAtNs(5, Long.MAX_VALUE));
    }

    private long knownUntil(final SeriesFixture fixture, final long atNs) {
        assertTrue(new WindowResolver(fixture.blocks()).resolve(fixture.series(), Window.slidingNs(4), atNs, bounds));
        return bounds.knownUntilNs();
    }
}
