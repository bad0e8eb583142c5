package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.PointSink;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.fixture.UpdateRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event without a reference is an event of its own. No reference of a caller identifies it. */
class UnreferencedEventTest {
    private static final long ALL_KNOWN = Instants.ALL_KNOWN;
    private static final Window ALL = Window.slidingNs(1_000_000);
    private static final long AT = 1_000;

    /** More references than logged operations, in case the engine numbers its events. */
    private static final int REFERENCES = 16;

    private final List<String> refusals = new ArrayList<>();

    @TempDir
    Path temporary;

    /** An event of the model. Its end is Instants.NONE while it is effective. */
    private record Event(long time, long reference, long value, long knowledge, long end) {
        boolean isKnownAt(final long known) {
            return knowledge <= known && (end == Instants.NONE || end > known);
        }

        String text() {
            return time + " " + reference + " " + value;
        }
    }

    @Test
    void shouldCountBesideEventsOfAnyReference() {
        try (Engine engine = launch(temporary.resolve("data"))) {
            final FlowSeries events = define(engine);
            final Publisher publisher = engine.publisher();
            long known = 0;
            offer(publisher, events, 1_000, ++known, Publisher.NO_REFERENCE);
            for (long reference = -REFERENCES; reference <= REFERENCES; reference++) {
                offer(publisher, events, 1, ++known, reference);
            }
            offer(publisher, events, 1, ++known, Long.MAX_VALUE);
            offer(publisher, events, 1, ++known, Publisher.NO_REFERENCE + 1);
            offer(publisher, events, 2_000, ++known, Publisher.NO_REFERENCE);
            engine.awaitApplied(offer(publisher, events, 4_000, ++known, Publisher.NO_REFERENCE));
            final int given = 2 * REFERENCES + 3;
            assertEquals(7_000 + given, sum(engine, events, ALL_KNOWN));
            assertEquals(3 + given, points(engine, events, ALL_KNOWN).size());

            withdraw(publisher, events, ++known, Long.MAX_VALUE);
            withdraw(publisher, events, ++known, Publisher.NO_REFERENCE + 1);
            for (long reference = -REFERENCES; reference <= REFERENCES; reference++) {
                offer(publisher, events, 10, ++known, reference);
                engine.awaitApplied(withdraw(publisher, events, ++known, reference));
            }
            assertEquals(List.of(), refusals);
            assertEquals(7_000, sum(engine, events, ALL_KNOWN));
            final String none = "100 " + Publisher.NO_REFERENCE + " ";
            assertEquals(
                    List.of(none + "1000", none + "2000", none + "4000"),
                    points(engine, events, ALL_KNOWN).stream().sorted().toList());
            assertEquals(1_000, sum(engine, events, 1));
        }
    }

    private static long offer(
            final Publisher publisher,
            final FlowSeries events,
            final long value,
            final long known,
            final long reference) {
        return KnownPoint.offer(publisher, events, 100, value, known, reference);
    }

    private static long withdraw(
            final Publisher publisher, final FlowSeries events, final long known, final long reference) {
        return publisher
                .point(events)
                .validAt(100)
                .knownAt(known)
                .reference(reference)
                .withdraw();
    }

    @Test
    void shouldRefuseAWithdrawalThatNamesNoEvent() {
        try (Engine engine = launch(temporary.resolve("data"))) {
            final FlowSeries events = define(engine);
            final Publisher publisher = engine.publisher();
            KnownPoint.offer(publisher, events, 100, 1, 1);
            KnownPoint.offer(publisher, events, 100, 2, 2);
            for (long reference = -REFERENCES; reference <= REFERENCES; reference++) {
                publisher
                        .point(events)
                        .validAt(100)
                        .knownAt(3)
                        .reference(reference)
                        .withdraw();
            }
            engine.awaitApplied(publisher.point(events).validAt(100).knownAt(3).withdraw());
            assertEquals(2 * REFERENCES + 2, refusals.size());
            assertEquals("NO_SUCH_POINT 100 " + Publisher.NO_REFERENCE, refusals.get(2 * REFERENCES + 1));
            assertEquals(3, sum(engine, events, ALL_KNOWN));
            engine.admin()
                    .audit()
                    .readRefusals(refusal ->
                            assertEquals("NO_SUCH_POINT", refusal.reason().name()));
        }
    }

    /** The engine may collect several operations of an instant in its journal before it applies them. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWithdrawTheOnlyEventOfAnInstantThatIsYetToBeApplied(final boolean isBatch) {
        try (Engine engine = launch(temporary.resolve("data"))) {
            final FlowSeries events = define(engine);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            final PointSink intake = isBatch ? batch : engine.publisher();
            KnownPoint.offer(intake, events, 100, 1, 1);
            intake.point(events).validAt(100).knownAt(2).withdraw();
            KnownPoint.offer(intake, events, 100, 2, 3);
            intake.point(events).validAt(100).knownAt(4).withdraw();
            KnownPoint.offer(intake, events, 100, 4, 5);
            final long last = KnownPoint.offer(intake, events, 200, 8, 6);
            engine.awaitApplied(isBatch ? batch.commit() : last);
            assertEquals(List.of(), refusals);
            final List<Long> sums = new ArrayList<>();
            for (long known = 1; known <= 6; known++) {
                sums.add((long) sum(engine, events, known));
            }
            assertEquals(List.of(1L, 0L, 2L, 0L, 4L, 12L), sums);
        }
    }

    @Test
    void shouldSayThatThereIsNoReferenceInEachReading() {
        try (Engine engine = launch(temporary.resolve("data"))) {
            final FlowSeries events = define(engine);
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            Subscription.of("sums", "events")
                                    .withMetrics(WatchedMetric.of(Window.slidingNs(500), Metric.SUM)),
                            QueueOptions.DEFAULT);
            final Publisher publisher = engine.publisher();
            KnownPoint.offer(publisher, events, 0, 1, 1);
            publisher.point(events).validAt(0).knownAt(2).withdraw();
            KnownPoint.offer(publisher, events, 0, 2, 3);
            engine.awaitApplied(KnownPoint.offer(publisher, events, AT + 1, 4, 4));
            final List<UpdateRecorder.Recorded> recorded =
                    new UpdateRecorder().drain(queue).recorded();
            recorded.forEach(update -> assertEquals(Publisher.NO_REFERENCE, update.reference()));
            assertTrue(recorded.size() >= 3, () -> recorded.toString());

            final TestReader reader = new TestReader(engine.newReader());
            final PendingReading pending = reader.newPendingReading(1);
            reader.readPending(events, AT, pending);
            assertEquals(Publisher.NO_REFERENCE, pending.reference(0));
            final VersionReading versions = reader.newVersionReading(10);
            reader.readVersions(events, ALL, AT, ALL_KNOWN, versions);
            assertEquals(2, versions.count());
            assertEquals(Publisher.NO_REFERENCE, versions.reference(0));
            assertEquals(2, versions.endKnowledgeTimeNs(0));
            assertEquals(Publisher.NO_REFERENCE, versions.reference(1));
            final RevisionReading revisions = reader.newRevisionReading();
            reader.readRevisions(events, ALL, AT, ALL_KNOWN, revisions);
            assertEquals(2, revisions.pointCount(), "each is an event of its own");
            assertEquals(0, revisions.revisionCount());
            assertEquals(1, revisions.withdrawalCount());
        }
    }

    @Test
    void shouldAnswerAsAModelDoesNowThenAndOpenedAgain() throws IOException {
        final Path data = temporary.resolve("data");
        final Path killed = temporary.resolve("killed");
        final long seed = TestSeed.of("unreferenced events");
        final Random random = new Random(seed);
        final List<Event> model = new ArrayList<>();
        try (Engine engine = launch(data)) {
            final FlowSeries events = define(engine);
            for (long known = 1; known <= 3_000; known++) {
                feed(engine, events, model, known, random);
            }
            compare(engine, model, random, "seed=" + seed);
            new DamagedDirectory(data).copyTo(killed);
        }
        try (Engine engine = launch(data)) {
            compare(engine, model, random, "closed, seed=" + seed);
            feed(engine, (FlowSeries) engine.series().find("events").orElseThrow(), model, 3_001, random);
            compare(engine, model, random, "closed and gone on, seed=" + seed);
        }
        model.removeIf(event -> event.knowledge() > 3_000);
        model.replaceAll(event -> event.end() <= 3_000
                ? event
                : new Event(event.time(), event.reference(), event.value(), event.knowledge(), Instants.NONE));
        try (Engine engine = launch(killed)) {
            compare(engine, model, random, "killed, seed=" + seed);
        }
    }

    /** Three instants have many events. Each other instant has at most one event at a time. */
    private void feed(
            final Engine engine,
            final FlowSeries events,
            final List<Event> model,
            final long known,
            final Random random) {
        final long time = random.nextInt(4) == 0 ? random.nextInt(3) : 10 + random.nextInt(200);
        final long reference = random.nextInt(3) == 0 ? random.nextInt(REFERENCES) : Publisher.NO_REFERENCE;
        final List<Event> named = model.stream()
                .filter(event -> event.time() == time && event.end() == Instants.NONE)
                .filter(event -> reference == Publisher.NO_REFERENCE || event.reference() == reference)
                .toList();
        final boolean isWithdrawal = named.size() == 1 && (time >= 10 || random.nextBoolean());
        if (isWithdrawal || reference != Publisher.NO_REFERENCE && !named.isEmpty()) {
            final Event before = named.get(0);
            model.set(
                    model.indexOf(before),
                    new Event(time, before.reference(), before.value(), before.knowledge(), known));
        }
        final Publisher publisher = engine.publisher();
        if (isWithdrawal) {
            engine.awaitApplied(publisher
                    .point(events)
                    .validAt(time)
                    .knownAt(known)
                    .reference(reference)
                    .withdraw());
        } else {
            // The values differ, so the test can tell the events apart.
            engine.awaitApplied(KnownPoint.offer(publisher, events, time, known, known, reference));
            model.add(new Event(time, reference, known, known, Instants.NONE));
        }
        assertEquals(List.of(), refusals);
    }

    private static void compare(final Engine engine, final List<Event> model, final Random random, final String where) {
        final FlowSeries events = (FlowSeries) engine.series().find("events").orElseThrow();
        for (int i = 0; i < 40; i++) {
            final long known = i == 0 ? ALL_KNOWN : random.nextInt(3_002);
            final List<Event> expected =
                    model.stream().filter(event -> event.isKnownAt(known)).toList();
            final String what = where + " known=" + known;
            final List<String> points = points(engine, events, known);
            assertEquals(
                    expected.stream().map(Event::text).sorted().toList(),
                    points.stream().sorted().toList(),
                    what);
            assertEquals(expected.stream().mapToLong(Event::value).sum(), sum(engine, events, known), what);
            for (long time = 0; time < 3; time++) {
                final long instant = time;
                assertEquals(
                        expected.stream()
                                .filter(event -> event.time() == instant)
                                .mapToLong(Event::value)
                                .sum(),
                        sum(engine, events, Window.slidingNs(1), instant, known),
                        what);
            }
        }
    }

    private Engine launch(final Path data) {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE, data)
                .refusalHandler(refusal ->
                        refusals.add(refusal.reason() + " " + refusal.validTimeNs() + " " + refusal.reference())));
    }

    private static FlowSeries define(final Engine engine) {
        return engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
    }

    private static double sum(final Engine engine, final FlowSeries events, final long known) {
        return sum(engine, events, ALL, AT, known);
    }

    private static double sum(
            final Engine engine, final FlowSeries events, final Window window, final long at, final long known) {
        final TestReader reader = new TestReader(engine.newReader());
        final WindowReading reading = reader.window(events, window, at, known);
        return reading.count() == 0 ? 0 : reading.value(Metric.SUM);
    }

    private static List<String> points(final Engine engine, final FlowSeries events, final long known) {
        final TestReader reader = new TestReader(engine.newReader());
        final VersionReading points = reader.newVersionReading(4_000);
        reader.readPoints(events, ALL, AT, known, points);
        final List<String> listed = new ArrayList<>();
        for (int i = 0; i < points.count(); i++) {
            listed.add(points.validTimeNs(i) + " " + points.reference(i) + " " + points.scaledValue(i));
        }
        return listed;
    }
}
