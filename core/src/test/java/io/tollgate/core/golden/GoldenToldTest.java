package io.tollgate.core.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.UpdateRecorder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image of an engine with groups, subscriptions and watches does not change, nor the log of an engine that has
 * loaded it. The operations of this class made the golden files, so do not change them.
 */
class GoldenToldTest {
    private static final GoldenFiles GOLDEN = new GoldenFiles("told-v1");
    private static final String IMAGES = "images";
    private static final String KILLED = "told-killed";
    private static final String ENGINE = "engine";
    private static final Window WINDOW = Window.slidingNs(50);
    private static final Subscription SUBSCRIPTION = Subscription.of("levels", "rate.*")
            .withMetrics(WatchedMetric.LEVEL, WatchedMetric.of(WINDOW, Metric.MEAN))
            .withWatches(
                    Watch.above(WatchedMetric.LEVEL, 0.15).withClear(0.1),
                    Watch.above(WatchedMetric.of(WINDOW, Metric.MEAN), 0.12).withFor(Duration.ofNanos(5)))
            .withEvery(Duration.ofSeconds(1));

    @TempDir
    private Path temporary;

    private static byte[] imageOf(final Engine engine) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.images().writeAll(out);
        return out.toByteArray();
    }

    private static StepSeries find(final Engine engine, final String key) {
        return (StepSeries) engine.series().find(key).orElseThrow();
    }

    private static WatchSet watches(final Engine engine) {
        final Group group = Group.of(GroupMember.of(find(engine, "rate.10")), GroupMember.of(find(engine, "rate.20")));
        return WatchSet.of("panels", Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 0.14));
    }

    private static Engine filled() {
        final Engine engine = TollgateEngine.launch(ExamplePoints.context());
        for (final String key : List.of("rate.20", "rate.10", "weight.20", "weight.10")) {
            engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 2));
        }
        final LevelPattern rates = new LevelPattern("rate.*", Unit.PERCENT, 2);
        final LevelPattern weights = new LevelPattern("weight.*", Unit.PERCENT, 2);
        final Concordance codes = Concordance.of(Recoding.renamed(40, "20", "30"));
        final Group group = Group.of(GroupMember.of(find(engine, "rate.10"), find(engine, "weight.10"))
                        .withCode("10")
                        .withInterval(5, 500))
                .withWeightsFixedAt(8);
        engine.series().register(group);
        engine.series().register(Hierarchy.byPrefix(group, 1).withBranches(Branch.of("1", "top")));
        engine.series().register(Group.fitting(MemberPattern.of(rates, weights).withConcordance(codes)));
        KnownPoint.apply(engine, find(engine, "weight.10"), 1, 100, 1);
        engine.updates().subscribe(SUBSCRIPTION, QueueOptions.DEFAULT).close();
        engine.updates().subscribe(watches(engine), QueueOptions.DEFAULT).close();
        for (int i = 1; i < 12; i++) {
            final StepSeries changed = find(engine, i % 3 == 0 ? "rate.10" : "rate.20");
            KnownPoint.apply(engine, changed, 10 * i, 7 * i % 20, 10 * i + 3);
            engine.step();
        }
        return engine;
    }

    /** Subscribes again, offers points, and returns all updates. */
    private static List<String> goOn(final Engine engine) {
        final UpdateRecorder recorder = new UpdateRecorder();
        try (UpdateQueue levels = engine.updates().subscribe(SUBSCRIPTION, QueueOptions.DEFAULT);
                UpdateQueue panels = engine.updates().subscribe(watches(engine), QueueOptions.DEFAULT)) {
            for (int i = 0; i < 8; i++) {
                KnownPoint.apply(engine, find(engine, "rate.10"), 100 + 15 * i, 9 * i % 25, 200 + 15 * i);
                engine.step();
            }
            recorder.drain(levels).drain(panels);
        }
        return recorder.recorded().stream()
                .map(update -> update.number() + " " + update.revision() + " " + update.type() + " " + update.change())
                .toList();
    }

    private Map<String, Map<String, byte[]>> written() throws IOException {
        final Map<String, Map<String, byte[]>> zips = new TreeMap<>();
        final byte[] image;
        try (Engine engine = filled()) {
            image = imageOf(engine);
        }
        zips.put(IMAGES, Map.of(ENGINE, image));
        final Path directory = temporary.resolve("told");
        final Path copy = temporary.resolve("copy");
        try (Engine engine = TollgateEngine.launch(ExamplePoints.context(directory))) {
            engine.images().loadAll(new ByteArrayInputStream(image));
            new DamagedDirectory(directory).copyTo(copy);
        }
        zips.put(KILLED, GoldenFiles.filesOf(copy));
        return zips;
    }

    @Test
    void shouldContinueFromTheImage() throws IOException {
        final byte[] image = GOLDEN.files(IMAGES).get(ENGINE);
        try (Engine engine = TollgateEngine.launch(ExamplePoints.context())) {
            engine.images().loadAll(new ByteArrayInputStream(image));
            assertArrayEquals(image, imageOf(engine));
            assertEquals(GOLDEN.answers(), goOn(engine));
        }
    }

    @Test
    void shouldContinueFromTheLog() throws IOException {
        final Path directory = GOLDEN.unpack(KILLED, temporary.resolve("killed"));
        try (Engine engine = TollgateEngine.launch(ExamplePoints.context(directory))) {
            assertEquals(GOLDEN.answers(), goOn(engine));
        }
    }

    @Test
    void shouldWriteTheSameBytes() throws IOException {
        for (final Map.Entry<String, Map<String, byte[]>> zip : written().entrySet()) {
            final Map<String, byte[]> golden = WrittenToday.comparable(GOLDEN.files(zip.getKey()), new TreeSet<>());
            final Map<String, byte[]> today = WrittenToday.comparable(zip.getValue(), new TreeSet<>());
            assertEquals(golden.keySet(), today.keySet());
            golden.forEach((file, bytes) -> assertArrayEquals(bytes, today.get(file), zip.getKey() + '/' + file));
        }
    }

    /** Writes the golden files of a new version, see {@link GoldenFiles}. */
    @Test
    @EnabledIfSystemProperty(named = GoldenFiles.RECORD, matches = ".+")
    void recordsANewVersion() throws IOException {
        final List<String> answers;
        try (Engine engine = filled()) {
            answers = goOn(engine);
        }
        new GoldenFiles(System.getProperty(GoldenFiles.RECORD)).record(written(), answers);
    }
}
