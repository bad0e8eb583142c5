package io.tollgate.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that takes many duty cycles to load, into an engine with its own threads that others use meanwhile. */
class LargeImageTest {
    private static final int POINTS = 60_000;

    @TempDir
    private Path directory;

    private final Engine source = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL));
    private byte[] image;

    @BeforeEach
    void write() {
        final StepSeries series = source.defineStep(
                SeriesDefinition.step("large", Unit.PERCENT, 2).withWindows(Window.slidingNs(500)));
        final Publisher publisher = source.publisher();
        for (int i = 0; i < POINTS; i++) {
            // Every second point is late, and every seventh revises.
            final long time = i % 7 == 6 ? 10L * (i - 3) : 10L * (i ^ 1);
            offer(publisher, series, time, i, i);
        }
        source.awaitApplied(offer(publisher, series, -1, 1, POINTS));
        image = source.images().write(series);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private static long offer(
            final Publisher publisher, final Series series, final long time, final long value, final long known) {
        long ticket = Publisher.BACK_PRESSURED;
        while (ticket == Publisher.BACK_PRESSURED) {
            ticket = publisher
                    .point(series)
                    .validAt(time)
                    .value(value)
                    .knownAt(known)
                    .offer();
        }
        assertTrue(ticket > 0, Publisher.describe(ticket));
        return ticket;
    }

    @Test
    void shouldLoadWhileOthersOffer() {
        try (Engine target = TollgateEngine.launch(TestContext.of(ClockMode.MANUAL))) {
            final StepSeries beside = target.defineStep(SeriesDefinition.step("beside", Unit.PERCENT, 0));
            final AtomicBoolean isLoaded = new AtomicBoolean();
            final CompletableFuture<Long> producer = CompletableFuture.supplyAsync(() -> {
                long count = 0;
                do {
                    target.awaitApplied(offer(target.publisher(), beside, count, count, count));
                    count++;
                } while (!isLoaded.get());
                return count;
            });
            final Series loaded = target.images().load(image);
            isLoaded.set(true);
            assertEquals(producer.join(), PointCount.of(target, "beside"));
            assertArrayEquals(image, target.images().write(loaded));
        }
    }

    /** The listener runs between two duty cycles of the load. */
    @Test
    void shouldRefuseToGoOnIfAnotherOffersToTheSeries() {
        try (Engine target = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final StepSeries large = target.defineStep(SeriesDefinition.step("large", Unit.PERCENT, 2));
            target.advanceTo(1L << 40);
            final AtomicBoolean isOffered = new AtomicBoolean();
            target.updates()
                    .subscribe(
                            Subscription.of("large", "large").withMetrics(WatchedMetric.LEVEL),
                            QueueOptions.DEFAULT,
                            update -> {
                                if (!isOffered.getAndSet(true)) {
                                    offer(target.publisher(), large, -7, 1, POINTS + 1);
                                }
                            });
            final IllegalStateException refused = assertThrows(
                    IllegalStateException.class, () -> target.images().load(image));
            assertTrue(refused.getMessage().startsWith("series=large operationsLeft="), refused::toString);
            assertTrue(target.health().isRunning());
        }
    }

    @Test
    void shouldBeInTheLog() {
        final Path path = directory.resolve("loaded");
        try (Engine target =
                TollgateEngine.launch(TestContext.of(ClockMode.MANUAL).directory(path))) {
            target.images().load(image);
        }
        new DirectoryFiles(path).markNotClosed();
        try (Engine target =
                TollgateEngine.launch(TestContext.of(ClockMode.MANUAL).directory(path))) {
            assertArrayEquals(
                    image, target.images().write(target.series().find("large").orElseThrow()));
        }
    }
}
