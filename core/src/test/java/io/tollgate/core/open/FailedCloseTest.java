package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.KeptRegistrations;
import io.tollgate.core.KeptRegistrations.Turn;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The disk fails during a close. The close throws, the directory does not count as cleanly closed, and the next engine
 * has all data.
 */
class FailedCloseTest {
    private static final int LANES = 2;
    private static final int OPERATIONS = 20;

    @TempDir
    private Path temporary;

    private int written;
    private Turn turn = Turn.NONE;

    /** The files of a disk that refuses one call after it is told to. */
    private static final class RefusingFiles extends HookedFiles {
        private int left = Integer.MAX_VALUE;
        private Call refused;
        private Path file;

        @Override
        public void before(final Call call, final Path called) throws IOException {
            if (left-- == 0) {
                refused = call;
                file = called;
                throw new IOException("Input/output error");
            }
        }

        /** Returns true if the seal of a clean close was already renamed. */
        boolean isAfterMark() {
            return refused == Call.FORCE_DIRECTORY || refused == Call.DELETE;
        }

        /** Returns true if a file of the store was not forced. */
        boolean isOfStore() {
            return refused == Call.FORCE && file.toString().matches(".*store/(header|.*map|.*numbers)");
        }

        @Override
        public String toString() {
            return refused + " " + file;
        }
    }

    private EngineContext context() {
        return Lanes.stepped(temporary.resolve("data"));
    }

    /** Returns an engine with all written points, and a few more. */
    private Engine write(final EngineContext context) {
        final Engine engine = TollgateEngine.launch(context);
        final Lanes lanes = new Lanes(engine, LANES);
        for (int lane = 0; lane < LANES; lane++) {
            assertEquals(written, Lanes.numberIn(engine, lane), "lane=" + lane);
            lanes.feed(lane, written, written + OPERATIONS);
        }
        Lanes.requireSame(engine, LANES, "written=" + written);
        final KeptRegistrations kept = new KeptRegistrations(engine);
        kept.require(turn, "written=" + written);
        written += OPERATIONS;
        kept.change(written);
        turn = new Turn(written, false);
        return engine;
    }

    private void requireRefused(final Engine engine, final String recorded, final String what) {
        final Throwable failure = assertThrows(UncheckedIOException.class, engine::close, what);
        assertTrue(failure.getMessage().contains(recorded), () -> what + ": " + failure);
        engine.close();
    }

    private void requireClosed() {
        assertEquals(
                DirectoryCheck.State.SOUND,
                DirectoryCheck.of(temporary.resolve("data")).state());
        write(context()).close();
    }

    @Test
    void shouldNotBeCleanIfTheDiskRefusesACall() {
        refuseEach(12);
    }

    @Test
    @Tag("ci")
    void shouldNotBeCleanIfTheDiskRefusesManyACall() {
        refuseEach(4);
    }

    @Test
    @Tag("nightly")
    void shouldNotBeCleanIfTheDiskRefusesAnyCall() {
        refuseEach(1);
    }

    private void refuseEach(final int step) {
        final Set<HookedFiles.Call> calls = EnumSet.noneOf(HookedFiles.Call.class);
        boolean hasRefused = true;
        for (int k = new Random(TestSeed.of("FailedCloseTest")).nextInt(step); hasRefused; k += step) {
            final RefusingFiles files = new RefusingFiles();
            final Engine engine = write(InjectedFiles.inject(context(), files));
            files.left = k;
            hasRefused = close(engine, files);
            if (hasRefused) {
                calls.add(files.refused);
            }
        }
        assertTrue(step > 1 || calls.size() == 6, () -> "of all kinds, found=" + calls);
        requireClosed();
    }

    /** Closes the engine. Returns true if a call was refused. */
    private boolean close(final Engine engine, final RefusingFiles files) {
        try {
            engine.close();
            assertNull(files.refused, () -> "not reported: " + files);
            return false;
        } catch (final UncheckedIOException e) {
            assertNotNull(files.refused, e::toString);
            assertTrue(e.getMessage().contains("check the disk"), e::toString);
        }
        final DirectoryCheck check = DirectoryCheck.of(temporary.resolve("data"));
        final boolean isMarked = new DirectoryFiles(temporary.resolve("data")).isClosed();
        assertEquals(
                isMarked ? DirectoryCheck.State.SOUND : DirectoryCheck.State.NEEDS_RECOVERY,
                check.state(),
                () -> files + ": " + check);
        // The seal is renamed only after all its files are on disk.
        assertTrue(!isMarked || files.isAfterMark(), files::toString);
        if (files.isOfStore()) {
            // Unwritten pages may be missing from memory too.
            Refusals.require(
                    IllegalStateException.class,
                    () -> DirectoryView.open(temporary.resolve("data")).close(),
                    "has to be rebuilt");
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(strings = {"seal.new", "subscriptions"})
    void shouldNotBeCleanIfAFileOfTheCloseIsNotWritten(final String name) throws IOException {
        final Engine engine = write(context());
        final Path obstacle = temporary.resolve("data/store").resolve(name);
        Files.createDirectories(obstacle.resolve("in"));
        requireRefused(engine, "file=" + obstacle.resolveSibling(name.replace(".new", "")), name);
        try (Stream<Path> files = Files.list(temporary.resolve("data/store"))) {
            assertFalse(files.anyMatch(file -> file.endsWith("seal")), name);
        }
        Refusals.require(
                IllegalStateException.class, () -> DirectoryCheck.of(temporary.resolve("data")), obstacle.toString());
        Files.delete(obstacle.resolve("in"));
        Files.delete(obstacle);
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY,
                DirectoryCheck.of(temporary.resolve("data")).state(),
                name);
        write(context()).close();
        requireClosed();
    }

    /**
     * A force fails after the last durable wait. The close throws nothing; the health of the engine shows the failure.
     */
    @Test
    void shouldBeReportedIfTheEngineHadFailedBefore() {
        final FullDisk disk = new FullDisk(Integer.MAX_VALUE);
        final TollgateEngine engine = TollgateEngine.launch(InjectedFiles.inject(context(), disk)
                .durability(Durability.COMMIT)
                .errorHandler(error -> {}));
        try (engine) {
            new Lanes(engine, LANES).feed(0, 0, OPERATIONS);
            final StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
            final long ticket = engine.publisher().offer(level, 1, 1);
            disk.failForces(true);
            engine.awaitApplied(ticket);
            assertEquals(Optional.empty(), engine.health().failure());
        }
        assertTrue(engine.health().failure().isPresent());
        assertFalse(new DirectoryFiles(temporary.resolve("data")).isClosed());
    }
}
