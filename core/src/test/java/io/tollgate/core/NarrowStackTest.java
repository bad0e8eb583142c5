package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine is stepped, or closed, by a thread whose stack is almost used up: it overflows anywhere in that, and in
 * what would say so. Nothing is acknowledged then that the engine has not, and nothing that it has is lost; and the
 * same thread can go on with the engine, and close it.
 *
 * <p>In processes of their own: a class whose initialisation an overflow hits is of no use any more.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NarrowStackTest {
    private static final int SERIES = 10;
    private static final int BEFORE = 2;
    private static final int MORE_FRAMES_THAN_A_CYCLE_TAKES = 60;
    private static final long STACK_SIZE = 200_000;
    private static final int STACK_SIZES = 40_000;

    @TempDir
    private Path temporary;

    /** What was seen of a directory: whether the stack overflowed, and how many points of a series count at least. */
    private record Round(String directory, boolean isOverflow, boolean isAcknowledged, long readCount) {
        static Round of(final String line) {
            final String[] words = line.split(" ");
            return new Round(
                    words[0], Boolean.parseBoolean(words[1]), Boolean.parseBoolean(words[2]), Long.parseLong(words[3]));
        }

        @Override
        public String toString() {
            return directory + " " + isOverflow + " " + isAcknowledged + " " + readCount;
        }
    }

    /** What uses the stack of a thread up, and does something once, so many calls below the last one. */
    private static final class NarrowStack {
        private final Runnable action;
        private final int frames;
        private int left;
        private boolean isDone;
        private boolean isOverflow;

        NarrowStack(final Runnable action, final int frames) {
            this.action = action;
            this.frames = frames;
        }

        void descend() {
            try {
                descend();
            } catch (final StackOverflowError e) {
                // There is more room on the way back.
            }
            if (isDone || left++ < frames) {
                return;
            }
            isDone = true;
            try {
                action.run();
            } catch (final StackOverflowError e) {
                isOverflow = true;
            } catch (final IllegalStateException e) {
                // The engine could say that it has failed.
            }
        }
    }

    /**
     * The program of the process: a directory, a number of rounds, a seed, and whether the engine is closed; prints
     * what it has seen in each.
     */
    public static void main(final String[] arguments) throws Exception {
        final Random random = new Random(Long.parseLong(arguments[2]));
        final boolean isClosed = Boolean.parseBoolean(arguments[3]);
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            final Path directory = Path.of(arguments[0]).resolve("round-" + i);
            final FutureTask<Round> round = new FutureTask<>(() -> overflow(directory, isClosed, random));
            new Thread(null, round, "narrow", STACK_SIZE + random.nextInt(STACK_SIZES)).start();
            System.out.println(round.get());
        }
    }

    private static EngineContext context(final Path directory) {
        return new EngineContext()
                .directory(directory)
                .stepped(true)
                .logSegmentLength(1 << 16)
                .errorHandler(error -> {});
    }

    private static List<FlowSeries> define(final Engine engine) {
        return IntStream.range(0, SERIES)
                .mapToObj(i -> engine.defineFlow(SeriesDefinition.flow("events." + i, Unit.COUNT, 0)))
                .toList();
    }

    private static Round overflow(final Path directory, final boolean isClosed, final Random random) {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final List<FlowSeries> all = define(engine);
            for (int i = 0; i < BEFORE; i++) {
                engine.awaitApplied(offer(engine.publisher(), all));
            }
            final long ticket = offer(engine.publisher(), all);
            final NarrowStack stack = new NarrowStack(
                    isClosed ? engine::close : engine::step, random.nextInt(MORE_FRAMES_THAN_A_CYCLE_TAKES));
            stack.descend();
            final boolean isAcknowledged = !isClosed && isApplied(engine, ticket);
            return new Round(
                    directory.getFileName().toString(),
                    stack.isOverflow,
                    isAcknowledged,
                    isAcknowledged ? readCount(engine, all) : BEFORE);
        }
    }

    private static long offer(final Publisher publisher, final List<FlowSeries> all) {
        long ticket = 0;
        for (final FlowSeries series : all) {
            ticket = publisher.offer(series, 1, 1);
        }
        return ticket;
    }

    private static boolean isApplied(final Engine engine, final long ticket) {
        try {
            engine.awaitApplied(ticket);
            return true;
        } catch (final IllegalStateException e) {
            if (!e.getMessage().startsWith("engine=failed")) {
                throw e;
            }
            return false;
        }
    }

    /** How many points each series has, at least. */
    private static long readCount(final Engine engine, final List<FlowSeries> all) {
        return all.stream()
                .mapToLong(series -> PointCount.of(engine, series))
                .min()
                .orElseThrow();
    }

    @Test
    void shouldLoseNothingThatItAcknowledges() throws Exception {
        final long seed = TestSeed.of("NarrowStackTest");
        int overflowCount = 0;
        int failedCount = 0;
        for (final Round round : overflowIn(TestEffort.times(40), seed, false)) {
            overflowCount += round.isOverflow() ? 1 : 0;
            failedCount += round.isAcknowledged() ? 0 : 1;
            requireKept(round);
        }
        assertTrue(overflowCount > 0, "no overflow");
        assertTrue(failedCount > 0, "no cycle was hit");
    }

    @Test
    @Tag("ci")
    void shouldBeClosedByTheThreadThatCouldNotDoItBefore() throws Exception {
        final long seed = TestSeed.of("NarrowStackTest");
        int overflowCount = 0;
        for (final Round round : overflowIn(TestEffort.times(40), seed, true)) {
            overflowCount += round.isOverflow() ? 1 : 0;
            requireKept(round);
        }
        assertTrue(overflowCount > 0, "no overflow");
    }

    private void requireKept(final Round round) {
        final int least = round.isAcknowledged() ? BEFORE + 1 : BEFORE;
        assertEquals(least, round.readCount(), () -> "read: " + round);
        try (Engine engine = TollgateEngine.launch(context(temporary.resolve(round.directory())))) {
            for (int i = 0; i < SERIES; i++) {
                final long count = PointCount.of(engine, "events." + i);
                assertTrue(count >= least && count <= BEFORE + 1, () -> "reopened: " + round + " count=" + count);
            }
        }
    }

    private List<Round> overflowIn(final int rounds, final long seed, final boolean isClosed)
            throws IOException, InterruptedException {
        final List<String> command =
                TestJvm.command(NarrowStackTest.class, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        command.addAll(List.of(
                temporary.toString(), Integer.toString(rounds), Long.toString(seed), Boolean.toString(isClosed)));
        final Path output = temporary.resolve("output");
        final int exitCode = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertEquals(0, exitCode);
        return Files.readAllLines(output).stream().map(Round::of).toList();
    }
}
