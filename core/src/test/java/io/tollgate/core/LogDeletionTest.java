package io.tollgate.core;

import static io.tollgate.core.Stretches.LENGTH;
import static io.tollgate.core.Stretches.begin;
import static io.tollgate.core.Stretches.context;
import static io.tollgate.core.Stretches.define;
import static io.tollgate.core.Stretches.feed;
import static io.tollgate.core.Stretches.keyOn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old segments go beside idle shards and beside readers of the log, and what fails meanwhile harms nothing. */
class LogDeletionTest {
    private static final int STRETCHES = 4;

    @TempDir
    private Path temporary;

    private Path data;
    private Path killed;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        killed = temporary.resolve("killed");
    }

    private static long deletedSegments(final Engine engine) {
        return engine.statistics().checkpointCounts().deletedSegments();
    }

    @Test
    void shouldDeleteTheLogOfAShardBesideAnIdleAndAnEmptyOne() throws IOException {
        final String idle = keyOn(0, 3);
        final String busy = keyOn(1, 3);
        try (Engine engine = TollgateEngine.launch(context(data, 3))) {
            engine.awaitApplied(engine.publisher().offer(define(engine, idle), 0, 1, 0, 0));
            for (int i = 0; i < STRETCHES; i++) {
                feed(engine, define(engine, busy), i);
            }
            assertTrue(deletedSegments(engine) >= 2, "deleted=" + deletedSegments(engine));
            new DamagedDirectory(data).copyTo(killed);
        }
        assertEquals(1, begin(killed, 0));
        assertTrue(begin(killed, 1) > LENGTH, "begin=" + begin(killed, 1));
        assertEquals(1, begin(killed, 2));
        try (Engine engine = TollgateEngine.launch(context(killed, 3))) {
            assertEquals(1, PointCount.of(engine, idle));
            assertEquals(LENGTH * STRETCHES, PointCount.of(engine, busy));
        }
    }

    /** An engine that was killed before it deleted the first segment; the disk then deletes none for a while. */
    @Test
    void shouldOpenWhereWhatAKilledEngineHasLeftCannotBeDeleted() throws IOException {
        final HookedFiles killing = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.DELETE && file.toString().endsWith(".seg") && !Files.exists(killed)) {
                    new DamagedDirectory(data).copyTo(killed);
                }
            }
        };
        try (Engine engine = TollgateEngine.launch(context(data, 1).fileAccess(killing))) {
            feed(engine, define(engine, "events"), 0);
            feed(engine, define(engine, "events"), 1);
        }
        final Path first = new ShardFiles(killed).log().resolve("log-0000000000000000.seg");
        assertTrue(begin(killed, 0) > 1 && Files.exists(first), "begin=" + begin(killed, 0));
        final boolean[] isFailing = {true};
        final HookedFiles failing = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (isFailing[0] && call == Call.DELETE && file.equals(first)) {
                    throw new IOException("Input/output error");
                }
            }
        };
        for (int life = 0; life < 2; life++) {
            final List<Throwable> errors = new ArrayList<>();
            try (Engine engine =
                    TollgateEngine.launch(context(killed, 1).fileAccess(failing).errorHandler(errors::add))) {
                assertEquals(1, errors.size(), errors::toString);
                assertTrue(errors.get(0).getMessage().contains("cannot be shortened"), errors::toString);
                assertEquals(2 * LENGTH, PointCount.of(engine, "events"));
                assertTrue(Files.exists(first));
            }
            assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(killed).state());
        }
        isFailing[0] = false;
        TollgateEngine.launch(context(killed, 1).fileAccess(failing)).close();
        assertFalse(Files.exists(first));
    }
}
