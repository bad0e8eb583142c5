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

/** The state of a watch is read as it was written, also with so many events that the first ones are final. */
class WatchStateTest {
    private final long seed = TestSeed.of("WatchStateTest");
    private final Random random = new Random(seed);

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        for (int i = 0; i < TestEffort.times(200); i++) {
            final WatchState written = new WatchState(random.nextLong());
            fill(written);
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            written.write(new DataOutputStream(bytes));
            final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            final WatchState read = new WatchState(random.nextLong());
            read.read(in);
            requireSame(written, read);
            assertEquals(0, in.available());
            final WatchState copy = new WatchState(random.nextLong());
            fill(copy);
            copy.set(written);
            requireSame(written, copy);
        }
    }

    private void fill(final WatchState state) {
        state.ran(random.nextLong(), random.nextLong(), random.nextLong());
        for (int i = random.nextInt(2 * Watch.MAX_EVENTS); i > 0; i--) {
            final Status[] statuses = Status.values();
            state.append(random.nextLong(), statuses[random.nextInt(statuses.length)], random.nextGaussian());
            state.nextRevision();
        }
        if (random.nextInt(4) == 0) {
            state.truncate(random.nextInt(state.count() + 1));
        }
    }

    private void requireSame(final WatchState expected, final WatchState found) {
        assertEquals(expected.startNs(), found.startNs(), () -> "seed=" + seed);
        assertEquals(expected.ranToNs(), found.ranToNs(), () -> "seed=" + seed);
        assertEquals(expected.beyondSinceNs(), found.beyondSinceNs(), () -> "seed=" + seed);
        assertEquals(expected.nextCheckNs(), found.nextCheckNs(), () -> "seed=" + seed);
        assertEquals(expected.revision(), found.revision(), () -> "seed=" + seed);
        assertEquals(expected.finalNs(), found.finalNs(), () -> "seed=" + seed);
        assertEquals(expected.count(), found.count(), () -> "seed=" + seed);
        for (int event = 0; event < expected.count(); event++) {
            assertEquals(expected.isFiredBefore(event), found.isFiredBefore(event));
            assertEquals(expected.instantNs(event), found.instantNs(event));
            assertEquals(expected.status(event), found.status(event));
            assertEquals(expected.value(event), found.value(event));
        }
        assertEquals(expected.isFiredBefore(expected.count()), found.isFiredBefore(found.count()));
    }
}
