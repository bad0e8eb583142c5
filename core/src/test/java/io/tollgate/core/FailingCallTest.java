package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.KeptRegistrations.Turn;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.PointCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An engine whose disk fails at call k and from then on, for each k. The engine reports the failure or refuses, and
 * acknowledges nothing after it. On a working disk it reopens with all acknowledged operations. If the disk was only
 * full, the engine continues once there is space. The same holds for registrations.
 */
class FailingCallTest {
    private static final String FULL = "No space left on device";
    private static final String ERROR = "Input/output error";

    /** The calls that allocate disk space. */
    private static final Set<HookedFiles.Call> TAKING_SPACE = EnumSet.of(
            HookedFiles.Call.CREATE,
            HookedFiles.Call.CREATE_DIRECTORY,
            HookedFiles.Call.WRITE,
            HookedFiles.Call.RENAME);

    private static final int LANES = 2;
    private static final int OPERATIONS = 300;
    private static final int OPERATIONS_OF_AWAIT = 50;
    private static final int OPERATIONS_OF_CHECKPOINT = 100;
    private static final int OPERATIONS_OF_TURN = 30;

    @TempDir
    private Path temporary;

    /** The number of operations of each lane acknowledged as durable. */
    private long durable;

    /** The number acknowledged as applied. */
    private long applied;

    private Turn turn = Turn.NONE;

    private Durability level = Durability.NONE;
    private boolean hasFailed;
    private boolean hasSpaceAgain;

    @ParameterizedTest
    @CsvSource({"NONE, 27", "INTERVAL:1, 41", "COMMIT, 230"})
    void shouldSurviveAFullDiskAtCallsOfAllKinds(final String durability, final int step) throws IOException {
        level = Durability.parse(durability);
        failAtEach(FULL, TAKING_SPACE, step);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 23", "COMMIT, 250"})
    void shouldSurviveAFailedForceAtCallsOfAllKinds(final String durability, final int step) throws IOException {
        level = Durability.parse(durability);
        failAtEach(ERROR, EnumSet.of(HookedFiles.Call.FORCE, HookedFiles.Call.FORCE_DIRECTORY), step);
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldSurviveAFullDiskAtEveryCall(final String durability) throws IOException {
        level = Durability.parse(durability);
        failAtEach(FULL, TAKING_SPACE, 1);
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(strings = {"NONE", "INTERVAL:1", "COMMIT"})
    void shouldSurviveAnErrorAtEveryCall(final String durability) throws IOException {
        level = Durability.parse(durability);
        failAtEach(ERROR, EnumSet.allOf(HookedFiles.Call.class), 1);
    }

    private void failAtEach(final String error, final Set<HookedFiles.Call> calls, final int step) throws IOException {
        int failures = 0;
        hasFailed = true;
        for (int k = 0; hasFailed; k += step) {
            hasFailed = false;
            hasSpaceAgain = false;
            durable = 0;
            applied = 0;
            turn = Turn.NONE;
            final Path directory = temporary.resolve(error.charAt(0) + "-" + k);
            write(directory, failingAt(error, calls, k), error.equals(FULL));
            failures += hasFailed ? 1 : 0;
            final String what = error + " at call " + k + " level=" + level;
            try (Engine engine = TollgateEngine.launch(Lanes.stepped(directory).errorHandler(thrown -> {}))) {
                for (int lane = 0; lane < LANES; lane++) {
                    final long found = Lanes.numberIn(engine, lane);
                    assertTrue(found >= durable, what + ": found=" + found + " durable=" + durable);
                    assertTrue(found >= applied, what + ": found=" + found + " applied=" + applied);
                }
                Lanes.requireSame(engine, LANES, what);
                new KeptRegistrations(engine).require(turn, what);
            }
            DamagedDirectory.delete(directory);
        }
        assertTrue(failures > 1, "failures=" + failures);
        assertTrue(durable == OPERATIONS, "without a failure durable=" + durable);
    }

    private HookedFiles failingAt(final String error, final Set<HookedFiles.Call> calls, final int k) {
        final AtomicLong count = new AtomicLong();
        return new HookedFiles() {
            private boolean isShort;

            @Override
            public void before(final Call call, final Path file) throws IOException {
                final long number = !hasSpaceAgain && calls.contains(call) ? count.getAndIncrement() : -1;
                if (number >= k) {
                    hasFailed = true;
                    // A full disk writes part of the data before a write fails.
                    isShort = number == k && call == Call.WRITE && error.equals(FULL);
                    if (!isShort) {
                        throw new IOException(error);
                    }
                }
            }

            @Override
            public int transfer(final ByteBuffer buffer, final boolean isWrite, final Transfer transfer)
                    throws IOException {
                final int limit = buffer.limit();
                if (isShort) {
                    buffer.limit(buffer.position() + Math.max(1, buffer.remaining() / 2));
                    isShort = false;
                }
                try {
                    return transfer.of(buffer);
                } finally {
                    buffer.limit(limit);
                }
            }
        };
    }

    /** Writes until the disk fails or is full. Exceptions and refusals up to then are reported to the user. */
    private void write(final Path directory, final HookedFiles files, final boolean proceeds) {
        final AtomicLong refused = new AtomicLong();
        final EngineContext context = Lanes.stepped(directory)
                .durability(level)
                .fileAccess(files)
                .checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog())
                .errorHandler(error -> {})
                .refusalHandler(refusal -> refused.incrementAndGet());
        try (Engine engine = TollgateEngine.launch(context)) {
            try {
                write(engine, refused, proceeds);
            } finally {
                if (proceeds && hasFailed) {
                    assertDoesNotThrow(() -> requireProceeds(engine), "there is room again");
                }
            }
        } catch (final RuntimeException e) {
            assertTrue(hasFailed, () -> "failed without a failure of the disk: " + e);
        } catch (final AssertionError e) {
            // A failed engine takes no points, unless the disk was only full.
            assertTrue(hasFailed && !proceeds && e.getMessage().startsWith("CLOSED"), () -> "" + e);
        }
    }

    private void write(final Engine engine, final AtomicLong refused, final boolean proceeds) {
        final Lanes lanes = new Lanes(engine, LANES);
        final KeptRegistrations kept = new KeptRegistrations(engine);
        for (long number = 0; number < OPERATIONS; number++) {
            if (number % OPERATIONS_OF_TURN == 0) {
                change(kept, number, proceeds);
            }
            final long first = lanes.offer(0, number);
            final long second = lanes.offer(1, number);
            engine.awaitApplied(second);
            applied = refused.get() == 0 ? number + 1 : applied;
            if (number % OPERATIONS_OF_AWAIT == OPERATIONS_OF_AWAIT - 1) {
                engine.awaitDurable(first);
                engine.awaitDurable(second);
                durable = refused.get() == 0 ? number + 1 : durable;
            }
            if (number % OPERATIONS_OF_CHECKPOINT == OPERATIONS_OF_CHECKPOINT - 1) {
                checkpoint(engine);
            }
        }
        for (long number = OPERATIONS; proceeds && hasFailed && refused.get() == 0; number++) {
            final long ticket = lanes.offer(0, number);
            if (number % OPERATIONS_OF_AWAIT == 0) {
                engine.awaitApplied(ticket);
            }
        }
    }

    /** A registration without space, or with only part of it, may succeed in the next turn. */
    private void change(final KeptRegistrations kept, final long number, final boolean proceeds) {
        turn = turn.changing();
        try {
            kept.change(number + 1);
            turn = new Turn(number + 1, false);
        } catch (final IllegalStateException e) {
            assertTrue(hasFailed, () -> "failed without a failure of the disk: " + e);
            if (!proceeds) {
                throw e;
            }
        }
    }

    private void checkpoint(final Engine engine) {
        try {
            engine.admin().checkpoint();
        } catch (final UncheckedIOException e) {
            assertTrue(hasFailed, () -> "failed without a failure of the disk: " + e);
        }
    }

    /** Reads, makes space, and offers until a point is taken. A failed engine takes none. */
    private void requireProceeds(final Engine engine) {
        assertTrue(Lanes.numberIn(engine, 0) >= applied, "read from a full disk");
        hasSpaceAgain = true;
        final FlowSeries later = defineOnceThereIsSpace(engine);
        for (long time = 0; PointCount.of(engine, later) == 0; time++) {
            final long ticket = KnownPoint.offer(engine.publisher(), later, time, 1, time);
            assertTrue(ticket > 0, Publisher.describe(ticket));
            engine.awaitDurable(ticket);
        }
        engine.admin().checkpoint();
    }

    /** The engine retries the disk some time after there is space. */
    private static FlowSeries defineOnceThereIsSpace(final Engine engine) {
        while (true) {
            try {
                return engine.defineFlow(SeriesDefinition.flow("later", Unit.COUNT, 0));
            } catch (final IllegalStateException e) {
                if (!e.getMessage().contains(" disk=full, ")) {
                    throw e;
                }
            }
        }
    }
}
