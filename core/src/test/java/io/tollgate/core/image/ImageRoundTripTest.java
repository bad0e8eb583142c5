package io.tollgate.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An engine with random contents, and one that has loaded its image: both give the same answers, at any instant and as
 * known at any time, take or refuse the same points from then on, and have the same image.
 */
class ImageRoundTripTest {
    private static final int SERIES = 8;
    private static final int ANSWERS = 10;
    private static final long SYSTEM_NS = 1_000;

    @TempDir
    private Path directory;

    private final long seed = TestSeed.of("image");
    private final Random random = new Random(seed);
    private ClockMode mode;

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameAnswersAfterALoad(final ClockMode clockMode) {
        mode = clockMode;
        for (int round = 0; round < TestEffort.times(2); round++) {
            try (Engine engine = launch(context());
                    Engine other = launch(context())) {
                final List<ImageStream> streams = fill(engine);
                final byte[] image = imageOf(engine);
                assertEquals(streams.size(), other.images().loadAll(new ByteArrayInputStream(image)));
                requireSame(engine, other, streams);
                // Both go on.
                streams.forEach(stream -> stream.offer(random.nextInt(30), List.of(engine, other)));
                requireSame(engine, other, streams);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameAnswersAfterALoadAndAnOpening(final ClockMode clockMode) {
        mode = clockMode;
        final Path path = directory.resolve("loaded");
        try (Engine engine = launch(context())) {
            final List<ImageStream> streams = fill(engine);
            try (Engine other = launch(context().directory(path))) {
                other.images().loadAll(new ByteArrayInputStream(imageOf(engine)));
            }
            try (Engine other = launch(context().directory(path))) {
                requireSame(engine, other, streams);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveOneSeriesAtATime(final ClockMode clockMode) {
        mode = clockMode;
        try (Engine engine = launch(context());
                Engine other = launch(context())) {
            final List<ImageStream> streams = fill(engine);
            for (final ImageStream stream : shuffled(streams)) {
                final byte[] image = engine.images().write(stream.find(engine));
                final Series loaded = other.images().load(image);
                assertEquals(stream.find(engine).definition().key(), loaded.key());
            }
            streams.forEach(stream -> assertArrayEquals(
                    engine.images().write(stream.find(engine)),
                    other.images().write(stream.find(other)),
                    () -> "seed=" + seed + " series=" + stream.definition()));
            requireSameAnswers(engine, other, streams);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameImageToAView(final ClockMode clockMode) throws IOException {
        mode = clockMode;
        final Path path = directory.resolve("viewed");
        final byte[] image;
        try (Engine engine = launch(context().directory(path))) {
            fill(engine);
            image = imageOf(engine);
            assertArrayEquals(image, viewedImageOf(path), () -> "seed=" + seed);
        }
        assertArrayEquals(image, viewedImageOf(path), () -> "seed=" + seed);
    }

    private static byte[] viewedImageOf(final Path path) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DirectoryView view = DirectoryView.open(path)) {
            view.writeImage(SeriesPattern.ANY, out, count -> {});
        }
        return out.toByteArray();
    }

    private List<ImageStream> shuffled(final List<ImageStream> streams) {
        final List<ImageStream> shuffled = new ArrayList<>(streams);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private EngineContext context() {
        return TestContext.stepped(mode).clock(() -> SYSTEM_NS);
    }

    private static Engine launch(final EngineContext context) {
        return TollgateEngine.launch(context.refusalHandler(refusal -> {}));
    }

    private List<ImageStream> fill(final Engine engine) {
        final List<ImageStream> streams = new ArrayList<>();
        final List<Engine> only = List.of(engine);
        for (int i = 0; i < SERIES; i++) {
            final ImageStream stream = new ImageStream(random, "image." + i % 3 + '.' + (i - 4));
            streams.add(stream);
            Twin.define(engine, stream.definition());
            stream.offer(random.nextInt(i == 0 ? 1_500 : 60), only);
            if (random.nextBoolean()) {
                stream.forget(only);
                stream.offer(random.nextInt(20), only);
            }
            if (random.nextInt(3) == 0) {
                engine.series()
                        .register(WindowRegistration.of("image.*." + (i - 4))
                                .withWindows(Window.slidingNs(1 + random.nextInt(50)), Window.last(4))
                                .withShapes());
            }
        }
        for (final ImageStream stream : streams) {
            if (random.nextInt(3) == 0) {
                stream.close(engine, streams.get(random.nextInt(SERIES)));
                stream.offer(random.nextInt(5), only);
            }
        }
        return streams;
    }

    private static byte[] imageOf(final Engine engine) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.images().writeAll(out);
        return out.toByteArray();
    }

    private void requireSame(final Engine engine, final Engine other, final List<ImageStream> streams) {
        assertArrayEquals(imageOf(engine), imageOf(other), () -> "seed=" + seed);
        assertEquals(engine.now(), other.now(), () -> "seed=" + seed);
        requireSameAnswers(engine, other, streams);
    }

    private void requireSameAnswers(final Engine engine, final Engine other, final List<ImageStream> streams) {
        final TestReader reader = new TestReader(engine.newReader());
        final TestReader otherReader = new TestReader(other.newReader());
        for (final ImageStream stream : streams) {
            for (int i = 0; i < ANSWERS; i++) {
                final Window window = stream.window();
                final long at = stream.instant();
                final long known = stream.known();
                assertEquals(
                        answer(engine, reader, stream.find(engine), window, at, known),
                        answer(other, otherReader, stream.find(other), window, at, known),
                        () -> "seed=" + seed + " series=" + stream.definition() + " window=" + window + " atNs=" + at
                                + " knownAtNs=" + known);
            }
        }
    }

    private static String answer(
            final Engine engine,
            final TestReader reader,
            final Series series,
            final Window window,
            final long at,
            final long known) {
        final StringJoiner answer = new StringJoiner(" ");
        answer.add(new AnswerText(reader).of(series, window, at, known));
        final VersionReading versions = reader.newVersionReading(100);
        reader.readVersions(series, window, at, known, versions);
        answer.add("versions").add(versions.status().name()).add(Long.toString(versions.horizonNs()));
        for (int i = 0; i < versions.heldCount(); i++) {
            answer.add(versions.validTimeNs(i) + "=" + versions.scaledValue(i))
                    .add(versions.knowledgeTimeNs(i) + "-" + versions.endKnowledgeTimeNs(i))
                    .add(versions.reference(i) + (versions.isWithdrawn(i) ? " withdrawn" : ""));
        }
        final RevisionReading revisions = reader.newRevisionReading();
        reader.readRevisions(series, window, at, known, revisions);
        answer.add(revisions.toString()).add(Double.toString(revisions.meanRevision()));
        final LifeReading life = reader.life(series, known);
        answer.add("life").add(life.status().name()).add(life.startNs() + "-" + life.endNs());
        answer.add(Long.toString(life.endKnownAtNs()));
        answer.add(keyOf(engine, life.predecessor())).add(keyOf(engine, life.successor()));
        return answer.toString();
    }

    private static String keyOf(final Engine engine, final long number) {
        return engine.series().find(number).map(Series::key).orElse("none");
    }
}
