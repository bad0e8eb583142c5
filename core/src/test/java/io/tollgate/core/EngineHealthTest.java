package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.EngineHealth;
import io.tollgate.api.admin.EngineHealth.State;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health of an engine that runs, has failed, or is closed. */
class EngineHealthTest {
    private static final SeriesDefinition RATE =
            SeriesDefinition.step("rate", Unit.PERCENT, 0).withDuplicates(DuplicatePolicy.REJECT);

    @TempDir
    private Path directory;

    private EngineContext context() {
        return TestContext.stepped().refusalHandler(refusal -> {});
    }

    @Test
    void shouldReportAnEngineInMemoryThatRunsAndIsClosed() {
        final Engine engine = TollgateEngine.launch(context());
        final StepSeries rate = engine.defineStep(RATE);
        assertEquals(
                new EngineHealth(
                        State.RUNNING, Optional.empty(), 0, 1 << 20, 0, OptionalLong.empty(), 0, OptionalLong.empty()),
                engine.health());
        final long ticket = engine.publisher().offer(rate, 1, 5);
        final EngineHealth offered = engine.health();
        assertTrue(offered.isRunning());
        assertEquals(56, offered.ringUsed());
        assertEquals(0, offered.appliedTicket());
        engine.awaitApplied(engine.publisher().offer(rate, 1, 6));
        final EngineHealth applied = engine.health();
        assertEquals(0, applied.ringUsed());
        assertTrue(applied.appliedTicket() > ticket, applied::toString);
        assertEquals(1, applied.refusedCount());
        assertEquals(
                "running: ring 0 of 1048576 bytes used, applied up to ticket " + applied.appliedTicket()
                        + ", in memory, 1 refused",
                applied.toString());
        engine.close();
        final EngineHealth closed = engine.health();
        assertEquals(State.CLOSED, closed.state());
        assertFalse(closed.isRunning());
        assertEquals(Optional.empty(), closed.failure());
        assertEquals(applied.appliedTicket(), closed.appliedTicket());
        assertEquals(1, closed.refusedCount());
    }

    @Test
    void shouldReportHowFarTheDiskHasIt() {
        final Engine engine = TollgateEngine.launch(context().directory(directory));
        final StepSeries rate = engine.defineStep(RATE);
        assertEquals(OptionalLong.of(0), engine.health().durableTicket());
        final long ticket = engine.publisher().offer(rate, 1, 5);
        engine.awaitApplied(ticket);
        engine.awaitDurable(ticket);
        final EngineHealth health = engine.health();
        assertEquals(OptionalLong.of(ticket), health.durableTicket());
        assertTrue(health.usableBytes().orElseThrow() > 0, health::toString);
        assertTrue(health.toString().contains(", durable up to ticket " + ticket), health::toString);
        assertTrue(health.toString().endsWith(" MiB of room on the disk"), health::toString);
        engine.close();
        assertEquals(OptionalLong.of(ticket), engine.health().durableTicket());
        assertTrue(engine.health().usableBytes().isPresent());
    }

    @Test
    void shouldReportWhyAnEngineHasFailed() {
        final FullDisk disk = new FullDisk(1 << 20);
        final Engine engine = TollgateEngine.launch(
                context().directory(directory).fileAccess(disk).errorHandler(error -> {}));
        final StepSeries rate = engine.defineStep(RATE);
        final long ticket = engine.publisher().offer(rate, 1, 5);
        disk.failForces(true);
        assertThrows(IllegalStateException.class, () -> engine.awaitDurable(ticket));
        final EngineHealth failed = engine.health();
        assertEquals(State.FAILED, failed.state());
        final Throwable failure = failed.failure().orElseThrow();
        assertTrue(failed.toString().startsWith("failed (" + failure + "): ring "), failed::toString);
        disk.failForces(false);
        engine.close();
        assertEquals(State.FAILED, engine.health().state());
        assertSame(failure, engine.health().failure().orElseThrow());
    }
}
