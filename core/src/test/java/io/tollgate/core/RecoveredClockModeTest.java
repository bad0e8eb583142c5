package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A recovery moves no clock by what has moved it once, where the record is damaged that says that something else does:
 * else what is pending comes into force.
 */
class RecoveredClockModeTest {
    private static final long BEFORE = 100;
    private static final long KNOWN = 800;
    /** The system clock while it is recovered. */
    private static final long TODAY = 7_000;

    private static final long PENDING = 9_000;

    @TempDir
    private Path directory;

    /** In force before, and, known behind that, much later. */
    private void write(final ClockMode first, final boolean isCheckpointed) {
        try (Engine engine = launch(first, BEFORE)) {
            offer(engine, BEFORE, Publisher.NONE);
            assertEquals(BEFORE, engine.now());
        }
        try (Engine engine = launch(ClockMode.KNOWLEDGE, BEFORE)) {
            offer(engine, PENDING, KNOWN);
            assertEquals(KNOWN, engine.now());
            if (isCheckpointed) {
                engine.checkpoint();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "SYSTEM"})
    void shouldBeThatOfAStoreThatIsWhole(final ClockMode first) throws IOException {
        write(first, false);
        damageLastMode();
        requireNothingLost();
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "SYSTEM"})
    void shouldBeThatOfACheckpointThatIsWhole(final ClockMode first) throws IOException {
        write(first, true);
        new ShardFiles(directory).removeCleanMark();
        damageLastMode();
        requireNothingLost();
    }

    private void requireNothingLost() {
        final RecoveryReport report = DirectoryRecovery.recover(
                new EngineContext().directory(directory).clock(() -> TODAY));
        final long lost = report.shards().stream()
                .flatMap(part -> part.losses().stream())
                .filter(loss -> !loss.isCovered())
                .count();
        assertEquals(0, lost, report::toString);
        try (Engine engine = launch(ClockMode.KNOWLEDGE, TODAY)) {
            assertEquals(KNOWN, engine.now());
        }
    }

    private void damageLastMode() throws IOException {
        final Path segment = new ShardFiles(directory).log().resolve("log-0000000000000000.seg");
        final UnsafeBuffer bytes = new UnsafeBuffer(Files.readAllBytes(segment));
        final ClockOperation clock = new ClockOperation();
        int found = -1;
        for (int offset = 0; offset <= bytes.capacity() - ClockOperation.LENGTH; offset += Long.BYTES) {
            if (OperationDescriptor.type(bytes, offset) == OperationDescriptor.CLOCK
                    && OperationDescriptor.length(bytes, offset) == ClockOperation.LENGTH
                    && clock.wrap(bytes, offset).modeCode() == ClockMode.KNOWLEDGE.code()) {
                found = offset;
            }
        }
        assertTrue(found > 0, "mode=KNOWLEDGE is logged");
        FileDamage.flip(segment, found + ClockOperation.NOW_OFFSET, 1);
    }

    private static void offer(final Engine engine, final long time, final long knowledgeTime) {
        final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.PERCENT, 2));
        engine.awaitApplied(engine.publisher().offer(level, time, 1, knowledgeTime, Publisher.NONE));
    }

    private Engine launch(final ClockMode mode, final long clock) {
        return TollgateEngine.launch(new EngineContext()
                .directory(directory)
                .clockMode(mode)
                .clock(() -> clock)
                .stepped(true)
                .logSegmentLength(1 << 16));
    }
}
