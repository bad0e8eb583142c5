package io.tollgate.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.LimitExceededException;
import io.tollgate.api.Outcome;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contents of images, case by case, and the loads that an engine refuses. */
class SeriesImageTest {
    private static final Window WHOLE = Window.slidingNs(1_000);

    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));
    private final Engine other = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));

    @AfterEach
    void close() {
        engine.close();
        other.close();
    }

    private Series move(final Series series) {
        final byte[] image = engine.images().write(series);
        final Series loaded = other.images().load(image);
        assertArrayEquals(image, other.images().write(loaded));
        return loaded;
    }

    private static List<String> versions(final Engine engine, final Series series) {
        final TestReader reader = new TestReader(engine.newReader());
        final VersionReading reading = reader.newVersionReading(100);
        reader.readVersions(series, WHOLE, 500, Instants.ALL_KNOWN, reading);
        final List<String> versions = new ArrayList<>();
        for (int i = 0; i < reading.heldCount(); i++) {
            final long end = reading.endKnowledgeTimeNs(i);
            versions.add(reading.validTimeNs(i) + "=" + reading.scaledValue(i) + " known "
                    + reading.knowledgeTimeNs(i) + ".." + (end == Instants.NONE ? "" : end)
                    + (reading.isWithdrawn(i) ? " withdrawn" : ""));
        }
        return versions;
    }

    private static void withdraw(
            final Engine engine, final Series series, final long time, final long known, final long reference) {
        engine.awaitApplied(engine.publisher()
                .point(series)
                .validAt(time)
                .knownAt(known)
                .reference(reference)
                .withdraw());
    }

    @Test
    void shouldKeepSeveralRevisionsOfOneKnowledgeTimeInTheirOrder() {
        final StepSeries series = engine.defineStep(SeriesDefinition.step("s", Unit.PERCENT, 0));
        for (int i = 0; i < 4; i++) {
            KnownPoint.apply(engine, series, 5, 4 - i, 7);
        }
        withdraw(engine, series, 5, 7, Publisher.NO_REFERENCE);
        KnownPoint.apply(engine, series, 5, 1, 7);
        assertEquals(
                List.of(
                        "5=4 known 7..7",
                        "5=3 known 7..7",
                        "5=2 known 7..7",
                        "5=1 known 7..7 withdrawn",
                        "5=1 known 7.."),
                versions(other, move(series)));
    }

    @Test
    void shouldAddToATotalWhatWasAdded() {
        final FlowSeries series =
                engine.defineFlow(SeriesDefinition.flow("s", Unit.COUNT, 0).withDuplicates(DuplicatePolicy.SUM));
        KnownPoint.apply(engine, series, 5, 10, 1);
        KnownPoint.apply(engine, series, 5, 0, 2);
        KnownPoint.apply(engine, series, 5, -25, 3);
        withdraw(engine, series, 5, 4, Publisher.NO_REFERENCE);
        KnownPoint.apply(engine, series, 5, 8, 5);
        final Series loaded = move(series);
        KnownPoint.apply(other, loaded, 5, 1, 6);
        assertEquals(
                List.of(
                        "5=10 known 1..2",
                        "5=10 known 2..3",
                        "5=-15 known 3..4 withdrawn",
                        "5=8 known 5..6",
                        "5=9 known 6.."),
                versions(other, loaded));
    }

    @Test
    void shouldKeepEqualEventsWithoutReferences() {
        final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("s", Unit.COUNT, 0));
        KnownPoint.apply(engine, series, 5, 3, 1, 9);
        withdraw(engine, series, 5, 1, 9);
        KnownPoint.apply(engine, series, 5, 3, 1);
        withdraw(engine, series, 5, 1, Publisher.NO_REFERENCE);
        KnownPoint.apply(engine, series, 5, 4, 1);
        KnownPoint.apply(engine, series, 5, 3, 1);
        KnownPoint.apply(engine, series, 5, 3, 2);
        final Series loaded = move(series);
        assertEquals(versions(engine, series), versions(other, loaded));
        assertEquals(5, versions(other, loaded).size());
    }

    @Test
    void shouldForgetWhatWasForgotten() {
        final StepSeries series = engine.defineStep(SeriesDefinition.step("s", Unit.PERCENT, 0));
        KnownPoint.apply(engine, series, 5, 1, 1);
        KnownPoint.apply(engine, series, 6, 2, 3);
        withdraw(engine, series, 6, 10, Publisher.NO_REFERENCE);
        assertEquals(1, engine.series().retain("s", Retention.versions(0)));
        KnownPoint.apply(engine, series, 5, 2, 10);
        final StepSeries loaded = (StepSeries) move(series);
        assertEquals(List.of("5=1 known 1..10", "5=2 known 10.."), versions(other, loaded));
        final TestReader reader = new TestReader(other.newReader());
        assertEquals(Status.FORGOTTEN, reader.level(loaded, 6, 9).status());
        assertEquals(2, reader.level(loaded, 6, 10).scaledValue());
    }

    /** A point that changes nothing leaves no version, but later ones may not become known before it. */
    @Test
    void shouldKeepTheLastKnowledgeTime() {
        final StepSeries series = engine.defineStep(SeriesDefinition.step("s", Unit.PERCENT, 0));
        KnownPoint.apply(engine, series, 5, 1, 1);
        KnownPoint.apply(engine, series, 5, 1, 30);
        final Series loaded = move(series);
        assertEquals(30, other.now());
        assertEquals(
                Outcome.refused(RefusalReason.KNOWLEDGE_DECREASES),
                other.awaitOutcome(KnownPoint.offer(other.publisher(), loaded, 6, 1, 29)));
        assertEquals(Outcome.APPLIED, other.awaitOutcome(KnownPoint.offer(other.publisher(), loaded, 6, 1, 30)));
    }

    @Test
    void shouldLinkSeriesInAnyOrderOfLoading() {
        final StepSeries first = engine.defineStep(SeriesDefinition.step("first", Unit.PERCENT, 0));
        final StepSeries second = engine.defineStep(SeriesDefinition.step("second", Unit.PERCENT, 0));
        final StepSeries third = engine.defineStep(SeriesDefinition.step("third", Unit.PERCENT, 0));
        KnownPoint.apply(engine, second, 20, 1, 1);
        engine.series().close(first, LifeEnd.at(10).knownAt(5).followedBy(second));
        engine.series().close(second, LifeEnd.at(30).knownAt(6));
        engine.series().close(second, LifeEnd.at(30).knownAt(8).followedBy(third));
        final List<Series> all = List.of(first, second, third);
        for (final int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            try (Engine target = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE))) {
                for (final int i : order) {
                    target.images().load(engine.images().write(all.get(i)));
                }
                for (final Series series : all) {
                    assertArrayEquals(
                            engine.images().write(series),
                            target.images()
                                    .write(target.series().find(series.key()).orElseThrow()),
                            series.key());
                }
                final Series loaded = target.series().find("second").orElseThrow();
                final TestReader reader = new TestReader(target.newReader());
                assertEquals(
                        Series.NO_NUMBER,
                        reader.life(loaded, 7).successor(),
                        "as known before the successor was named");
                assertEquals(
                        target.series().find("third").orElseThrow().number(),
                        reader.life(loaded, 8).successor());
            }
        }
    }

    @Test
    void shouldLinkSeriesThatAreThereAndEmpty() {
        final SeriesDefinition nextDefinition = SeriesDefinition.step("next", Unit.PERCENT, 0);
        final StepSeries first = engine.defineStep(SeriesDefinition.step("first", Unit.PERCENT, 0));
        final StepSeries next = engine.defineStep(nextDefinition);
        KnownPoint.apply(engine, next, 20, 1, 1);
        engine.series().close(first, LifeEnd.at(10).knownAt(5).followedBy(next));
        other.defineStep(nextDefinition);
        move(first);
        move(next);
    }

    @Test
    void shouldRefuseASeriesThatHasPoints() {
        final StepSeries series = engine.defineStep(SeriesDefinition.step("s", Unit.PERCENT, 0));
        KnownPoint.apply(engine, series, 5, 1, 1);
        final byte[] image = engine.images().write(series);
        final IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> engine.images().load(image));
        assertTrue(
                refused.getMessage().startsWith("series=s points=1 lastKnowledgeTime=1, expected"), refused::toString);
        // An empty one of the same definition is filled.
        other.defineStep(SeriesDefinition.step("s", Unit.PERCENT, 0).withWindows(WHOLE));
        assertEquals(versions(engine, series), versions(other, other.images().load(image)));
    }

    /** The image of a series is read while the engine loads the one before. */
    @Test
    void shouldReportARefusedSeriesBeforeADamagedOneThatFollows() {
        for (final String key : List.of("a", "b", "c")) {
            KnownPoint.apply(engine, engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0)), 5, 1, 1);
        }
        KnownPoint.apply(other, other.defineStep(SeriesDefinition.step("b", Unit.PERCENT, 0)), 5, 1, 1);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.images().writeAll(out);
        final byte[] image = out.toByteArray();
        image[image.length - 1]++;
        final InputStream in = new ByteArrayInputStream(image);
        final IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> other.images().loadAll(in));
        assertTrue(refused.getMessage().startsWith("series=b points=1"), refused::toString);
        final Series loaded = other.series().find("a").orElseThrow();
        assertEquals(versions(engine, engine.series().find("a").orElseThrow()), versions(other, loaded));
        assertTrue(other.series().find("c").isEmpty());
    }

    @Test
    void shouldRefuseASeriesThatIsDefinedOtherwise() {
        final StepSeries series = engine.defineStep(SeriesDefinition.step("s", Unit.PERCENT, 0));
        final byte[] image = engine.images().write(series);
        other.defineStep(SeriesDefinition.step("s", Unit.PERCENT, 1));
        assertThrows(IllegalStateException.class, () -> other.images().load(image));
    }

    @Test
    void shouldRefuseALinkThatAnotherSeriesHas() {
        final StepSeries first = engine.defineStep(SeriesDefinition.step("first", Unit.PERCENT, 0));
        final StepSeries next = engine.defineStep(SeriesDefinition.step("next", Unit.PERCENT, 0));
        engine.series().close(first, LifeEnd.at(10).knownAt(5).followedBy(next));
        final StepSeries old = other.defineStep(SeriesDefinition.step("old", Unit.PERCENT, 0));
        final StepSeries taken = other.defineStep(SeriesDefinition.step("next", Unit.PERCENT, 0));
        other.series().close(old, LifeEnd.at(10).knownAt(5).followedBy(taken));
        final byte[] image = engine.images().write(first);
        final IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> other.images().load(image));
        assertTrue(refused.getMessage().startsWith("series=first linkedTo=next, expected"), refused::toString);
        assertTrue(other.series().find("first").isEmpty());
    }

    @Test
    void shouldRefuseAnEngineOfAnotherClockMode() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.images().writeAll(out);
        try (Engine manual = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final IllegalStateException refused = assertThrows(
                    IllegalStateException.class,
                    () -> manual.images().loadAll(new ByteArrayInputStream(out.toByteArray())));
            assertEquals(
                    "clockMode=MANUAL imageClockMode=KNOWLEDGE, expected the same mode; launch the engine with"
                            + " clockMode(KNOWLEDGE)",
                    refused.getMessage());
        }
    }

    @Test
    void shouldTellSubscribersOfALoadedSeries() {
        final StepSeries series = engine.defineStep(SeriesDefinition.step("s", Unit.PERCENT, 0));
        KnownPoint.apply(engine, series, 5, 1, 6);
        KnownPoint.apply(engine, series, 7, 2, 8);
        final List<String> told = new ArrayList<>();
        final Subscription subscription = Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL);
        try (UpdateQueue queue = other.updates().subscribe(subscription, QueueOptions.DEFAULT)) {
            other.images().load(engine.images().write(series));
            queue.poll(update -> told.add(textOf(update)), 10);
        }
        assertEquals(List.of("1 of 5", "2 of 7"), told);
    }

    @Test
    void shouldRefuseToWriteALongerImageThanCanBeRead() {
        final LimitExceededException refused = assertThrows(
                LimitExceededException.class,
                () -> ImageFrame.requireLength(ImageFrame.Type.SERIES, "series=s", ImageFrame.MAX_LENGTH));
        assertEquals(ImageFrame.MAX_LENGTH, refused.maximum());
        ImageFrame.requireLength(ImageFrame.Type.SERIES, "series=s", ImageFrame.MAX_LENGTH - 4);
    }

    private static String textOf(final Update update) {
        return update.newScaledValue() + " of " + update.validTimeNs();
    }
}
