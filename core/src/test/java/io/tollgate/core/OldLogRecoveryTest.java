package io.tollgate.core;

import static io.tollgate.core.Stretches.LENGTH;
import static io.tollgate.core.Stretches.REFERENCE;
import static io.tollgate.core.Stretches.begin;
import static io.tollgate.core.Stretches.context;
import static io.tollgate.core.Stretches.define;
import static io.tollgate.core.Stretches.feed;
import static io.tollgate.core.Stretches.keyOn;
import static io.tollgate.core.Stretches.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.operation.OperationDescriptor;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        try (Engine engine = TollgateEngine.launch(context(data, 1).clockMode(ClockMode.EVENT))) {
            for (int i = 0; i < STRETCHES; i++) {
                feed(engine, define(engine, "events"), i);
            }
        }
        assertTrue(begin(data, 0) > 1, "begin=" + begin(data, 0));
        final List<String> before = DirectoryCheck.of(data).shards();
        assertFalse(DirectoryRecovery.recover(context(data, 1)).isPromiseBroken());
        assertEquals(before, DirectoryCheck.of(data).shards());
    }

    /** The definitions went with the old log; the checkpoint knows the keys. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldNameTheSeriesOfALossBehindTheCheckpoint(final int shardCount) throws IOException {
        final int shard = shardCount - 1;
        final String key = keyOn(shard, shardCount);
        try (Engine engine = TollgateEngine.launch(context(data, shardCount))) {
            define(engine, keyOn(0, shardCount));
            for (int i = 0; i < STRETCHES; i++) {
                feed(engine, define(engine, key), i);
            }
            offer(engine, define(engine, key), STRETCHES);
            new DamagedDirectory(data).copyTo(killed);
        }
        assertTrue(begin(killed, shard) > LENGTH, "begin=" + begin(killed, shard));
        final Path segment = lastButOneUsed(new ShardFiles(killed, shard).log());
        damageReference(segment, 30_000);
        final RecoveryReport report = DirectoryRecovery.recover(context(killed, shardCount));
        assertTrue(report.isPromiseBroken(), report::toString);
        final Loss loss = report.shards().get(shard).losses().get(0);
        assertEquals(List.of(key), loss.series());
        assertTrue(loss.validFromNs() >= LENGTH * STRETCHES, loss::toString);
        assertTrue(loss.validToNs() < LENGTH * (STRETCHES + 1), loss::toString);
        assertEquals(loss.lastSequence() - loss.firstSequence(), loss.validToNs() - loss.validFromNs());
    }

    /**
     * A shard that has lost both checkpoints is made from what its log has left. The ends of some of its first batches
     * were in segments of another shard, which are deleted: they were whole, or that shard would not start behind them.
     */
    @Test
    void shouldCountBatchesWhoseOtherEndsWereDeleted() throws IOException {
        final String first = keyOn(0, 2);
        final String second = keyOn(1, 2);
        final int stretch = 700;
        final int count = 6 * stretch;
        try (Engine engine = TollgateEngine.launch(context(data, 2))) {
            final FlowSeries[] series = {define(engine, first), define(engine, second)};
            final Batch batch = engine.publisher().newBatch();
            for (int i = 0; i < count; i++) {
                assertEquals(0, batch.begin());
                batch.offer(series[0], i, 1, i, REFERENCE);
                // The log of the other shard goes on faster, and begins later.
                for (int j = 0; j < 3; j++) {
                    batch.offer(series[1], 3L * i + j, 1, i, REFERENCE);
                }
                engine.awaitApplied(batch.commit());
                if (i % stretch == stretch - 1) {
                    engine.checkpoint();
                }
            }
            new DamagedDirectory(data).copyTo(killed);
        }
        final long begin = begin(killed, 0);
        assertTrue(begin > 1 && begin(killed, 1) > 1, "begin=" + begin);
        for (final String checkpoint : new String[] {"checkpoint", "checkpoint.old"}) {
            Files.write(killed.resolve("shard-0/" + checkpoint + "/header"), new byte[128]);
        }
        final long[] left = new long[1];
        LogReader.replay(
                new SystemFileAccess(), new ShardFiles(killed, 0).log(), begin, (buffer, offset, length, at) -> {
                    left[0] += OperationDescriptor.type(buffer, offset) == OperationDescriptor.BATCH_COMMIT ? 1 : 0;
                });
        assertTrue(left[0] > stretch, "left=" + left[0]);
        final RecoveryReport report = DirectoryRecovery.recover(context(killed, 2));
        assertEquals(begin - 1, report.shards().get(0).losses().get(0).lastSequence(), () -> "" + report.lines());
        try (Engine engine = TollgateEngine.launch(context(killed, 2))) {
            assertEquals(3L * count, PointCount.of(engine, second));
        }
        // Their series was defined in what is lost: they are left out, and all of them are counted.
        assertEquals(left[0], report.orphanedCount(), () -> "" + report.lines());
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
