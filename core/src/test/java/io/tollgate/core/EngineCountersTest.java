package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.core.file.SystemFileAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine counts for other processes, once its memory was given back. */
class EngineCountersTest {
    @TempDir
    private Path temporary;

    /** An agent may be closed again, as its end has thrown: it would write where nothing is mapped. */
    @Test
    void shouldWriteNothingOnceItIsClosed() {
        final AtomicLong asked = new AtomicLong();
        final EngineCopies copies =
                new EngineCopies(new EngineContext(), Optional.empty(), List.of(), new EngineState());
        final EngineCounters counters = EngineCounters.create(
                new SystemFileAccess(), temporary, asked::incrementAndGet, () -> 0, () -> 0, copies, List.of());
        counters.update();
        final long before = asked.get();
        counters.close();
        counters.update();
        counters.onError(new IllegalStateException("planted"));
        assertEquals(before, asked.get());
        counters.close();
    }
}
