package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A recovery that is stopped, by a kill or by the disk, before any one of its calls to the disk: the next tells what
 * it would have told, and until then nobody opens the directory as if nothing were lost.
 */
class InterruptedRecoveryTest {
    private static final int LANES = 4;
    private static final int OPERATIONS = 40;
    private static final String SEGMENT = "log-0000000000000000.seg";

    @TempDir
    private Path temporary;

    private final Random random = new Random(TestSeed.of("InterruptedRecoveryTest"));
    private int rounds;

    /** What has become of a directory. */
    private enum Case {
        /** Points that were acknowledged are lost. */
        PROMISED(true, true),
        /** Points are lost that the power failed before anybody was told of. */
        UNPROMISED(true, false) {
            @Override
            void damage(final Path directory) throws IOException {
                super.damage(directory);
                new ShardFiles(directory).promiseNothing();
            }
        },
        /** The store is whole, and has what the log has lost. */
        COVERED(false, false);

        private final boolean isKilled;
        private final boolean isPromiseBroken;

        Case(final boolean isKilled, final boolean isPromiseBroken) {
            this.isKilled = isKilled;
            this.isPromiseBroken = isPromiseBroken;
        }

        void damage(final Path directory) throws IOException {
            final Path segment = new ShardFiles(directory).log().resolve(SEGMENT);
            FileDamage.flip(segment, FileDamage.usedLength(segment) * 2 / 3, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellTheSameAfterItWasStopped(final Case damaged) throws IOException {
        stopAtEach(damaged, 150);
    }

    @ParameterizedTest
    @Tag("ci")
    @EnumSource
    void shouldTellTheSameAfterItWasStoppedSomewhere(final Case damaged) throws IOException {
        stopAtEach(damaged, 60);
    }

    @ParameterizedTest
    @Tag("nightly")
    @EnumSource
    void shouldTellTheSameWhereverItWasStopped(final Case damaged) throws IOException {
        stopAtEach(damaged, 1);
    }

    /** What is lost for good is known without it, as are its sequences. */
    @Test
    void shouldTellOfALossThoughTheNoteOfItIsDamaged() throws IOException {
        final Path source = damaged(Case.UNPROMISED);
        final Loss expected = losses(DirectoryRecovery.recover(context(copy(source, "whole"))))
                .get(0);
        final Path target = copy(source, "stopped");
        final HookedFiles files = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.DELETE && file.equals(LossNote.file(target))) {
                    throw new IOException("Input/output error");
                }
            }
        };
        assertThrows(
                UncheckedIOException.class,
                () -> DirectoryRecovery.recover(context(target).fileAccess(files)));
        final Path note = LossNote.file(target);
        FileDamage.flip(note, random.nextInt((int) Files.size(note)), 1);
        final RecoveryReport report = DirectoryRecovery.recover(context(target));
        assertTrue(report.isPromiseBroken(), "nothing tells that it was not acknowledged");
        final Loss told = losses(report).get(0);
        assertEquals(expected.firstSequence(), told.firstSequence());
        assertEquals(expected.lastSequence(), told.lastSequence());
        assertEquals(expected.knownFromNs(), told.knownFromNs());
        assertEquals(expected.knownToNs(), told.knownToNs());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
    }

    /** What was missing when it was begun with is there again: no repair has taken it, and nothing is lost. */
    @ParameterizedTest
    @ValueSource(strings = {"shard-0", "shard-0/log", "shard-0/log/" + SEGMENT})
    void shouldTellOfNothingThatIsPutBackBeforeItIsRepaired(final String name) throws IOException {
        requireNothingLostWhenPutBack(killed(), name);
    }

    /** What its log has lost before was told then, and is a part of what is noted as it is out of reach. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellOfNothingThatALogWhichWasRecoveredBeforeHasAgain(final boolean isClosed) throws IOException {
        final Path source = damaged(Case.PROMISED);
        assertTrue(DirectoryRecovery.recover(context(source)).isPromiseBroken());
        final Path killed;
        try (Engine engine = TollgateEngine.launch(context(source))) {
            assertTrue(engine.statistics().seriesCount() > 0);
            killed = copy(source, "killed");
        }
        requireNothingLostWhenPutBack(isClosed ? source : killed, "shard-0/log");
    }

    /** A part of a directory is gone when a recovery begins and is stopped, and there again for the next. */
    private void requireNothingLostWhenPutBack(final Path source, final String name) throws IOException {
        final Path whole = copy(source, "whole");
        final List<Long> numbers = numbers(whole);
        final Path directory = copy(source, "stopped");
        final Path taken = Files.move(directory.resolve(name), temporary.resolve("taken"));
        final Path note = LossNote.file(directory);
        for (int i = 0; i < 2; i++) {
            assertThrows(
                    UncheckedIOException.class,
                    () -> DirectoryRecovery.recover(context(directory).fileAccess(fullBehind(note))));
            assertTrue(Files.exists(note));
        }
        FileTree.delete(new SystemFileAccess(), directory.resolve(name));
        Files.move(taken, directory.resolve(name));
        final RecoveryReport report = DirectoryRecovery.recover(context(directory));
        assertFalse(report.isPromiseBroken(), () -> name + ": " + report.lines());
        assertEquals(List.of(), report.missing());
        assertEquals(List.of(), losses(report));
        assertFalse(Files.exists(directory.resolve("shard-0/log.new")), "it takes room");
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        assertEquals(numbers, numbers(directory));
    }

    /** A disk that has no room for a segment once a note is on it. */
    private static HookedFiles fullBehind(final Path note) {
        return new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.CREATE && file.toString().endsWith(".tmp") && Files.exists(note)) {
                    throw new IOException("No space left on device");
                }
            }
        };
    }

    /** A checkpoint has what the log has lost before: without it that is lost, with it again it is not. */
    @Test
    void shouldTellOfNothingThatACheckpointHasAgain() throws IOException {
        final Path source = damaged(Case.COVERED);
        assertFalse(DirectoryRecovery.recover(context(source)).isPromiseBroken());
        new ShardFiles(source).removeCleanMark();
        final Path directory = copy(source, "stopped");
        final Path checkpoint = new ShardFiles(directory).shard().resolve("checkpoint");
        final Path taken = Files.move(checkpoint, temporary.resolve("taken"));
        final Path note = LossNote.file(directory);
        assertThrows(
                UncheckedIOException.class,
                () -> DirectoryRecovery.recover(context(directory).fileAccess(fullBehind(note))));
        assertFalse(LossNote.of(directory).isNothing());
        Files.move(taken, checkpoint);
        final RecoveryReport report = DirectoryRecovery.recover(context(directory));
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        assertEquals(List.of(), losses(report));
        assertEquals(numbers(source), numbers(directory));
    }

    /**
     * What a recovery has repaired before it was stopped is told, though the next one has found more, in a store that
     * goes further, and was stopped too.
     */
    @Test
    void shouldTellOfALossThoughTwoWereStopped() throws IOException {
        final Path directory = damaged(Case.PROMISED);
        final Path note = LossNote.file(directory);
        final HookedFiles files = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.DELETE && file.equals(note)) {
                    throw new IOException("Input/output error");
                }
            }
        };
        final EngineContext stopped = context(directory).fileAccess(files);
        assertThrows(UncheckedIOException.class, () -> DirectoryRecovery.recover(stopped));
        final Loss first = LossNote.of(directory).losses().get(0);
        assertFalse(first.isCovered());
        final Path segment = new ShardFiles(directory).log().resolve(SEGMENT);
        FileDamage.flip(segment, FileDamage.usedLength(segment) - 20, 1);
        assertThrows(UncheckedIOException.class, () -> DirectoryRecovery.recover(stopped));
        assertEquals(2, LossNote.of(directory).losses().size(), "of the first, and what the store has");
        final RecoveryReport report = DirectoryRecovery.recover(context(directory));
        assertTrue(report.isPromiseBroken());
        assertTrue(losses(report).contains(first), () -> "" + report.lines());
        assertEquals(List.of(), losses(DirectoryRecovery.recover(context(directory))), "told once");
    }

    private void stopAtEach(final Case damaged, final int step) throws IOException {
        final Path source = damaged(damaged);
        final Path whole = copy(source, "whole");
        final RecoveryReport expected = DirectoryRecovery.recover(context(whole));
        assertEquals(damaged.isPromiseBroken, expected.isPromiseBroken(), expected::toString);
        assertEquals(1, expected.shards().get(0).losses().size());
        final List<Long> numbers = numbers(whole);
        int stops = 0;
        boolean hasStopped = true;
        for (int k = random.nextInt(Math.min(step, 20)); hasStopped; k += step) {
            final Path failed = copy(source, "failed");
            final Path killed = temporary.resolve("killed-" + k);
            hasStopped = stopAt(k, failed, killed);
            if (hasStopped) {
                stops++;
                requireSame(expected, numbers, failed, damaged + " failed at call " + k);
                requireSame(expected, numbers, killed, damaged + " killed at call " + k);
            }
            FileTree.delete(new SystemFileAccess(), failed);
            FileTree.delete(new SystemFileAccess(), killed);
        }
        assertTrue(stops >= Math.max(1, 20 / step), "stops=" + stops);
    }

    /** Lets a recovery fail at a call and all behind it, and keeps what a kill there would leave. */
    private static boolean stopAt(final int k, final Path failed, final Path killed) throws IOException {
        final int[] calls = {0};
        final HookedFiles files = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (calls[0] == k) {
                    new DamagedDirectory(failed).copyTo(killed);
                }
                if (calls[0]++ >= k) {
                    throw new IOException("No space left on device");
                }
            }
        };
        try {
            DirectoryRecovery.recover(context(failed).fileAccess(files));
            return false;
        } catch (final UncheckedIOException e) {
            return true;
        }
    }

    private static void requireSame(
            final RecoveryReport expected, final List<Long> numbers, final Path directory, final String what)
            throws IOException {
        final DirectoryCheck check = DirectoryCheck.of(directory);
        assertEquals(DirectoryCheck.State.DAMAGED, check.state(), () -> what + ": " + check);
        if (Files.exists(LossNote.file(directory))) {
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> TollgateEngine.launch(context(directory)).close(),
                    what);
            assertTrue(refusal.getMessage().contains("run recover"), () -> what + ": " + refusal);
            assertThrows(IllegalStateException.class, () -> DirectoryView.open(directory), what);
        }
        final RecoveryReport report = DirectoryRecovery.recover(context(directory));
        assertEquals(losses(expected), losses(report), what);
        assertEquals(expected.missing().size(), report.missing().size(), what);
        assertEquals(expected.isPromiseBroken(), report.isPromiseBroken(), what);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state(), what);
        assertEquals(numbers, numbers(directory), what);
        final RecoveryReport again = DirectoryRecovery.recover(context(directory));
        assertEquals(List.of(), losses(again), what + ": told once");
        assertFalse(again.isPromiseBroken(), what + ": told once");
        assertEquals(List.of(), again.repaired(), what + ": told once");
    }

    private static List<Loss> losses(final RecoveryReport report) {
        return report.shards().stream()
                .flatMap(shard -> shard.losses().stream())
                .toList();
    }

    /** How many operations of each lane a directory holds. */
    private static List<Long> numbers(final Path directory) {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            return IntStream.range(0, LANES)
                    .mapToObj(lane -> Lanes.numberIn(engine, lane))
                    .toList();
        }
    }

    private Path damaged(final Case damaged) throws IOException {
        final Path killed = killed();
        final Path source = damaged.isKilled ? killed : temporary.resolve("data");
        damaged.damage(source);
        return source;
    }

    /** As a kill leaves it; one that was closed is beside it. */
    private Path killed() throws IOException {
        final Path data = temporary.resolve("data");
        final Path killed = temporary.resolve("left");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final Lanes lanes = new Lanes(engine, LANES);
            for (int i = 0; i < OPERATIONS; i++) {
                for (int lane = 0; lane < LANES; lane++) {
                    lanes.feed(lane, i, i + 1);
                }
            }
            new DamagedDirectory(data).copyTo(killed);
        }
        return killed;
    }

    private Path copy(final Path source, final String name) throws IOException {
        return new DamagedDirectory(source)
                .copyTo(temporary.resolve(name + "-" + rounds++))
                .path();
    }

    private static EngineContext context(final Path directory) {
        return Lanes.context().directory(directory).stepped(true).errorHandler(told -> {});
    }
}
