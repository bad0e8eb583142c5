package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.LifeReading;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.Retention;
import io.tollgate.api.RevisionReading;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory of the fifth format, in which records and blocks begin at cache lines, and one of the fourth, which
 * had many of them in an entry of a map too. They have what the third had not: series that end and others that follow
 * them, and a past that is forgotten. {@link #main} made each in its time.
 */
class GoldenLivesTest {
    private static final GoldenArchive GOLDEN = new GoldenArchive("directory-5");

    /** More than an entry has records. */
    private static final int SERIES_COUNT = 90;

    private static final int LONG_POINTS = 900;
    private static final long FORGOTTEN_NS = 20_000;
    private static final Window REGISTERED = Window.slidingNs(3_000);
    private static final List<Window> WINDOWS = List.of(REGISTERED, Window.last(7), Window.since(0));
    private static final List<Metric> METRICS =
            List.of(Metric.COUNT, Metric.SUM, Metric.MEAN, Metric.SD, Metric.MIN, Metric.MAX, Metric.COVERAGE);

    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheAnswersOfTheDayItWasMade() throws IOException {
        GOLDEN.unpack(directory);
        assertEquals(GOLDEN.answers(), answers(directory));
        assertEquals(GOLDEN.answers(), answers(directory), "once more, after a close by this version");
    }

    @Test
    void shouldGiveThemWhenItIsRebuiltFromItsLog() throws IOException {
        GOLDEN.unpack(directory);
        new ShardFiles(directory).removeCleanMark();
        assertEquals(GOLDEN.answers(), answers(directory));
    }

    @Test
    void shouldGiveThemFromTheFormatBefore() throws IOException {
        new GoldenArchive("directory-4").unpack(directory);
        assertEquals(new GoldenArchive("directory-4").answers(), answers(directory));
        assertEquals(GOLDEN.answers(), answers(directory), "once more, after a close by this version");
    }

    @Test
    void shouldGiveThemFromAnEngineThatIsFilledToday() throws IOException {
        fill(directory);
        assertEquals(GOLDEN.answers(), answers(directory));
    }

    /** Made the archive and the answers. */
    public static void main(final String[] args) throws IOException {
        final Path made = Files.createTempDirectory("golden");
        fill(made);
        GOLDEN.make(Path.of(args[0]), made, answers(made));
    }

    private static EngineContext context(final Path directory) {
        return new EngineContext()
                .directory(directory)
                .clockMode(ClockMode.KNOWLEDGE)
                .stepped(true)
                .logSegmentLength(1 << 18);
    }

    private static boolean isLong(final int i) {
        return i % 10 == 0;
    }

    private static String key(final int i) {
        return (isLong(i) ? "golden.long." : "golden.short.") + i;
    }

    /** Few points in most series, many in each tenth, which have late ones and revised ones too. */
    private static int pointCount(final int i) {
        return isLong(i) ? LONG_POINTS : i % 12;
    }

    private static void fill(final Path directory) {
        final Random random = new Random(4);
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final List<Series> all = new ArrayList<>();
            for (int i = 0; i < SERIES_COUNT; i++) {
                all.add(Twin.define(
                        engine,
                        (i % 2 == 0
                                        ? SeriesDefinition.step(key(i), Unit.PERCENT, 2)
                                        : SeriesDefinition.flow(key(i), Unit.COUNT, 0))
                                .withWindows(REGISTERED)));
            }
            for (int k = 0; k < LONG_POINTS; k++) {
                for (int i = 0; i < SERIES_COUNT; i++) {
                    if (k < pointCount(i)) {
                        final long at = random.nextInt(6) == 0 ? 10L * random.nextInt(k + 1) : 10L * k;
                        engine.awaitApplied(
                                Twin.offer(engine, all.get(i), at, random.nextInt(1_000), 100L * k, Publisher.NONE));
                    }
                }
            }
            for (int i = 1; i < SERIES_COUNT; i += 3) {
                final LifeEnd end = LifeEnd.at(10L * LONG_POINTS + i).knownAt(100L * LONG_POINTS + i);
                engine.closeSeries(all.get(i), i + 2 < SERIES_COUNT ? end.followedBy(all.get(i + 2)) : end);
            }
            engine.retain("golden.long.*", Retention.since(FORGOTTEN_NS));
        }
    }

    private static String answers(final Path directory) {
        final StringBuilder text = new StringBuilder();
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final MetricReader reader = engine.newReader();
            final WindowReading reading = reader.newReading(METRICS.toArray(Metric[]::new));
            final RevisionReading revisions = reader.newRevisionReading();
            final LifeReading life = reader.newLifeReading();
            text.append(engine.now()).append('\n');
            for (int i = 0; i < SERIES_COUNT; i++) {
                final Series series = engine.find(key(i)).orElseThrow();
                reader.readLife(series, MetricReader.ALL_KNOWN, life);
                text.append(series.key()).append(';').append(life.status()).append(' ');
                text.append(life.predecessor())
                        .append(' ')
                        .append(life.successor())
                        .append('\n');
                for (final long known : new long[] {FORGOTTEN_NS / 2, 2 * FORGOTTEN_NS, MetricReader.ALL_KNOWN}) {
                    for (final Window window : WINDOWS) {
                        reader.read(series, window, 8_765, known, reading);
                        for (final Metric metric : METRICS) {
                            text.append(Double.toHexString(reading.value(metric)));
                            text.append(' ').append(reading.status(metric)).append(';');
                        }
                        reader.readRevisions(series, window, 8_765, known, revisions);
                        text.append(revisions.status()).append(' ');
                        text.append(revisions.pointCount()).append(' ');
                        text.append(revisions.revisionCount()).append('\n');
                    }
                }
            }
        }
        return text.toString();
    }
}
