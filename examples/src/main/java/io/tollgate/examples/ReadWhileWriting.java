package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;

/**
 * A thread reads while another thread writes. Neither waits for the other, and the reader never sees a partly written
 * point.
 */
public final class ReadWhileWriting {
    private static final long START = Instants.parse("2025-01-01T00:00Z");
    private static final int POINTS = 100_000;

    private ReadWhileWriting() {}

    /**
     * Prints the last value that the reader saw.
     *
     * @param args not used.
     * @throws InterruptedException if it is interrupted while it waits for the reader.
     */
    public static void main(final String[] args) throws InterruptedException {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            StepSeries level = engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0));
            Thread thread = new Thread(() -> watch(engine.newReader(), level));
            thread.start();
            Publisher publisher = engine.publisher();
            for (int i = 1; i <= POINTS; i++) {
                while (publisher.offer(level, START + i, i) == Publisher.BACK_PRESSURED) {
                    Thread.onSpinWait();
                }
            }
            thread.join();
        }
    }

    private static void watch(final MetricReader reader, final StepSeries level) {
        WindowReading reading = reader.window(Window.since(START), Metric.LAST);
        long seen = 0;
        while (seen < POINTS) {
            reading.read(level, START + POINTS);
            if (reading.status(Metric.LAST) == Status.OK || reading.status(Metric.LAST) == Status.PARTIAL) {
                boolean isWhole = reading.value(Metric.LAST) == reading.count() && reading.count() >= seen;
                seen = isWhole ? reading.count() : Long.MAX_VALUE;
            }
        }
        System.out.println(seen == POINTS ? "saw all of " + seen + " points, and never a torn one" : "torn");
    }
}
