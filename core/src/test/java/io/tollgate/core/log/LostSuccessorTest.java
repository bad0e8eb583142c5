package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.LifeReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.StepSeries;
import io.tollgate.core.DirectoryInspection;
import io.tollgate.core.store.SeriesSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails when the end of a series is on disk, and the definition of the one that follows, on another shard, is
 * not: nothing follows, whatever gets the number of what is lost, and something else can be named.
 */
class LostSuccessorTest {
    private static final long END = 7;

    @TempDir
    private Path directory;

    private Path left;
    private long lostNumber;

    @BeforeEach
    void loseASuccessor() throws IOException {
        final Path data = directory.resolve("data");
        left = directory.resolve("left");
        final List<BatchKillTest.Frame> lost;
        try (Engine engine = LostBatchTest.launch(data)) {
            final StepSeries ended = define(engine, 0, "ended");
            final List<BatchKillTest.Frame> before = BatchKillTest.frames(data, 1);
            final StepSeries next = define(engine, 1, "next");
            engine.closeSeries(ended, LifeEnd.at(END).followedBy(next));
            lostNumber = next.number();
            requireLinked(engine, data, "ended", next);
            BatchKillTest.copy(data, left);
            lost = new ArrayList<>(BatchKillTest.frames(data, 1));
            lost.removeAll(before);
        }
        LostBatchTest.cutOther(left, lost);
    }

    @Test
    void shouldNotBeFollowedByWhatGetsItsNumber() {
        try (Engine engine = LostBatchTest.launch(left)) {
            requireNoSuccessor(engine);
            assertEquals(lostNumber, define(engine, 1, "unrelated").number());
            requireNoSuccessor(engine);
        }
    }

    @Test
    void shouldBeFollowedByWhatGetsItsNumberWhereThatIsNamed() throws IOException {
        try (Engine engine = LostBatchTest.launch(left)) {
            final StepSeries again = define(engine, 1, "again");
            assertEquals(lostNumber, again.number());
            engine.closeSeries(ended(engine), LifeEnd.at(END).followedBy(again));
            requireLinked(engine, left, "ended", again);
        }
        requireKept("again");
    }

    @Test
    void shouldBeFollowedByAnother() throws IOException {
        try (Engine engine = LostBatchTest.launch(left)) {
            final StepSeries unrelated = define(engine, 1, "unrelated");
            final StepSeries another = define(engine, 0, "another");
            engine.closeSeries(ended(engine), LifeEnd.at(END).followedBy(another));
            requireLinked(engine, left, "ended", another);
            final StepSeries other = define(engine, 0, "other");
            engine.closeSeries(other, LifeEnd.at(END).followedBy(unrelated));
            requireLinked(engine, left, "other", unrelated);
            requireLinked(engine, left, "ended", another);
        }
        requireKept("another");
    }

    private void requireKept(final String name) throws IOException {
        final Path killed = directory.resolve("killed");
        BatchKillTest.copy(left, killed);
        BatchKillTest.removeCleanMarks(killed, 2);
        for (final Path data : List.of(left, killed)) {
            try (Engine engine = LostBatchTest.launch(data)) {
                final int shard = name.equals("again") ? 1 : 0;
                requireLinked(engine, data, "ended", LostBatchTest.onShard(shard, name, engine, StepSeries.class));
            }
        }
    }

    private static StepSeries define(final Engine engine, final int shard, final String name) {
        return LostBatchTest.onShard(shard, name, key -> engine.defineStep(LostBatchTest.step(key)));
    }

    private static StepSeries ended(final Engine engine) {
        return LostBatchTest.onShard(0, "ended", engine, StepSeries.class);
    }

    private void requireNoSuccessor(final Engine engine) {
        assertEquals(Publisher.NONE, lifeOf(engine, ended(engine)).successor());
        assertEquals(Publisher.NONE, inspected(left, ended(engine)).successor());
    }

    private static void requireLinked(final Engine engine, final Path data, final String name, final StepSeries next) {
        final StepSeries series = LostBatchTest.onShard(0, name, engine, StepSeries.class);
        assertEquals(next.number(), lifeOf(engine, series).successor());
        assertEquals(next.number(), inspected(data, series).successor());
        final LifeReading life = engine.newReader().newLifeReading();
        engine.newReader().readLife(next, MetricReader.ALL_KNOWN, life);
        assertEquals(series.number(), life.predecessor());
    }

    private static LifeReading lifeOf(final Engine engine, final StepSeries series) {
        final MetricReader reader = engine.newReader();
        final LifeReading life = reader.newLifeReading();
        reader.readLife(series, MetricReader.ALL_KNOWN, life);
        assertEquals(END, life.endNs());
        return life;
    }

    private static SeriesSummary inspected(final Path data, final StepSeries series) {
        final List<SeriesSummary> found = new ArrayList<>();
        assertEquals(List.of(), DirectoryInspection.of(data).forEachSeries(found::add));
        return found.stream()
                .filter(summary -> summary.number() == series.number())
                .findFirst()
                .orElseThrow();
    }
}
