package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.LifeReading;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In mode EVENT on several shards a point that is refused has taken part in the stamps of those behind it. What is
 * taken without a reopening is taken after one, with the same stamp: nobody has given a knowledge time that decreases.
 */
class StampedAheadTest {
    private static final long FAR_AHEAD = 1_000_000;

    private enum End {
        NONE,
        CLOSED,
        KILLED,
        KILLED_BEHIND_A_CHECKPOINT,
        CLOSED_BEHIND_A_KILL,
        BACKED_UP
    }

    @TempDir
    private Path temporary;

    private Path data;
    private Path killed;

    private final List<RefusalReason> refused = new ArrayList<>();
    private final AtomicLong system = new AtomicLong();

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        killed = temporary.resolve("killed");
    }

    private Engine launch(final Path directory) {
        return launch(directory, ClockMode.EVENT);
    }

    private Engine launch(final Path directory, final ClockMode mode) {
        return TollgateEngine.launch(new EngineContext()
                .directory(directory)
                .clockMode(mode)
                .clock(system::get)
                .shardCount(2)
                .stepped(true)
                .refusalHandler((reason, series, time, value, knowledge, reference) -> refused.add(reason)));
    }

    private static StepSeries onShard(final Engine engine, final int shard, final String name) {
        StepSeries series = engine.defineStep(SeriesDefinition.step(name + ".0", Unit.COUNT, 0));
        for (int i = 1; series.number() % 2 != shard; i++) {
            series = engine.defineStep(SeriesDefinition.step(name + "." + i, Unit.COUNT, 0));
        }
        return series;
    }

    private static StepSeries level(final Engine engine) {
        return onShard(engine, 0, "level");
    }

    private static StepSeries other(final Engine engine) {
        return onShard(engine, 1, "other");
    }

    /** Says why a point was refused, if it was. */
    private List<RefusalReason> offer(
            final Engine engine, final StepSeries series, final long time, final long knowledgeTime) {
        engine.awaitApplied(engine.publisher().offer(series, time, time, knowledgeTime, Publisher.NONE));
        final List<RefusalReason> reasons = List.copyOf(refused);
        refused.clear();
        return reasons;
    }

    private void take(final Engine engine, final StepSeries series, final long time) {
        assertEquals(List.of(), offer(engine, series, time, Publisher.NONE));
    }

    private void takeBatch(final Engine engine, final long time) {
        final StepSeries level = level(engine);
        final StepSeries other = other(engine);
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        batch.offer(level, time, time);
        batch.offer(other, time, time);
        engine.awaitApplied(batch.commit());
        assertEquals(List.of(), refused);
    }

    /** Moves the clock of mode SYSTEM or MANUAL. */
    private void moveTo(final Engine engine, final ClockMode mode, final long instant) {
        system.set(instant);
        if (mode == ClockMode.MANUAL) {
            engine.advanceTo(instant);
        }
        engine.step();
    }

    /** A withdrawal without a point. */
    private void refuseFarAhead(final Engine engine) {
        engine.awaitApplied(engine.publisher().withdraw(other(engine), FAR_AHEAD));
        assertEquals(List.of(RefusalReason.NO_SUCH_POINT), refused);
        refused.clear();
    }

    /** Its last point is known at that instant: no later point is known before. */
    private void requireStampedFarAhead(final Engine engine, final StepSeries series) {
        final List<RefusalReason> decreasing = List.of(RefusalReason.KNOWLEDGE_DECREASES);
        assertEquals(decreasing, offer(engine, series, 350, FAR_AHEAD - 1));
        assertEquals(List.of(), offer(engine, series, 350, FAR_AHEAD));
    }

    /** Goes on behind what was taken at 200, stamped far ahead. */
    private void requireGoesOn(final Engine engine) {
        take(engine, level(engine), 300);
        assertEquals(300, engine.now());
        take(engine, other(engine), 300);
        requireStampedFarAhead(engine, level(engine));
        requireStampedFarAhead(engine, other(engine));
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void shouldTakeWhatComesBehindAPointThatWasRefused(final End end) throws IOException {
        try (Engine engine = launch(data)) {
            take(engine, level(engine), 100);
            refuseFarAhead(engine);
            take(engine, level(engine), 200);
            assertEquals(200, engine.now());
            if (end == End.KILLED_BEHIND_A_CHECKPOINT) {
                engine.checkpoint();
            }
            if (end == End.NONE) {
                requireGoesOn(engine);
                return;
            }
            new DamagedDirectory(data).copyTo(killed);
        }
        final Path reopened = temporary.resolve("reopened");
        if (end == End.BACKED_UP) {
            DirectoryBackup.make(new EngineContext().directory(killed), reopened);
        } else if (end == End.CLOSED_BEHIND_A_KILL) {
            launch(killed).close();
            new DamagedDirectory(killed).copyTo(reopened);
        } else {
            new DamagedDirectory(end == End.CLOSED ? data : killed).copyTo(reopened);
        }
        try (Engine engine = launch(reopened)) {
            requireGoesOn(engine);
        }
    }

    @Test
    void shouldTakeWhatComesBehindABatchThatWasStampedAhead() throws IOException {
        try (Engine engine = launch(data)) {
            refuseFarAhead(engine);
            takeBatch(engine, 200);
            new DamagedDirectory(data).copyTo(killed);
        }
        try (Engine engine = launch(killed)) {
            requireGoesOn(engine);
        }
    }

    @Test
    void shouldCloseASeriesThatWasStampedAhead() {
        try (Engine engine = launch(data)) {
            final StepSeries level = level(engine);
            take(engine, level, 100);
            refuseFarAhead(engine);
            take(engine, level, 200);
            engine.closeSeries(level, LifeEnd.at(300));
            final MetricReader reader = engine.newReader();
            final LifeReading life = reader.newLifeReading();
            reader.readLife(level, MetricReader.ALL_KNOWN, life);
            assertEquals(FAR_AHEAD, life.endKnownAtNs());
            assertEquals(300, engine.now());
        }
    }

    /** The clock of another mode does not go ahead with the stamps: only what would be refused is known no earlier. */
    @ParameterizedTest
    @CsvSource({"MANUAL, CLOSED", "MANUAL, KILLED", "SYSTEM, CLOSED", "SYSTEM, KILLED"})
    void shouldGoOnInAnotherMode(final ClockMode mode, final End end) throws IOException {
        try (Engine engine = launch(data)) {
            take(engine, level(engine), 100);
            refuseFarAhead(engine);
            take(engine, level(engine), 200);
            new DamagedDirectory(data).copyTo(killed);
        }
        final Path first = end == End.CLOSED ? data : killed;
        final Path second = temporary.resolve("second");
        try (Engine engine = launch(first, mode)) {
            moveTo(engine, mode, 1_000);
            take(engine, level(engine), 300);
            requireStampedFarAhead(engine, level(engine));
            takeBatch(engine, 400);
            requireStampedFarAhead(engine, other(engine));
            assertEquals(1_000, engine.now());
            new DamagedDirectory(first).copyTo(second);
        }
        try (Engine engine = launch(end == End.CLOSED ? first : second, mode)) {
            moveTo(engine, mode, 2_000);
            assertEquals(2_000, engine.now());
            take(engine, level(engine), 500);
            take(engine, other(engine), 500);
            takeBatch(engine, 600);
            engine.closeSeries(level(engine), LifeEnd.at(700));
            assertEquals(2_000, engine.now());
            moveTo(engine, mode, FAR_AHEAD + 1);
            take(engine, other(engine), 700);
            assertEquals(List.of(RefusalReason.KNOWLEDGE_DECREASES), offer(engine, other(engine), 700, FAR_AHEAD));
            assertEquals(FAR_AHEAD + 1, engine.now());
        }
    }

    /** A point that was refused has no part in what follows from the log. */
    @ParameterizedTest
    @EnumSource(
            value = End.class,
            names = {"CLOSED", "KILLED"})
    void shouldForgetWhatWasRefusedWhereNothingWasTakenBehindIt(final End end) throws IOException {
        try (Engine engine = launch(data)) {
            take(engine, level(engine), 100);
            refuseFarAhead(engine);
            new DamagedDirectory(data).copyTo(killed);
        }
        try (Engine engine = launch(end == End.CLOSED ? data : killed)) {
            take(engine, other(engine), 300);
            assertEquals(List.of(), offer(engine, other(engine), 350, 300));
        }
    }

    /** A knowledge time that was given is no stamp: it moves none of others. */
    @ParameterizedTest
    @EnumSource(
            value = End.class,
            names = {"CLOSED", "KILLED"})
    void shouldStampNothingWithAKnowledgeTimeThatWasGiven(final End end) throws IOException {
        try (Engine engine = launch(data)) {
            assertEquals(List.of(), offer(engine, level(engine), 100, FAR_AHEAD));
            new DamagedDirectory(data).copyTo(killed);
        }
        try (Engine engine = launch(end == End.CLOSED ? data : killed)) {
            take(engine, other(engine), 300);
            assertEquals(List.of(), offer(engine, other(engine), 350, 300));
        }
    }
}
