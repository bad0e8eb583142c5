package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.LifeReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Retention;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.VersionReading;
import io.tollgate.api.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Numbered operations in series that end: each is a batch with an event and a change of a level. After some of them
 * both series are closed and followed by two others, and of the level that ended a part of the history is forgotten.
 * What an engine holds after n operations and c endings is known, and it tells both.
 */
final class Lives {
    /** Operations between two endings. */
    static final int LENGTH = 30;

    private static final int LANE = 99;
    private static final Window WHOLE = Window.slidingNs(1L << 40);

    private final Engine engine;
    private final Batch batch;
    private FlowSeries events;
    private StepSeries level;
    private long current = -1;
    private long lastTicket;

    /** Whose endings are made, where they may be less than all. */
    private Optional<Engine> model = Optional.empty();

    Lives(final Engine engine) {
        this.engine = engine;
        batch = engine.publisher().newBatch();
    }

    private static String eventsKey(final long life) {
        return "life.events." + life;
    }

    private static String levelKey(final long life) {
        return "life.level." + life;
    }

    private static Series find(final Engine engine, final String key) {
        return engine.find(key).orElseThrow(() -> new AssertionError("series=" + key + " is not there"));
    }

    /** Does all that comes before the operation of a number, offers it until it is taken, and gives its ticket. */
    long offer(final long number) {
        final long life = number / LENGTH;
        if (life != current) {
            if (life > 0 && model.isPresent()) {
                endAs(model.get(), life - 1);
            } else if (life > 0) {
                end(life - 1);
            }
            define(life);
        }
        long ticket = tryOffer(number);
        while (ticket == Publisher.BACK_PRESSURED) {
            engine.awaitApplied(lastTicket);
            ticket = tryOffer(number);
        }
        assertTrue(ticket > 0, Publisher.describe(ticket));
        lastTicket = ticket;
        return ticket;
    }

    private void define(final long life) {
        events = engine.defineFlow(SeriesDefinition.flow(eventsKey(life), Unit.COUNT, 0));
        level = engine.defineStep(SeriesDefinition.step(levelKey(life), Unit.PERCENT, 2)
                .withWindows(Window.slidingNs(173), Window.slidingNs(20_000)));
        current = life;
    }

    private long tryOffer(final long number) {
        if (batch.begin() < 0) {
            return Publisher.BACK_PRESSURED;
        }
        final long known = Lanes.knownBefore(number + 1);
        Lanes.change(batch, level, LANE, number, known);
        batch.offer(events, Lanes.SPACE_NS * number, 1, known, number);
        final long ticket = batch.commit();
        if (ticket < 0) {
            batch.abort();
        }
        return ticket;
    }

    /** Ends a life, unless that was done already, and waits until it is. */
    void end(final long life) {
        define(life + 1);
        endEvents(life);
        endLevel(life);
        forget(life);
    }

    private void endEvents(final long life) {
        engine.closeSeries(find(engine, eventsKey(life)), endOf(life, eventsKey(life + 1)));
    }

    private void endLevel(final long life) {
        engine.closeSeries(find(engine, levelKey(life)), endOf(life, levelKey(life + 1)));
    }

    /** Forgets what was restated in the first half of the life. */
    private void forget(final long life) {
        engine.retain(levelKey(life), Retention.since(Lanes.knownBefore(LENGTH * life + LENGTH / 2)));
    }

    private LifeEnd endOf(final long life, final String successor) {
        final long number = LENGTH * (life + 1);
        return LifeEnd.at(Lanes.SPACE_NS * number)
                .knownAt(Lanes.knownBefore(number))
                .followedBy(find(engine, successor));
    }

    /** How many operations an engine holds. */
    static long numberIn(final Engine engine) {
        long number = 0;
        for (long life = 0; engine.find(eventsKey(life)).isPresent(); life++) {
            final long count = PointCount.of(engine, eventsKey(life));
            number += count;
            if (count < LENGTH) {
                return number;
            }
        }
        return number;
    }

    /** How many lives have ended in an engine, with all that belongs to that. */
    static long endingsIn(final Engine engine) {
        long life = 0;
        while (isForgotten(engine, life)) {
            life++;
        }
        return life;
    }

    private static boolean isClosed(final Engine engine, final String key) {
        return engine.find(key).isPresent() && life(engine, find(engine, key)).endNs() != Publisher.NONE;
    }

    private static boolean isForgotten(final Engine engine, final long life) {
        final Series series = engine.find(levelKey(life)).orElse(null);
        return series != null && versions(engine, series).horizonNs() != Publisher.NONE;
    }

    private static LifeReading life(final Engine engine, final Series series) {
        final MetricReader reader = engine.newReader();
        final LifeReading life = reader.newLifeReading();
        reader.readLife(series, MetricReader.ALL_KNOWN, life);
        return life;
    }

    private static VersionReading versions(final Engine engine, final Series series) {
        final MetricReader reader = engine.newReader();
        final VersionReading versions = reader.newVersionReading(1);
        reader.readVersions(series, WHOLE, 1L << 39, MetricReader.ALL_KNOWN, versions);
        return versions;
    }

    /** Requires that an engine answers as one that was fed as much as it holds, and was never closed or killed. */
    static void requireSame(final Engine engine, final String what) {
        requireSame(engine, Optional.empty(), what);
    }

    /**
     * Requires that where the power has failed: what ends a life may be lost, if nobody has waited for the disk, though
     * operations behind it are there.
     */
    static void requireSameButEndings(final Engine engine, final String what) {
        requireSame(engine, Optional.of(engine), what);
    }

    private static void requireSame(final Engine engine, final Optional<Engine> model, final String what) {
        final long number = numberIn(engine);
        try (Engine twin = TollgateEngine.launch(Lanes.context().stepped(true))) {
            final Lives lives = new Lives(twin);
            lives.model = model;
            for (long i = 0; i < number; i++) {
                twin.awaitApplied(lives.offer(i));
            }
            if (number > 0 && (number % LENGTH == 0 || model.isPresent())) {
                lives.endAs(engine, (number - 1) / LENGTH);
            }
            final long newest = (number - 1) / LENGTH;
            for (long life = 0; life <= newest && number > 0; life++) {
                final long end = Math.min(number, LENGTH * (life + 1));
                for (final String key : new String[] {eventsKey(life), levelKey(life)}) {
                    final List<String> expected = answers(twin, key, end, life + 2 > newest);
                    final List<String> found = answers(engine, key, end, life + 2 > newest);
                    for (int i = 0; i < expected.size(); i++) {
                        final String wanted =
                                model.isPresent() ? withoutLostLinks(expected.get(i), found.get(i)) : expected.get(i);
                        assertEquals(wanted, found.get(i), what + " series=" + key + " number=" + number);
                    }
                }
            }
        }
    }

    /** What links two series may be lost of one of them: then neither tells of it. */
    private static String withoutLostLinks(final String expected, final String found) {
        String wanted = expected;
        for (final String link : new String[] {" predecessor=", " successor="}) {
            if (found.contains(link + "none")) {
                wanted = wanted.replaceAll(link + "\\S+", link + "none");
            }
        }
        return wanted;
    }

    /** Does as much of an ending as another engine has done. */
    private void endAs(final Engine other, final long life) {
        define(life + 1);
        if (isClosed(other, eventsKey(life))) {
            endEvents(life);
        }
        if (isClosed(other, levelKey(life))) {
            endLevel(life);
        }
        if (isForgotten(other, life)) {
            forget(life);
        }
    }

    private static List<String> answers(
            final Engine engine, final String key, final long end, final boolean isOneOfTheNewest) {
        final Series series = find(engine, key);
        final MetricReader reader = engine.newReader();
        final List<String> answers = new ArrayList<>();
        final LifeReading life = life(engine, series);
        answers.add("start=" + life.startNs() + " end=" + life.endNs() + " known=" + life.endKnownAtNs()
                + " predecessor=" + keyOf(engine, life.predecessor()) + " successor="
                + keyOf(engine, life.successor()));
        final VersionReading versions = versions(engine, series);
        answers.add("horizon=" + versions.horizonNs() + " versions=" + versions.count());
        answers.add(new AnswerText(reader).of(series, WHOLE, Lanes.SPACE_NS * (end + 1), Instants.MAX));
        if (isOneOfTheNewest) {
            answers.addAll(Lanes.answers(reader, series, end, Instants.MAX));
        }
        return answers;
    }

    private static String keyOf(final Engine engine, final long number) {
        return number == Publisher.NONE
                ? "none"
                : engine.find(number).map(Series::key).orElse("unknown");
    }
}
