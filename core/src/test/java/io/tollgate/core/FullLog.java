package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A directory whose log is full, on a disk without room for another segment. */
final class FullLog {
    /** More than what an advance of the clock leaves free of a segment has room for. */
    private static final int MOST_LAUNCHES = 8;

    private FullLog() {}

    /**
     * Makes it, and closes it cleanly.
     *
     * @return what an engine is refused with, any number of times, as it cannot log there what moves its clock.
     */
    static EngineContext make(final Path directory) {
        final FullDisk disk = new FullDisk(1);
        fill(directory, disk);
        for (int i = 0; i < MOST_LAUNCHES; i++) {
            final EngineContext context = context(directory, disk, i % 2 == 0 ? ClockMode.KNOWLEDGE : ClockMode.MANUAL);
            try {
                TollgateEngine.launch(context).close();
            } catch (final UncheckedIOException e) {
                assertTrue(e.getMessage().contains("log has no next segment"), e::getMessage);
                return context;
            }
        }
        throw new AssertionError("launches=" + MOST_LAUNCHES + ", expected one for which the log has no room");
    }

    private static void fill(final Path directory, final FullDisk disk) {
        final AtomicBoolean isFull = new AtomicBoolean();
        final EngineContext context = context(directory, disk, ClockMode.MANUAL)
                .refusalHandler((reason, series, time, value, known, reference) -> isFull.set(true));
        try (Engine engine = TollgateEngine.launch(context)) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            for (int time = 0; !isFull.get(); time++) {
                engine.awaitApplied(engine.publisher().offer(events, time, 1, time, Publisher.NONE));
            }
            assertThrows(IllegalStateException.class, () -> {
                while (true) {
                    engine.advanceTo(engine.now() + 1);
                }
            });
        }
    }

    private static EngineContext context(final Path directory, final FullDisk disk, final ClockMode mode) {
        return Lanes.context()
                .directory(directory)
                .clockMode(mode)
                .stepped(true)
                .ringLength(OptionBounds.MIN_RING_LENGTH)
                .fileAccess(disk)
                .errorHandler(told -> {});
    }
}
