package io.tollgate.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.Outcome;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Window;
import io.tollgate.core.oracle.RandomStream;
import io.tollgate.core.oracle.Twin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * A random series of an engine, with all that an image can hold: points of any order, revisions, withdrawals, unknowns,
 * points that change nothing, refused points, forgotten history and an end.
 */
final class ImageStream {
    /** A point that was offered. */
    private record Offered(long time, long value, long reference) {}

    private final Random random;
    private final RandomStream stream;
    private final SeriesDefinition definition;
    private final List<Offered> offered = new ArrayList<>();
    private final List<Long> knowledgeTimes = new ArrayList<>();
    private long knowledgeTime;

    ImageStream(final Random random, final String key) {
        this.random = random;
        stream = new RandomStream(random, key, false);
        final Window[] windows = stream.windows().stream()
                .filter(window -> random.nextInt(3) == 0)
                .toArray(Window[]::new);
        final SeriesDefinition defined = stream.definition().withWindows(windows);
        definition = random.nextInt(4) == 0 ? defined.withShapes() : defined;
        knowledgeTime = random.nextInt(100);
    }

    SeriesDefinition definition() {
        return definition;
    }

    Series find(final Engine engine) {
        return engine.series().find(definition.key()).orElseThrow();
    }

    /** Gives the same operations to some engines. */
    void offer(final int count, final List<Engine> engines) {
        for (int i = 0; i < count; i++) {
            knowledgeTime += random.nextInt(3) - (random.nextInt(20) == 0 ? 2 : 0);
            final long known = random.nextInt(10) == 0 ? Instants.NONE : knowledgeTime;
            final Offered before = offered.isEmpty() ? null : offered.get(random.nextInt(offered.size()));
            if (before != null && stream.isWithdrawal()) {
                final long reference = random.nextInt(4) == 0 ? Publisher.NO_REFERENCE : before.reference;
                requireSame(engines, engine -> Twin.withdraw(engine, find(engine), before.time, known, reference));
            } else {
                final Offered point = next(before);
                offered.add(point);
                requireSame(
                        engines,
                        engine -> Twin.offer(engine, find(engine), point.time, point.value, known, point.reference));
            }
            knowledgeTimes.add(knowledgeTime);
        }
    }

    /** All engines must take the operation, or refuse it for the same reason. */
    private void requireSame(final List<Engine> engines, final ToLongFunction<Engine> operation) {
        final Set<Outcome> outcomes = new HashSet<>();
        for (final Engine engine : engines) {
            outcomes.add(engine.awaitOutcome(operation.applyAsLong(engine)));
        }
        assertEquals(1, outcomes.size(), () -> definition + " " + outcomes);
    }

    private Offered next(final Offered before) {
        if (before == null || random.nextInt(3) > 0) {
            return new Offered(stream.time(), stream.value(), stream.reference());
        }
        return new Offered(
                before.time,
                random.nextInt(3) == 0 ? before.value : stream.value(),
                random.nextInt(4) == 0 ? stream.reference() : before.reference);
    }

    /** Forgets part of the history. */
    void forget(final List<Engine> engines) {
        final Retention retention = Retention.versions(random.nextInt(5));
        engines.forEach(engine -> engine.series().retain(definition.key(), retention));
    }

    /** Closes the series if that is possible, in some cases with a successor, at once or later. */
    void close(final Engine engine, final ImageStream next) {
        final LifeEnd end = LifeEnd.at(Instants.MAX - random.nextInt(2)).knownAt(knowledgeTime + 10);
        final LifeEnd linked = end.followedBy(next.find(engine));
        knowledgeTimes.add(knowledgeTime + 10);
        knowledgeTime += 15;
        try {
            if (random.nextBoolean()) {
                engine.series().close(find(engine), random.nextBoolean() ? end : linked);
            } else {
                engine.series().close(find(engine), end);
                engine.series().close(find(engine), linked.knownAt(knowledgeTime));
            }
        } catch (final IllegalArgumentException | IllegalStateException e) {
            // The other series is of another kind, closed or linked already, or a point lies at the end.
            return;
        }
    }

    /** An instant worth a read. */
    long instant() {
        if (offered.isEmpty() || random.nextInt(5) == 0) {
            return stream.time();
        }
        final long time = offered.get(random.nextInt(offered.size())).time;
        return Math.max(Instants.MIN, Math.min(Instants.MAX, time + random.nextInt(5) - 2));
    }

    /** A knowledge time worth a read. */
    long known() {
        if (knowledgeTimes.isEmpty() || random.nextInt(5) == 0) {
            return random.nextBoolean() ? Instants.ALL_KNOWN : knowledgeTime + 20;
        }
        return knowledgeTimes.get(random.nextInt(knowledgeTimes.size())) + random.nextInt(3) - 1;
    }

    Window window() {
        return stream.windows().get(random.nextInt(stream.windows().size()));
    }
}
