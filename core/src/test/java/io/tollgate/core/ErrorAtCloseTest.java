package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.WatchedMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Errors while an engine is started or closed, as where memory is wanting, or from what the program has given it: no
 * thread of it is left then, no file mapped, and the directory is free.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ErrorAtCloseTest {
    private static final int SERIES = 6;
    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    @TempDir
    private Path temporary;

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private int rounds;

    /** The files of a disk over which errors are thrown, once or for good, from when it is told to. */
    private static final class ErrorFiles extends HookedFiles {
        private final boolean isForGood;
        private long left = Long.MAX_VALUE;

        ErrorFiles(final boolean isForGood) {
            this.isForGood = isForGood;
        }

        @Override
        synchronized void before(final Call call, final Path called) {
            left--;
            if (hasThrown() && (isForGood || left == -1)) {
                throw new OutOfMemoryError("planted");
            }
        }

        /** Behind so many calls more. */
        synchronized void throwAfter(final int calls) {
            left = calls;
        }

        synchronized boolean hasThrown() {
            return left < 0;
        }
    }

    private EngineContext context(final Path directory, final boolean isStepped) {
        return new EngineContext()
                .directory(directory)
                .stepped(isStepped)
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

    private static List<StepSeries> define(final Engine engine) {
        return IntStream.range(0, SERIES)
                .mapToObj(i -> engine.defineStep(SeriesDefinition.step("level." + i, Unit.COUNT, 0)))
                .toList();
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

    /** Of a handler of refusals, and of a listener, that fail until the end. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void shouldGiveAllBackWhereWhatTellsOfErrorsThrowsOne(final boolean isStepped, final boolean isListener)
            throws IOException {
        final Path directory = temporary.resolve("data");
        final Engine engine = TollgateEngine.launch(context(directory, isStepped)
                .refusalHandler((reason, series, time, value, known, reference) -> {
                    throw new IllegalStateException("planted");
                })
                .errorHandler(error -> {
                    throw new AssertionError("planted");
                }));
        final List<StepSeries> all = define(engine);
        final Publisher publisher = engine.publisher();
        for (final StepSeries series : all) {
            engine.awaitApplied(publisher.offer(series, 1, 1, 100, Publisher.NONE));
        }
        if (isListener) {
            engine.subscribe(
                    Subscription.of("levels", "level.*").withMetrics(WatchedMetric.LEVEL),
                    QueueOptions.DEFAULT,
                    update -> {
                        throw new IllegalStateException("planted");
                    });
        }
        for (final StepSeries series : all) {
            // Earlier knowledge is refused, which fails the engine; other points are told to the listener.
            publisher.offer(series, 2, 2, isListener ? 120 : 50, Publisher.NONE);
        }
        Throwable thrown = null;
        try {
            engine.close();
        } catch (final AssertionError e) {
            thrown = e;
        }
        assertTrue(thrown != null || !isStepped, "nobody is told");
        requireFree(directory, 1, "closed");
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldGiveAllBackWhereACallOfTheCloseThrowsAnError(final boolean isForGood) throws IOException {
        throwAtEach(isForGood, true, 20);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    @Tag("ci")
    void shouldGiveAllBackWhicheverCallOfTheCloseThrowsAnError(final boolean isForGood, final boolean isStepped)
            throws IOException {
        throwAtEach(isForGood, isStepped, 2);
    }

    private void throwAtEach(final boolean isForGood, final boolean isStepped, final int step) throws IOException {
        int thrown = 0;
        boolean hasThrown = true;
        for (int k = new Random(TestSeed.of("ErrorAtCloseTest")).nextInt(step); hasThrown; k += step) {
            final ErrorFiles files = new ErrorFiles(isForGood);
            final Path directory = temporary.resolve("data-" + rounds++);
            final Engine engine =
                    TollgateEngine.launch(context(directory, isStepped).fileAccess(files));
            for (final StepSeries series : define(engine)) {
                engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            }
            files.throwAfter(k);
            final String what = "isForGood=" + isForGood + " call=" + k;
            try {
                engine.close();
                assertTrue(!files.hasThrown() || !isStepped, () -> "not told: " + what);
            } catch (final OutOfMemoryError e) {
                assertEquals("planted", e.getMessage(), what);
            }
            hasThrown = files.hasThrown();
            thrown += hasThrown ? 1 : 0;
            requireFree(directory, 1, what);
            engine.close();
        }
        // A close makes more calls than the step is long.
        assertTrue(thrown > 0, "no error was thrown");
    }

    /** It is closed once more by the same close, as are those behind it. */
    @Test
    @Tag("ci")
    void shouldGiveAllBackWhereTheCloseOfAFileThrowsAnError() throws IOException {
        final AtomicLong left = new AtomicLong();
        final HookedFiles files = new HookedFiles() {
            @Override
            void beforeClose(final Path file) {
                if (left.getAndDecrement() == 0) {
                    throw new OutOfMemoryError("planted");
                }
            }
        };
        int closed = 0;
        do {
            left.set(-1);
            final Path directory = temporary.resolve("data-" + closed);
            final Engine engine = TollgateEngine.launch(context(directory, true).fileAccess(files));
            for (final StepSeries series : define(engine)) {
                engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            }
            left.set(closed++);
            try {
                engine.close();
                assertTrue(left.get() >= 0, "not told");
            } catch (final OutOfMemoryError e) {
                assertEquals("planted", e.getMessage());
            }
            requireFree(directory, 1, "closed=" + closed);
        } while (left.get() < 0);
        // The segment, the one that is prepared, and what the log says.
        assertTrue(closed > 3, "closed=" + closed);
    }

    /** Of the threads that are asked for, one cannot be made, and what tells of that throws, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldGiveAllBackWhereAThreadCannotBeStarted(final int failing) throws IOException {
        final Path directory = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(directory, true))) {
            for (final StepSeries series : define(engine)) {
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

    /** The disk fails, once or for good, while the engine is started. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("ci")
    void shouldGiveAllBackWhereACallOfTheStartThrowsAnError(final boolean isForGood) throws IOException {
        final Path directory = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(directory, true))) {
            for (final StepSeries series : define(engine)) {
                engine.awaitApplied(engine.publisher().offer(series, 1, 1));
            }
        }
        final int step = 6;
        int thrown = 0;
        boolean hasThrown = true;
        for (int k = new Random(TestSeed.of("ErrorAtCloseTest")).nextInt(step); hasThrown; k += step) {
            final ErrorFiles files = new ErrorFiles(isForGood);
            files.throwAfter(k);
            final String what = "isForGood=" + isForGood + " call=" + k;
            try (Engine engine = TollgateEngine.launch(context(directory, true).fileAccess(files))) {
                hasThrown = files.hasThrown();
                files.throwAfter(Integer.MAX_VALUE);
                assertFalse(hasThrown, () -> "not told: " + what + " now=" + engine.now());
            } catch (final OutOfMemoryError e) {
                assertEquals("planted", e.getMessage(), what);
                thrown++;
            }
            requireFree(directory, 1, what);
        }
        assertTrue(thrown > 0, "no error was thrown");
    }
}
