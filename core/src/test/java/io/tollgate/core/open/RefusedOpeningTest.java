package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.FullLog;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.report.OpeningReport;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An engine that cannot start leaves a cleanly closed store closed, whatever the reason. The store may have operations
 * that its log has lost.
 */
class RefusedOpeningTest {
    private static final int LANES = 4;
    private static final int NUMBERS = 1_000;

    /** One thread forces, one preallocates, one applies. */
    private static final int THREADS = 3;

    @TempDir
    private Path temporary;

    private Path data;

    /** Leaves a closed directory whose log has several segments. */
    @BeforeEach
    void leaveClosed() {
        data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final Lanes lanes = new Lanes(engine, LANES);
            lanes.feedAll(0, NUMBERS);
        }
    }

    private static EngineContext context(final Path directory) {
        return Lanes.stepped(directory).errorHandler(error -> {});
    }

    private static void requireAll(final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            Lanes.requireNumbers(engine, LANES, NUMBERS, "found");
            Lanes.requireSame(engine, LANES, directory.toString());
        }
    }

    private static void requireClosed(final Path directory, final String what) {
        try (TollgateEngine engine = TollgateEngine.launch(context(directory))) {
            engine.opening()
                    .ifPresent(opening -> assertEquals(OpeningReport.Origin.CLOSED, opening.origin(), () -> what));
        }
    }

    /** An opening after a clean close does not read the start of the log. */
    @Test
    void shouldLeaveTheLossesOfALogToARecovery() throws IOException {
        FileDamage.flip(new DirectoryFiles(data).segment(0), 500, 1);
        requireAll(
                new DamagedDirectory(data).copyTo(temporary.resolve("opened")).path());
        for (int k = 0; k < 3; k++) {
            final EngineContext failing = InjectedFiles.inject(context(data), new FailingOnce(k, false));
            assertThrows(UncheckedIOException.class, () -> TollgateEngine.launch(failing));
        }
        final RecoveryReport report = InPlaceRecovery.recover(context(data));
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        requireAll(data);
    }

    /** Files whose k-th call fails, before or after its effect, and no later call. */
    private static final class FailingOnce extends HookedFiles {
        private final boolean isDone;
        private int left;
        private boolean isOpen;
        private boolean hasFailed;

        FailingOnce(final int k, final boolean isDone) {
            left = k;
            this.isDone = isDone;
        }

        private void fail(final Call call, final Path file, final boolean isDoneNow) throws IOException {
            if (!isOpen && isDoneNow == isDone && left-- == 0) {
                hasFailed = true;
                throw new IOException("Input/output error: " + call + " " + file);
            }
        }

        @Override
        public void before(final Call call, final Path file) throws IOException {
            fail(call, file, false);
        }

        @Override
        public void after(final Call call, final Path file, final Path target) throws IOException {
            fail(call, file, true);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveAllClosedIfACallFails(final boolean isDone) {
        final int refusals = failAtEach(isDone, 5);
        assertTrue(refusals > 4, "refusals=" + refusals);
    }

    @ParameterizedTest
    @Tag("ci")
    @ValueSource(booleans = {false, true})
    void shouldLeaveAllClosedIfAnyCallFails(final boolean isDone) {
        final int refusals = failAtEach(isDone, 1);
        assertTrue(refusals > 20, "refusals=" + refusals);
    }

    private int failAtEach(final boolean isDone, final int step) {
        int refusals = 0;
        boolean hasFailed = true;
        for (int k = 0; hasFailed; k += step) {
            final FailingOnce files = new FailingOnce(k, isDone);
            String what = "call=" + k;
            try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(data), files))) {
                files.isOpen = true;
                assertTrue(engine.now() > 0);
            } catch (final UncheckedIOException e) {
                what += ": " + e.getCause().getMessage();
                refusals++;
            }
            hasFailed = files.hasFailed;
            requireClosed(data, what);
        }
        requireAll(data);
        return refusals;
    }

    /** The disk has no space for any file. */
    @Test
    void shouldLeaveAllClosedOnADiskThatStaysFull() {
        final HookedFiles files = HookedFiles.beforeEach((call, file) -> {
            if (call == HookedFiles.Call.CREATE || call == HookedFiles.Call.WRITE) {
                throw new IOException(FullDisk.MESSAGE);
            }
        });
        assertThrows(
                UncheckedIOException.class, () -> TollgateEngine.launch(InjectedFiles.inject(context(data), files)));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(data).state());
        requireClosed(data, "full");
        requireAll(data);
    }

    /**
     * A started thread must not wait for one that could not be started, although time still has to change the
     * subscribed metrics.
     */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldLeaveAllClosedIfAThreadCannotBeMade() {
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final WatchedMetric count = WatchedMetric.of(Window.slidingNs(1L << 40), Metric.COUNT);
            engine.updates().subscribe(Subscription.of("count", "*").withMetrics(count), QueueOptions.DEFAULT);
        }
        for (int made = 0; made < THREADS; made++) {
            final OutOfMemoryError cause = new OutOfMemoryError("unable to create native thread");
            final int[] left = {made};
            final EngineContext threaded = context(data)
                    .threadingMode(ThreadingMode.OWN_THREADS)
                    .threadFactory(work -> {
                        if (left[0]-- == 0) {
                            throw cause;
                        }
                        return new Thread(work);
                    });
            assertSame(cause, assertThrows(OutOfMemoryError.class, () -> TollgateEngine.launch(threaded)));
            requireClosed(data, "threads=" + made);
        }
        requireAll(data);
    }

    @Test
    void shouldLeaveAllClosedIfTheLogHasNoSpaceForTheClock() {
        final Path full = temporary.resolve("full");
        final EngineContext context = FullLog.make(full);
        for (int i = 0; i < 2; i++) {
            assertThrows(UncheckedIOException.class, () -> TollgateEngine.launch(context));
            assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(full).state());
        }
    }
}
