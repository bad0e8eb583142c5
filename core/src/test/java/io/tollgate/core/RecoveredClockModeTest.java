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
import io.tollgate.core.store.ShardPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    private void write(final ClockMode first, final int shardCount, final boolean isCheckpointed) {
        try (Engine engine = launch(first, shardCount, BEFORE)) {
            offer(engine, shardCount, BEFORE, Publisher.NONE);
            assertEquals(BEFORE, engine.now());
        }
        try (Engine engine = launch(ClockMode.KNOWLEDGE, shardCount, BEFORE)) {
            offer(engine, shardCount, PENDING, KNOWN);
            assertEquals(KNOWN, engine.now());
            if (isCheckpointed) {
                engine.checkpoint();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "SYSTEM"})
    void shouldBeThatOfAStoreThatIsWhole(final ClockMode first) throws IOException {
        write(first, 1, false);
        damageLastMode(0);
        requireKnown(1, 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "SYSTEM"})
    void shouldBeThatOfACheckpointThatIsWhole(final ClockMode first) throws IOException {
        write(first, 1, true);
        new ShardFiles(directory).removeCleanMark();
        damageLastMode(0);
        requireKnown(1, 0);
    }

    /** What was lost with it is told; the other shard knows. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldBeThatOfAShardThatHasLostNothing(final int damaged) throws IOException {
        write(ClockMode.SYSTEM, 2, false);
        for (int shard = 0; shard < 2; shard++) {
            new ShardFiles(directory, shard).removeCleanMark();
        }
        damageLastMode(damaged);
        requireKnown(2, 1);
    }

    private void requireKnown(final int shardCount, final int lossCount) {
        final RecoveryReport report = DirectoryRecovery.recover(
                new EngineContext().directory(directory).clock(() -> TODAY));
        final long lost = report.shards().stream()
                .flatMap(shard -> shard.losses().stream())
                .filter(loss -> !loss.isCovered())
                .count();
        assertEquals(lossCount, lost, report::toString);
        try (Engine engine = launch(ClockMode.KNOWLEDGE, shardCount, TODAY)) {
            assertEquals(KNOWN, engine.now());
        }
    }

    private void damageLastMode(final int shard) throws IOException {
        final Path segment = new ShardFiles(directory, shard).log().resolve("log-0000000000000000.seg");
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

    private static void offer(final Engine engine, final int shardCount, final long time, final long knowledgeTime) {
        for (int shard = 0; shard < shardCount; shard++) {
            final StepSeries level =
                    engine.defineStep(SeriesDefinition.step(keyOn(shard, shardCount), Unit.PERCENT, 2));
            engine.awaitApplied(engine.publisher().offer(level, time, 1, knowledgeTime, Publisher.NONE));
        }
    }

    private static String keyOn(final int shard, final int shardCount) {
        String key = "level";
        while (ShardPlace.indexOf(key, shardCount) != shard) {
            key += "x";
        }
        return key;
    }

    private Engine launch(final ClockMode mode, final int shardCount, final long clock) {
        return TollgateEngine.launch(new EngineContext()
                .directory(directory)
                .shardCount(shardCount)
                .clockMode(mode)
                .clock(() -> clock)
                .stepped(true)
                .logSegmentLength(1 << 16));
    }
}
