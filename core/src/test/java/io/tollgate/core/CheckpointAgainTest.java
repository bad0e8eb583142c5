package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.Lanes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints continue after the clock is set back, and after a checkpoint that could not be renamed. */
class CheckpointAgainTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path temporary;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private long nowNs = 20_000 * SECOND;
    private long elapsedNs;

    private EngineContext context(final CheckpointPolicy policy) {
        return Lanes.stepped(temporary)
                .clock(() -> nowNs)
                .nanoClock(() -> elapsedNs)
                .errorHandler(errors::add)
                .checkpoints(policy);
    }

    private static long madeAfterSteps(final Engine engine) {
        for (int i = 0; i < 3; i++) {
            engine.step();
        }
        return engine.admin().statistics().checkpointCounts().made();
    }

    /**
     * A machine may start with a clock that is years ahead. Checkpoints must not wait for that time, or the log would
     * grow.
     */
    @Test
    void shouldBeMadeByAClockThatWasSetBack() {
        try (Engine engine = TollgateEngine.launch(context(CheckpointPolicy.ON_REQUEST.every(10, TimeUnit.SECONDS)))) {
            final Lanes lanes = new Lanes(engine, 1);
            lanes.feed(0, 0, 5);
            nowNs += 10 * SECOND;
            assertEquals(1, madeAfterSteps(engine));
            nowNs -= 5_000 * SECOND;
            lanes.feed(0, 5, 6);
            assertEquals(1, madeAfterSteps(engine));
            nowNs += 10 * SECOND;
            assertEquals(2, madeAfterSteps(engine));
        }
        assertEquals(List.of(), errors);
    }

    /** The disk has space for one more checkpoint, and not for two. */
    @Test
    void shouldHaveTheSpaceOfOneThatCouldNotGetItsName() {
        final CrowdedDisk disk = new CrowdedDisk();
        try (Engine engine = TollgateEngine.launch(
                context(CheckpointPolicy.ON_REQUEST.everyOperations(10)).fileAccess(disk))) {
            new Lanes(engine, 1).feed(0, 0, 20);
            assertEquals(0, madeAfterSteps(engine));
            assertEquals(1, errors.size(), errors::toString);
            elapsedNs += 60 * SECOND;
            assertEquals(1, madeAfterSteps(engine), errors::toString);
        }
    }

    /** Fails the rename of the first checkpoint, and then has only limited space beside its files. */
    private final class CrowdedDisk extends HookedFiles {
        private long totalBytes = Long.MAX_VALUE;

        @Override
        public void before(final Call call, final Path file) throws IOException {
            if (totalBytes == Long.MAX_VALUE
                    && call == Call.RENAME
                    && file.getFileName().toString().matches("checkpoint-[0-9]+\\.new")) {
                totalBytes = byteCount(temporary) + 2L * (1 << 16) + byteCount(file) / 2;
                throw new IOException("Input/output error");
            }
        }

        @Override
        public long usableBytes(final Path asked) {
            return totalBytes - byteCount(temporary);
        }
    }

    private static long byteCount(final Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
