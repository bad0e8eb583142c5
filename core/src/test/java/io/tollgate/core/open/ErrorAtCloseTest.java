package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Levels;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Handlers of the program throw, or errors occur, at the launch or close of an engine. Afterwards no thread of the
 * engine lives, no file is mapped, and the directory is unlocked.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ErrorAtCloseTest {
    private static final int SERIES = 6;
    private static final int STEP = 7;
    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    @TempDir
    private Path temporary;

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    /** Files of which one call throws an error. */
    private static final class ErrorFiles extends HookedFiles {
        private long left = Long.MAX_VALUE;

        @Override
        public synchronized void before(final Call call, final Path called) {
            if (left-- == 0) {
                throw new OutOfMemoryError("planted");
            }
        }

        /** Makes a call throw after so many other calls. */
        synchronized void throwAfter(final int calls) {
            left = calls;
        }

        synchronized boolean hasThrown() {
            return left < 0;
        }
    }

    private EngineContext context(final Path directory, final boolean isStepped) {
        return TestContext.plain()
                .directory(directory)
                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS)
                .logSegmentLength(1 << 16)
                .errorHandler(error -> {})
                .threadFactory(this::newThread);
    }

    private Thread newThread(final Runnable work) {
        final Thread thread = new Thread(work);
        thread.setUncaughtExceptionHandler((ended, error) -> {});
        threads.add(thread);
        return thread;
    }

    private void requireFree(final Path directory, final long acknowledged, final String what) throws IOException {
        assertEquals(
                List.of(),
                threads.stream().filter(Thread::isAlive).map(Thread::getName).toList(),
                what);
        if (Files.exists(MAPPINGS)) {
            final String path = directory.toRealPath() + "/";
            try (Stream<String> mappings = Files.lines(MAPPINGS)) {
                assertEquals(
                        List.of(), mappings.filter(line -> line.contains(path)).toList(), what);
            }
        }
        try (Engine engine = TollgateEngine.launch(context(directory, true))) {
            for (int i = 0; i < SERIES; i++) {
                final long found = PointCount.of(engine, "level." + i);
                assertTrue(found >= acknowledged, () -> what + ": found=" + found);
            }
        }
    }

    /** A refusal handler or a listener throws at each call. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void shouldReleaseAllIfTheErrorHandlerThrows(final boolean isStepped, final boolean isListener) throws IOException {
        final Path directory = temporary.resolve("data");
        final Engine engine = TollgateEngine.launch(context(directory, isStepped)
                .refusalHandler(refusal -> {
                    throw new IllegalStateException("planted");
                })
                .errorHandler(error -> {
                    throw new IllegalStateException("told");
                }));
        final List<StepSeries> all = Levels.define(engine, SERIES);
        final Publisher publisher = engine.publisher();
        for (final StepSeries series : all) {
            engine.awaitApplied(KnownPoint.offer(publisher, series, 1, 1, 100));
        }
        if (isListener) {
            engine.updates()
                    .subscribe(
                            Subscription.of("levels", "level.*").withMetrics(WatchedMetric.LEVEL),
                            QueueOptions.DEFAULT,
                            update -> {
                                throw new IllegalStateException("planted");
                            });
        }
        for (final StepSeries series : all) {
            // A decreasing knowledge time is refused, which fails the engine. Other points go to the listener.
            KnownPoint.offer(publisher, series, 2, 2, isListener ? 120 : 50);
        }
        Throwable thrown = null;
        try {
            engine.close();
        } catch (final IllegalStateException e) {
            thrown = e;
        }
        assertTrue(thrown != null || !isStepped, "the error was not reported");
        requireFree(directory, 1, "closed");
        engine.close();
    }

    /** The error fails one call, and the next call succeeds. */
    @Test
    void shouldReleaseAllByASecondCloseIfTheFirstThrowsAnError() throws IOException {
        int thrown = 0;
        boolean hasThrown = true;
        for (int k = new Random(TestSeed.of("ErrorAtCloseTest")).nextInt(STEP); hasThrown; k += STEP) {
            final ErrorFiles files = new ErrorFiles();
            final Path directory = temporary.resolve("data-" + k);
            final Engine engine = TollgateEngine.launch(InjectedFiles.inject(context(directory, true), files));
            for (final StepSeries series : Levels.define(engine, SERIES)) {
                engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            }
            files.throwAfter(k);
            final String what = "call=" + k;
            try {
                engine.close();
                assertFalse(files.hasThrown(), () -> "not reported: " + what);
            } catch (final OutOfMemoryError e) {
                assertEquals("planted", e.getMessage(), what);
            }
            hasThrown = files.hasThrown();
            thrown += hasThrown ? 1 : 0;
            engine.close();
            requireFree(directory, 1, what);
        }
        // A close makes more calls than the step is long.
        assertTrue(thrown > 0, "no error was thrown");
    }

    /** A thread cannot be started, and the error handler throws too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldReleaseAllIfAThreadCannotBeStarted(final int failing) throws IOException {
        final Path directory = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(directory, true))) {
            for (final StepSeries series : Levels.define(engine, SERIES)) {
                engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            }
        }
        final List<Thread> made = new ArrayList<>();
        final EngineContext context = context(directory, false).threadFactory(work -> {
            if (made.size() == failing) {
                throw new OutOfMemoryError("planted");
            }
            made.add(newThread(work));
            return made.get(made.size() - 1);
        });
        assertThrows(OutOfMemoryError.class, () -> TollgateEngine.launch(context));
        assertEquals(failing, made.size());
        requireFree(directory, 1, "failing=" + failing);
    }
}
