package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.MetricReader;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.WatchedMetric;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.ForgedMap;
import io.tollgate.core.store.ForgedMark;
import io.tollgate.core.store.ShardHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stores of any bytes under right checksums, as somebody may have made them: an engine refuses them, or answers and
 * takes points, or fails and says so, soon, without a crash of the JVM, and without a disk full of maps.
 */
class ForgedStoreTest {
    private static final int LANES = 4;
    private static final int OPERATIONS = 600;
    private static final int MAX_BYTES = 8;

    /** Ten times what was seen of the next maps that a round fills, or believes to: a few megabytes each. */
    private static final long MAX_MADE_BYTES = 64 << 20;

    /** Up to about here a map describes itself, and counts: most of that may not be changed at all. */
    private static final int DESCRIPTION_LENGTH = 4_096 + 256;

    @TempDir
    private Path temporary;

    private final MadeMaps made = new MadeMaps();
    private Random random;
    private int openedCount;
    private int refusedCount;

    @BeforeEach
    void make() {
        random = new Random(TestSeed.of("ForgedStoreTest"));
        try (Engine engine = TollgateEngine.launch(context(temporary.resolve("whole")))) {
            final Lanes lanes = new Lanes(engine, LANES);
            for (int lane = 0; lane < LANES; lane++) {
                lanes.feed(lane, 0, OPERATIONS);
            }
            engine.subscribe(Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldRefuseOrAnswerWhateverAStoreSays() throws IOException {
        forge(10);
    }

    @Test
    @Tag("ci")
    @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldRefuseOrAnswerWhateverManyStoresSay() throws IOException {
        forge(60);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldRefuseOrAnswerWhateverThousandsOfStoresSay() throws IOException {
        forge(5_000);
    }

    /** Who does not trust a store takes the log alone, which says all of it. */
    @Test
    void shouldMakeAStoreOfTheLogAlone() throws IOException {
        final Path directory = temporary.resolve("whole");
        try (Stream<Path> all = Files.list(directory.resolve("shard-0"))) {
            for (final Path file : all.filter(file -> !file.endsWith("log")).toList()) {
                Files.delete(file);
            }
        }
        final RecoveryReport report = DirectoryRecovery.recover(context(directory));
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            for (int lane = 0; lane < LANES; lane++) {
                assertEquals(OPERATIONS, Lanes.numberIn(engine, lane));
            }
            Lanes.requireSame(engine, LANES, "made of the log");
        }
    }

    /** It stands under a right mark. */
    @Test
    void shouldTakeNoClockModeThatThereIsNot() throws IOException {
        final Path directory = temporary.resolve("whole");
        final Path header = directory.resolve("shard-0/header");
        final byte[] bytes = Files.readAllBytes(header);
        bytes[ShardHeader.CLOCK_MODE_OFFSET] = 99;
        Files.write(header, bytes);
        ForgedMark.write(header.getParent());

        final IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> TollgateEngine.launch(context(directory)).close());
        assertTrue(refusal.getMessage().contains("file=" + header.toRealPath()), refusal::getMessage);
        final List<Damage> damages = DirectoryCheck.of(directory).damages();
        assertEquals(1, damages.size());
        assertEquals(header.toRealPath(), damages.get(0).file());
        assertFalse(DirectoryRecovery.recover(context(directory)).isPromiseBroken());
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            Lanes.requireSame(engine, LANES, "recovered");
        }
    }

    private void forge(final int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            made.bytes = 0;
            final Path forged = temporary.resolve("forged");
            new DamagedDirectory(temporary.resolve("whole")).copyTo(forged);
            final String what = "round=" + i + " " + forge(forged.resolve("shard-0"));
            try {
                work(forged);
                openedCount++;
            } catch (final IllegalStateException | UncheckedIOException e) {
                assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), what);
                refusedCount++;
            } catch (final RuntimeException | Error e) {
                throw new AssertionError(what, e);
            }
            assertTrue(made.bytes <= MAX_MADE_BYTES, () -> what + " madeBytes=" + made.bytes);
            FileTree.delete(new SystemFileAccess(), forged);
        }
        // Of few, all may be refused, or none.
        assertTrue(
                (openedCount > 0 || rounds < 60) && (refusedCount > 0 || rounds < 100),
                "opened=" + openedCount + " refused=" + refusedCount);
    }

    /** Changes some bytes of a file, near such as are used, and the mark of the close with them. */
    private String forge(final Path store) throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.list(store)) {
            files = all.filter(file -> file.toString().matches(".*(map|numbers|header|subscriptions)"))
                    .sorted()
                    .toList();
        }
        final List<Path> some = random.nextInt(4) > 0
                ? files.stream().filter(ForgedStoreTest::isMap).toList()
                : files;
        final Path file = some.get(random.nextInt(some.size()));
        final byte[] bytes = Files.readAllBytes(file);
        final boolean isOfStart = isMap(file) && random.nextInt(4) == 0;
        final int begin = isOfStart || !isMap(file) ? 0 : DESCRIPTION_LENGTH;
        final int end = isOfStart ? DESCRIPTION_LENGTH : bytes.length;
        final int[] used = IntStream.range(begin, end)
                .filter(i -> isOfStart || bytes[i] != 0)
                .toArray();
        final StringBuilder what = new StringBuilder(file.getFileName() + " at");
        for (int i = random.nextInt(MAX_BYTES); i >= 0; i--) {
            final int at = Math.min(bytes.length - 1, used[random.nextInt(used.length)] + random.nextInt(Long.BYTES));
            bytes[at] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) -1;
                default -> (byte) (bytes[at] ^ 1 << random.nextInt(Byte.SIZE));
            };
            what.append(' ').append(at);
        }
        Files.write(file, bytes);
        if (isMap(file)) {
            ForgedMap.rehash(file);
        }
        ForgedMark.write(store);
        return what.toString();
    }

    private static boolean isMap(final Path file) {
        return file.toString().endsWith(".map");
    }

    /** Reads what there is, and adds to it; what is wrong is found there at the latest. */
    private void work(final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(directory).fileAccess(made))) {
            final MetricReader reader = engine.newReader();
            for (int lane = 0; lane < LANES; lane++) {
                for (final String key : new String[] {"lane." + lane, "count." + lane}) {
                    engine.find(key).ifPresent(series -> DirectoryViewTest.text(reader, series));
                }
            }
            final Series series = engine.find("lane.0").orElse(null);
            for (int i = 0; series instanceof FlowSeries flow && i < OPERATIONS; i++) {
                final long known = Lanes.SPACE_NS * (OPERATIONS + i);
                final long late = i % 4 == 3 ? 20 * Lanes.SPACE_NS : 0;
                engine.awaitApplied(engine.publisher().offer(flow, known - late, 1, known, i));
            }
            change(engine);
            engine.defineFlow(SeriesDefinition.flow("another", Unit.COUNT, 0));
        }
    }

    /** Levels, with revisions, withdrawals and late ones, each in a batch. */
    private static void change(final Engine engine) {
        final Series series = engine.find("lane.1").orElse(null);
        final Batch batch = engine.publisher().newBatch();
        for (int i = 2 * OPERATIONS; series instanceof StepSeries level && i < 3 * OPERATIONS; i++) {
            batch.begin();
            Lanes.change(batch, level, 1, i, Lanes.SPACE_NS * i);
            engine.awaitApplied(batch.commit());
        }
    }

    /** Counts the maps that are made, and makes none beyond what a round may have. */
    private static final class MadeMaps extends HookedFiles {
        private long bytes;

        @Override
        void before(final Call call, final Path file) throws IOException {
            if (call == Call.CREATE && bytes > MAX_MADE_BYTES) {
                throw new IOException("madeBytes=" + bytes + ", expected " + MAX_MADE_BYTES + " at most");
            }
        }

        @Override
        void after(final Call call, final Path file, final Path target) throws IOException {
            if (call == Call.RENAME && isMap(target)) {
                bytes += Files.size(target);
            }
        }
    }

    private static EngineContext context(final Path directory) {
        return Lanes.context().directory(directory).stepped(true).errorHandler(told -> {});
    }
}
