package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.agent.EngineState;
import io.tollgate.core.control.CheckpointService;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.writer.EngineCounters;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counters in shared memory, after the engine has freed that memory. */
class EngineCountersTest {
    @TempDir
    private Path temporary;

    /** An agent may be closed twice if its close threw. The second close must not write to unmapped memory. */
    @Test
    void shouldWriteNothingOnceItIsClosed() {
        final AtomicLong asked = new AtomicLong();
        final EngineContext context = TestContext.stepped().directory(temporary.resolve("data"));
        try (HeldEngine engine = new HeldEngine(context)) {
            final CheckpointService copies =
                    new CheckpointService(context.conclude(), engine.resources(), engine.worker(), new EngineState());
            final EngineCounters counters = EngineCounters.create(
                    new SystemFileAccess(),
                    temporary,
                    new EngineCounters.Sources(engine.worker().counted(), copies, asked::incrementAndGet, () -> 0));
            counters.update();
            final long before = asked.get();
            assertTrue(before > 0, "counted");
            counters.close();
            counters.update();
            counters.onError(new IllegalStateException("planted"));
            assertEquals(before, asked.get());
            counters.close();
        }
    }
}
