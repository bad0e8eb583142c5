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
 * batches of one shard and of two, revisions and withdrawals, goes over to a next segment of the log, makes
 * checkpoints, deletes the log before them, or recovers what an earlier kill has left. Nothing that it has acknowledged
 * is missing, of a batch there is all or nothing, and every metric is that of an engine that was never killed. So it is
 * with what another process copies while it writes.
 */
class KilledWriterTest {
    private static final int LANES = 4;
    private static final int MAX_LIFE_MS = 800;
    private static final int MAX_WRITING_MS = 300;
    private static final int MAX_START_MS = 60_000;
    private static final int POLL_MS = 5;
    private static final int OPERATIONS_OF_CHECKPOINT = 128;

    @TempDir
    private Path temporary;

    private Random random;
    private int unverifiedCount;

    @Test
    void shouldLoseNothingInAKill() throws Exception {
        kill(2);
    }

    @Test
    @Tag("ci")
    void shouldLoseNothingInManyKills() throws Exception {
        kill(50);
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
        long acknowledged = 0;
        for (int i = 0; i < rounds; i++) {
            acknowledged = Math.max(acknowledged, killOne(directory, shardCount));
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
                acknowledged = 0;
            }
        }
        assertTrue(unverifiedCount < rounds, "nothing was verified");
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

    /** Runs a writer for a while, kills it, and returns how many operations of each lane it has acknowledged. */
    private long killOne(final Path directory, final int shardCount) throws IOException, InterruptedException {
        final Path output = directory.resolveSibling("output");
        // In every other round it makes checkpoints by itself, too, and lets old segments of the log go.
        final Process process = write(directory, shardCount, random.nextBoolean(), output);
        // In every other round while it writes, in the others also before that.
        final boolean isWriting = random.nextBoolean();
        for (int ms = 0; isWriting && Files.size(output) == 0 && ms < MAX_START_MS; ms += POLL_MS) {
            assertFalse(process.waitFor(POLL_MS, TimeUnit.MILLISECONDS), "the process ended by itself");
        }
        if (isWriting && random.nextInt(4) == 0) {
            backUp(directory, shardCount, acknowledgedIn(output));
        }
        final int lifeMs = random.nextInt(isWriting ? MAX_WRITING_MS : MAX_LIFE_MS);
        assertFalse(process.waitFor(lifeMs, TimeUnit.MILLISECONDS), "the process ended by itself");
        process.destroyForcibly().waitFor();
        assertTrue(!isWriting || Files.size(output) > 0, "the process never wrote");
        return acknowledgedIn(output);
    }

    private static long acknowledgedIn(final Path output) throws IOException {
        final List<String> lines = Files.readAllLines(output, StandardCharsets.US_ASCII);
        // The last line may be cut.
        return lines.size() < 2 ? 0 : Long.parseLong(lines.get(lines.size() - 2));
    }

    /** Copies the directory while the other process writes to it, and makes checkpoints. */
    private void backUp(final Path directory, final int shardCount, final long acknowledged) throws IOException {
        final Path backup = temporary.resolve("backup");
        DirectoryBackup.make(new EngineContext().directory(directory), backup);
        requireAllOf(backup, shardCount, acknowledged, "backup");
        FileTree.delete(backup);
    }

    private static void requireAllOf(
            final Path directory, final int shardCount, final long acknowledged, final String what) {
        try (Engine engine = TollgateEngine.launch(Lanes.context(shardCount).directory(directory))) {
            for (int lane = 0; lane < LANES; lane++) {
                final long found = Lanes.numberIn(engine, lane);
                assertTrue(
                        found >= acknowledged,
                        what + ": lane=" + lane + " found=" + found + " acknowledged=" + acknowledged);
            }
            Lanes.requireSame(engine, LANES, what);
        }
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
            for (long number = first; number >= 0; number++) {
                long ticket = 0;
                for (int lane = 0; lane < LANES; lane++) {
                    if (number >= next[lane]) {
                        ticket = lanes.offer(lane, number);
                    }
                }
                if (number % 4 == 3 && ticket != 0) {
                    engine.awaitApplied(ticket);
                    System.out.println(number + 1);
                }
                if (number % OPERATIONS_OF_CHECKPOINT == 0) {
                    engine.checkpoint();
                }
            }
        }
    }
}
