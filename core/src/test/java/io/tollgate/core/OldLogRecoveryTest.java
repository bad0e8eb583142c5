package io.tollgate.core;

import static io.tollgate.core.Stretches.LENGTH;
import static io.tollgate.core.Stretches.REFERENCE;
import static io.tollgate.core.Stretches.begin;
import static io.tollgate.core.Stretches.context;
import static io.tollgate.core.Stretches.define;
import static io.tollgate.core.Stretches.feed;
import static io.tollgate.core.Stretches.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recover makes of a directory whose old log is gone, and with it what says how to read the rest. */
class OldLogRecoveryTest {
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

    /** The first segment says what moves the clock. */
    @Test
    void shouldWriteNothingWhereNothingIsToBeRecovered() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(data).clockMode(ClockMode.EVENT))) {
            for (int i = 0; i < STRETCHES; i++) {
                feed(engine, define(engine, "events"), i);
            }
        }
        assertTrue(begin(data) > 1, "begin=" + begin(data));
        final List<String> before = DirectoryCheck.of(data).shards();
        assertFalse(DirectoryRecovery.recover(context(data)).isPromiseBroken());
        assertEquals(before, DirectoryCheck.of(data).shards());
    }

    /** The definitions went with the old log; the checkpoint knows the keys. */
    @Test
    void shouldNameTheSeriesOfALossBehindTheCheckpoint() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(data))) {
            define(engine, "other");
            for (int i = 0; i < STRETCHES; i++) {
                feed(engine, define(engine, "events"), i);
            }
            offer(engine, define(engine, "events"), STRETCHES);
            new DamagedDirectory(data).copyTo(killed);
        }
        assertTrue(begin(killed) > LENGTH, "begin=" + begin(killed));
        final Path segment = lastButOneUsed(new ShardFiles(killed).log());
        damageReference(segment, 30_000);
        final RecoveryReport report = DirectoryRecovery.recover(context(killed));
        assertTrue(report.isPromiseBroken(), report::toString);
        final Loss loss = report.shards().get(0).losses().get(0);
        assertEquals(List.of("events"), loss.series());
        assertTrue(loss.validFromNs() >= LENGTH * STRETCHES, loss::toString);
        assertTrue(loss.validToNs() < LENGTH * (STRETCHES + 1), loss::toString);
        assertEquals(loss.lastSequence() - loss.firstSequence(), loss.validToNs() - loss.validFromNs());
    }

    /** Of the first point behind an offset: its series and times stay readable, though its frame is damaged. */
    private static void damageReference(final Path segment, final int from) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment)).order(ByteOrder.LITTLE_ENDIAN);
        int offset = from;
        while (bytes.getLong(offset) != REFERENCE) {
            offset += Long.BYTES;
        }
        Files.write(segment, bytes.putLong(offset, 0).array());
    }

    private static Path lastButOneUsed(final Path log) throws IOException {
        final List<Path> used = new ArrayList<>();
        try (Stream<Path> files = Files.list(log)) {
            for (final Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".seg")
                        && ByteBuffer.wrap(Files.readAllBytes(file)).getLong(24) != 0) {
                    used.add(file);
                }
            }
        }
        return used.get(used.size() - 2);
    }
}
