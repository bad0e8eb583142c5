package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.util.ArrayList;
import java.util.List;

/** Four threads offer licences to one series. Under back pressure a producer waits and offers again. */
public final class ManyProducers {
    private static final long START = Instants.parse("2025-01-01T00:00Z");
    private static final int PRODUCERS = 4;
    private static final int LICENCES = 25_000;

    private ManyProducers() {}

    /**
     * Prints how many licences arrived.
     *
     * @param args not used.
     * @throws InterruptedException if it is interrupted while it waits for the producers.
     */
    public static void main(final String[] args) throws InterruptedException {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            FlowSeries issued = engine.defineFlow(SeriesDefinition.flow("licences.issued", Unit.COUNT, 0));
            Publisher publisher = engine.publisher();
            List<Thread> producers = new ArrayList<>();
            for (int p = 0; p < PRODUCERS; p++) {
                Thread producer = new Thread(() -> {
                    long ticket = 0;
                    for (int second = 1; second <= LICENCES; second++) {
                        do {
                            ticket = publisher.offer(issued, START + second * 1_000_000_000L, 1);
                        } while (ticket == Publisher.BACK_PRESSURED);
                    }
                    engine.awaitApplied(ticket);
                });
                producers.add(producer);
                producer.start();
            }
            for (Thread producer : producers) {
                producer.join();
            }
            MetricReader reader = engine.newReader();
            WindowReading reading = reader.window(Window.since(START), Metric.SUM);
            reading.read(issued, START + LICENCES * 1_000_000_000L);
            System.out.println(reading.count() + " licences, " + (long) reading.value(Metric.SUM) + " in all");
        }
    }
}
