package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is killed at a random instant, again and again: while it makes the directory, writes events,
 * batches of one shard and of two, revisions and withdrawals, closes series and lets others follow, forgets history,
 * goes over to a next segment of the log, makes checkpoints, deletes the log before them, or recovers what an earlier
 * kill has left. Nothing that it has acknowledged
 * is missing, of a batch there is all or nothing, and every metric is that of an engine that was never killed. So it is
 * with what another process copies while it writes.
 */
class KilledWriterTest {
    private static final int LANES = 4;
    private static final int MANY = 50;
    private static final int MAX_LIFE_MS = 800;
    private static final int MAX_WRITING_MS = 300;
    private static final int MAX_START_MS = 60_000;
    private static final int POLL_MS = 5;
    private static final int OPERATIONS_OF_CHECKPOINT = 128;

    @TempDir
    private Path temporary;

    /**
     * What a writer has acknowledged.
     *
     * @param operations of each lane.
     * @param lived      operations in series that end.
     * @param endings    of such series.
     */
    record Acknowledged(long operations, long lived, long endings) {
        static final Acknowledged NOTHING = new Acknowledged(0, 0, 0);

        /** What the output of a writer says; its last line may be cut. */
        static Acknowledged in(final Path output) throws IOException {
            final List<String> lines = Files.readAllLines(output, StandardCharsets.US_ASCII);
            if (lines.size() < 2) {
                return NOTHING;
            }
            final String[] numbers = lines.get(lines.size() - 2).split(" ");
            return new Acknowledged(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
        }

        Acknowledged or(final Acknowledged other) {
            return other.operations > operations ? other : this;
        }
    }

    private Random random;
    private int unverifiedCount;
    private long endingCount;

    @Test
    void shouldLoseNothingInAKill() throws Exception {
        kill(2);
    }

    @Test
    @Tag("ci")
    void shouldLoseNothingInManyKills() throws Exception {
        kill(MANY);
    }

    @Test
    @Tag("nightly")
    void shouldLoseNothingInAThousandKills() throws Exception {
        kill(1_000);
    }

    private void kill(final int rounds) throws Exception {
        random = new Random(TestSeed.of("KilledWriterTest"));
        Path directory = temporary.resolve("data");
        int shardCount = 1;
        Acknowledged acknowledged = Acknowledged.NOTHING;
        for (int i = 0; i < rounds; i++) {
            acknowledged = acknowledged.or(killOne(directory, shardCount));
            // Some are killed again before anybody looks: while they recover, too.
            if (Files.exists(directory) && (i == rounds - 1 || random.nextInt(3) > 0)) {
                look(directory);
                requireAllOf(directory, shardCount, acknowledged, "round " + i);
            } else {
                unverifiedCount++;
            }
            if (random.nextInt(5) == 0) {
                FileTree.delete(directory);
                directory = temporary.resolve("data-" + i);
                shardCount = 1 + random.nextInt(2);
                acknowledged = Acknowledged.NOTHING;
            }
        }
        assertTrue(unverifiedCount < rounds, "nothing was verified");
        assertTrue(rounds < MANY || endingCount > 0, "no series was closed");
    }

    private void look(final Path directory) {
        if (random.nextBoolean()) {
            final DirectoryCheck check = DirectoryCheck.of(directory);
            assertNotEquals(DirectoryCheck.State.DAMAGED, check.state(), check::toString);
        }
        if (random.nextInt(4) == 0) {
            final RecoveryReport report = DirectoryRecovery.recover(new EngineContext().directory(directory));
            for (final RecoveryReport.Shard shard : report.shards()) {
                assertEquals(List.of(), shard.losses(), () -> "" + report.lines());
            }
            assertEquals(
                    DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        }
    }

    /** Starts a process that writes, and prints what it has acknowledged. */
    static Process write(final Path directory, final int shardCount, final boolean isAutomatic, final Path output)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String opened : new String[] {"java.lang", "java.lang.reflect", "sun.nio.ch", "jdk.internal.misc"}) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), KilledWriterTest.class.getName()));
        command.addAll(List.of(directory.toString(), Integer.toString(shardCount), Boolean.toString(isAutomatic)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Runs a writer for a while, kills it, and returns what it has acknowledged. */
    private Acknowledged killOne(final Path directory, final int shardCount) throws IOException, InterruptedException {
        final Path output = directory.resolveSibling("output");
        // In every other round it makes checkpoints by itself, too, and lets old segments of the log go.
        final Process process = write(directory, shardCount, random.nextBoolean(), output);
        // In every other round while it writes, in the others also before that.
        final boolean isWriting = random.nextBoolean();
        for (int ms = 0; isWriting && Files.size(output) == 0 && ms < MAX_START_MS; ms += POLL_MS) {
            assertFalse(process.waitFor(POLL_MS, TimeUnit.MILLISECONDS), "the process ended by itself");
        }
        if (isWriting && random.nextInt(4) == 0) {
            backUp(directory, shardCount, Acknowledged.in(output));
        }
        final int lifeMs = random.nextInt(isWriting ? MAX_WRITING_MS : MAX_LIFE_MS);
        assertFalse(process.waitFor(lifeMs, TimeUnit.MILLISECONDS), "the process ended by itself");
        process.destroyForcibly().waitFor();
        assertTrue(!isWriting || Files.size(output) > 0, "the process never wrote");
        return Acknowledged.in(output);
    }

    /** Copies the directory while the other process writes to it, and makes checkpoints. */
    private void backUp(final Path directory, final int shardCount, final Acknowledged acknowledged)
            throws IOException {
        final Path backup = temporary.resolve("backup");
        DirectoryBackup.make(new EngineContext().directory(directory), backup);
        requireAllOf(backup, shardCount, acknowledged, "backup");
        FileTree.delete(backup);
    }

    private void requireAllOf(
            final Path directory, final int shardCount, final Acknowledged acknowledged, final String what) {
        try (Engine engine = TollgateEngine.launch(Lanes.context(shardCount).directory(directory))) {
            for (int lane = 0; lane < LANES; lane++) {
                requireAtLeast(acknowledged.operations(), Lanes.numberIn(engine, lane), what + " lane=" + lane);
            }
            Lanes.requireSame(engine, LANES, what);
            requireAtLeast(acknowledged.lived(), Lives.numberIn(engine), what + " in series that end");
            final long endings = Lives.endingsIn(engine);
            requireAtLeast(acknowledged.endings(), endings, what + " endings");
            Lives.requireSame(engine, what);
            endingCount += endings;
        }
    }

    private static void requireAtLeast(final long acknowledged, final long found, final String what) {
        assertTrue(found >= acknowledged, () -> what + " found=" + found + " acknowledged=" + acknowledged);
    }

    /** Writes on from where the directory stands, and prints what is acknowledged, until it is killed. */
    public static void main(final String[] arguments) {
        final int shardCount = Integer.parseInt(arguments[1]);
        final CheckpointPolicy policy = Boolean.parseBoolean(arguments[2])
                ? CheckpointPolicy.ON_REQUEST.everyOperations(300).deletingOldLog()
                : CheckpointPolicy.ON_REQUEST;
        try (Engine engine = TollgateEngine.launch(
                Lanes.context(shardCount).directory(Path.of(arguments[0])).checkpoints(policy))) {
            final Lanes lanes = new Lanes(engine, LANES);
            final long[] next = new long[LANES];
            long first = Long.MAX_VALUE;
            for (int lane = 0; lane < LANES; lane++) {
                next[lane] = Lanes.numberIn(engine, lane);
                first = Math.min(first, next[lane]);
            }
            final Lives lives = new Lives(engine);
            final long offset = Lives.numberIn(engine) - first;
            for (long number = first; number >= 0; number++) {
                long ticket = 0;
                for (int lane = 0; lane < LANES; lane++) {
                    if (number >= next[lane]) {
                        ticket = lanes.offer(lane, number);
                    }
                }
                final long lived = number + offset;
                final long last = lives.offer(lived);
                if (number % 4 == 3 && ticket != 0) {
                    engine.awaitApplied(last);
                    System.out.println((number + 1) + " " + (lived + 1) + " " + lived / Lives.LENGTH);
                }
                if (number % OPERATIONS_OF_CHECKPOINT == 0) {
                    engine.checkpoint();
                }
            }
        }
    }
}
