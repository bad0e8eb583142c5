package io.tollgate.core.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.watch.QueueOptions;
import io.tollgate.core.EngineContext;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.watch.PolledUpdates;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener that cannot be attached. */
class ListenerThreadTest {
    private final Error unstarted = new OutOfMemoryError("start");

    private final List<PolledUpdates> closed = new ArrayList<>();

    private PolledUpdates queue(final RuntimeException thrown) {
        return new PolledUpdates("levels", QueueOptions.DEFAULT, true, 1, (round, isListened) -> false, queue -> {
            closed.add(queue);
            if (thrown != null) {
                throw thrown;
            }
        });
    }

    @Test
    void shouldReportWhyItCouldNotBeAttachedEvenIfItsCleanupThrows() {
        final RuntimeException uncleaned = new IllegalArgumentException("cleanup");
        final EngineContext context = TestContext.plain().threadFactory(work -> {
            throw unstarted;
        });
        final PolledUpdates queue = queue(uncleaned);
        final PolledUpdates other = queue(null);
        try (ListenerThread listeners = new ListenerThread(EngineOptions.of(context), new EngineState())) {
            for (final PolledUpdates attached : List.of(queue, other)) {
                assertSame(unstarted, assertThrows(Throwable.class, () -> listeners.attach(attached, update -> {})));
            }
        }
        assertArrayEquals(new Throwable[] {uncleaned}, unstarted.getSuppressed());
        assertEquals(List.of(queue, other), closed);
    }
}
