package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.core.HeldEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.writer.EngineCommand;
import org.junit.jupiter.api.Test;

/** A call waits for a claim on the ring whose producer has ended. A close must end nevertheless. */
class StopAfterCallTest {
    private static final int MOST_CYCLES = 100_000;

    @Test
    void shouldEndAfterAClaimThatIsNeverCommitted() {
        try (HeldEngine held = new HeldEngine(TestContext.stepped(ClockMode.EVENT))) {
            assertTrue(held.ring().tryClaim(RingPublisher.OPERATION_MESSAGE, Long.BYTES) > 0);
            final EngineCommand<Integer> call = new EngineCommand<>(() -> true, () -> 1);
            held.worker().agent().submit(call);
            assertTrue(held.stop(MOST_CYCLES));
            assertEquals(1, call.await());
        }
    }
}
