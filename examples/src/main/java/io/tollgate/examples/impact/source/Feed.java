package io.tollgate.examples.impact.source;

import io.tollgate.api.Amendment;
import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds the engine: defines series, collects points, and publishes the collected points as fast as the engine accepts
 * them. Single-threaded.
 */
public final class Feed {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Engine engine;
    private final Publisher publisher;
    private final List<Point> points = new ArrayList<>();
    private long publishedCount;
    private long retryCount;
    private long publishNs;

    public Feed(final Engine engine) {
        this.engine = engine;
        publisher = engine.publisher();
    }

    private record Point(Series series, Amendment amendment) {}

    /** Defines a STEP series. */
    public StepSeries step(final SeriesDefinition definition) {
        return engine.defineStep(definition);
    }

    /** Defines a FLOW series. */
    public FlowSeries flow(final SeriesDefinition definition) {
        return engine.defineFlow(definition);
    }

    /**
     * Collects a level in force from an instant on, {@link Decimals#UNKNOWN} for an unknown level; see {@link
     * PointEncoder}.
     */
    public void level(
            final StepSeries series,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        points.add(new Point(series, Amendment.offer(validTimeNs, value, knowledgeTimeNs, reference)));
    }

    /** Collects a level or a withdrawal. */
    public void amend(final StepSeries series, final Amendment amendment) {
        points.add(new Point(series, amendment));
    }

    /** Collects an event; see {@link PointEncoder}. */
    public void event(
            final FlowSeries series,
            final long validTimeNs,
            final long value,
            final long knowledgeTimeNs,
            final long reference) {
        points.add(new Point(series, Amendment.offer(validTimeNs, value, knowledgeTimeNs, reference)));
    }

    /** Publishes the collected points in order, and waits until they are applied. All later reads see them. */
    public void publish() {
        final long startNs = System.nanoTime();
        long ticket = 0;
        for (final Point point : points) {
            ticket = offer(point);
        }
        if (ticket > 0) {
            engine.awaitApplied(ticket);
        }
        publishNs += System.nanoTime() - startNs;
        publishedCount += points.size();
        points.clear();
    }

    /** Returns the number of published points. */
    public long publishedCount() {
        return publishedCount;
    }

    /** Returns the number of offers repeated because of back pressure. */
    public long retryCount() {
        return retryCount;
    }

    /** Returns points a second, from the first offer to the last applied point. */
    public double pointsPerSecond() {
        return publishedCount * NANOS_PER_SECOND / publishNs;
    }

    /** Offers a point until it is accepted. */
    private long offer(final Point point) {
        long ticket = offerOnce(point);
        while (ticket == Publisher.BACK_PRESSURED) {
            retryCount++;
            Thread.yield();
            ticket = offerOnce(point);
        }
        if (ticket < 0) {
            throw new IllegalStateException("series=" + point.series().key() + " " + point.amendment() + " offer="
                    + Publisher.describe(ticket) + ", expected a ticket");
        }
        return ticket;
    }

    private long offerOnce(final Point point) {
        final Amendment amendment = point.amendment();
        final PointEncoder encoder = publisher
                .point(point.series())
                .validAt(amendment.validTimeNs())
                .knownAt(amendment.knowledgeTimeNs())
                .reference(amendment.reference());
        if (amendment.isWithdrawal()) {
            return encoder.withdraw();
        }
        return (amendment.value() == Decimals.UNKNOWN ? encoder.unknown() : encoder.value(amendment.value())).offer();
    }
}
