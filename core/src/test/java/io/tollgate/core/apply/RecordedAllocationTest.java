package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.AllocationMeasurement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations allocate not one byte while a recording takes every event: each step, point and batch writes one. */
class RecordedAllocationTest extends AllocationMeasurement {
    private static final String PREFIX = "io.tollgate.";
    private static final List<String> EVENTS = List.of("BackPressure", "Batch", "RefusalStorm", "SlowStep");
    private static Recording recording;

    private double sink;

    @BeforeAll
    static void record() {
        recording = new Recording();
        EVENTS.forEach(name ->
                recording.enable(PREFIX + name).with("threshold", "0 ns").withoutStackTrace());
        recording.start();
    }

    @AfterAll
    static void stop(@TempDir final Path directory) throws IOException {
        recording.stop();
        final Path file = directory.resolve("allocation.jfr");
        recording.dump(file);
        recording.close();
        final Set<String> missing = new HashSet<>(Set.of("BackPressure", "Batch", "SlowStep"));
        try (RecordingFile recorded = new RecordingFile(file)) {
            while (!missing.isEmpty() && recorded.hasMoreEvents()) {
                missing.remove(recorded.readEvent().getEventType().getName().substring(PREFIX.length()));
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void shouldAllocateNothingOnOfferAndApply() {
        assertEquals(0, bytesOfOfferingAndApplying(true));
        assertEquals(0, bytesOfOfferingAndApplying(false));
    }

    @Test
    void shouldAllocateNothingOnApplyingAtOnceAndReading() {
        final WindowReading reading =
                engine.newReader().windows(List.of(REGISTERED, Window.slidingNs(50)), Metric.MEAN, Metric.SD);
        final long bytes = bytesOfReads(number -> {
            publisher.apply(flows[number % SERIES], ++time, number % 211);
            reading.read(flows[number % SERIES], time);
            sink += reading.value(0, Metric.MEAN);
        });
        assertEquals(0, bytes);
        assertTrue(sink > 0, () -> "sink=" + sink);
    }

    @Test
    void shouldAllocateNothingOnBatches() {
        final Batch batch = publisher.newBatch();
        batch.begin();
        final long bytes = bytesOfReads(number -> {
            if (batch.offer(steps[number % SERIES], ++time, number % 200) == 50) {
                engine.awaitApplied(batch.commit());
                batch.begin();
            }
        });
        assertEquals(0, bytes);
    }

    /** Each time that the ring is full is an event of its own. */
    @Test
    void shouldAllocateNothingOnEpisodesOfBackPressure() {
        final long bytes = bytesOfReads(number -> {
            if (publisher.offer(flows[0], ++time, 1) < 0) {
                applyAll();
            }
        });
        assertEquals(0, bytes);
        assertTrue(engine.admin().statistics().backPressureCount() > 20);
    }
}
