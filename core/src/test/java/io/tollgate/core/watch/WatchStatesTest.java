package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.series.Status;
import io.tollgate.api.watch.Watch;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a watch stands is read as it was written, also where so many events were told that the first are final. */
class WatchStatesTest {
    private final long seed = TestSeed.of("WatchStatesTest");
    private final Random random = new Random(seed);

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        for (int i = 0; i < TestEffort.times(200); i++) {
            final WatchStates written = new WatchStates();
            final int count = 1 + random.nextInt(4);
            for (int state = 0; state < count; state++) {
                fill(written, written.add(random.nextLong()));
            }
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int state = 0; state < count; state++) {
                written.write(new DataOutputStream(bytes), state);
            }
            final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            final WatchStates read = new WatchStates();
            for (int state = 0; state < count; state++) {
                read.read(in, read.add(random.nextLong()));
                requireSame(written, read, state);
            }
            assertEquals(0, in.available());
        }
    }

    private void fill(final WatchStates states, final int state) {
        states.ran(state, random.nextLong(), random.nextLong(), random.nextLong());
        for (int i = random.nextInt(2 * Watch.MAX_EVENTS); i > 0; i--) {
            final Status[] statuses = Status.values();
            states.append(state, random.nextLong(), statuses[random.nextInt(statuses.length)], random.nextGaussian());
            states.nextRevision(state);
        }
        if (random.nextInt(4) == 0) {
            states.truncate(state, random.nextInt(states.count(state) + 1));
        }
    }

    private void requireSame(final WatchStates expected, final WatchStates found, final int state) {
        assertEquals(expected.startNs(state), found.startNs(state), () -> "seed=" + seed);
        assertEquals(expected.ranToNs(state), found.ranToNs(state), () -> "seed=" + seed);
        assertEquals(expected.beyondSinceNs(state), found.beyondSinceNs(state), () -> "seed=" + seed);
        assertEquals(expected.nextLookNs(state), found.nextLookNs(state), () -> "seed=" + seed);
        assertEquals(expected.revision(state), found.revision(state), () -> "seed=" + seed);
        assertEquals(expected.finalNs(state), found.finalNs(state), () -> "seed=" + seed);
        assertEquals(expected.count(state), found.count(state), () -> "seed=" + seed);
        for (int event = 0; event < expected.count(state); event++) {
            assertEquals(expected.isFiredBefore(state, event), found.isFiredBefore(state, event));
            assertEquals(expected.instantNs(state, event), found.instantNs(state, event));
            assertEquals(expected.status(state, event), found.status(state, event));
            assertEquals(expected.value(state, event), found.value(state, event));
        }
        assertEquals(
                expected.isFiredBefore(state, expected.count(state)), found.isFiredBefore(state, found.count(state)));
    }
}
