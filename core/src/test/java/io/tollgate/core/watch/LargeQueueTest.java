package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.UpdateRequest;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestJvm;
import io.tollgate.core.fixture.UpdateRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No off-heap memory is left for an update queue in a JVM with little memory. The call fails without an effect, and the
 * engine continues.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeQueueTest {
    private static final Subscription LEVELS = Subscription.of("levels", "rate").withMetrics(WatchedMetric.LEVEL);
    private static final int LIMIT_MIB = 96;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseTheCallAloneThatAsksForTheLargestQueue(final boolean isStepped) throws Exception {
        assertEquals(
                List.of(
                        "subscribe java.lang.OutOfMemoryError",
                        "subscriptions=[]",
                        "watch java.lang.OutOfMemoryError",
                        "subscriptions=[levels]",
                        "FIRED at=3",
                        "POINT at=3 OK 1.0 -> OK 2.0"),
                run(isStepped));
    }

    private List<String> run(final boolean isStepped) throws IOException, InterruptedException {
        final List<String> command =
                TestJvm.command(LargeQueueTest.class, "-XX:MaxDirectMemorySize=" + LIMIT_MIB + "m");
        command.add(Boolean.toString(isStepped));
        final Path output = temporary.resolve("output");
        final Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertEquals(0, process.waitFor(), () -> "isStepped=" + isStepped);
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }

    /** Runs in the other process. */
    public static void main(final String... arguments) {
        final boolean isStepped = Boolean.parseBoolean(arguments[0]);
        try (Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.EVENT)
                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
            engine.awaitApplied(engine.publisher().offer(rate, 1, 1));
            final WatchedPanel panel = WatchedPanel.of(Group.of(GroupMember.of(rate)), GroupMetric.SIMPLE);
            final WatchSet watches = WatchSet.of("above", Watch.above(panel, 1.5));
            System.out.println("subscribe " + failureOf(() -> engine.updates().subscribe(LEVELS, largest())));
            reportSubscriptions(engine);
            final UpdateQueue updates = engine.updates().subscribe(LEVELS, QueueOptions.DEFAULT);
            System.out.println("watch " + failureOf(() -> engine.updates().subscribe(watches, largest())));
            reportSubscriptions(engine);
            final UpdateQueue events = engine.updates().subscribe(watches, QueueOptions.DEFAULT);
            engine.awaitApplied(engine.publisher().offer(rate, 3, 2));
            final UpdateRecorder.Recorded event = next(engine, isStepped, events);
            System.out.println(event.type() + " at=" + event.atNs());
            System.out.println(next(engine, isStepped, updates).change());
        }
    }

    private static QueueOptions largest() {
        int capacity = 1 << 30;
        while (true) {
            try {
                return new QueueOptions(capacity, OverflowPolicy.DROP_OLDEST);
            } catch (final IllegalArgumentException e) {
                capacity >>= 1;
            }
        }
    }

    private static String failureOf(final Runnable call) {
        try {
            call.run();
            return "done";
        } catch (final RuntimeException | Error e) {
            return e.getClass().getName();
        }
    }

    private static void reportSubscriptions(final Engine engine) {
        System.out.println("subscriptions="
                + engine.updates().list().stream().map(UpdateRequest::name).toList());
    }

    private static UpdateRecorder.Recorded next(final Engine engine, final boolean isStepped, final UpdateQueue queue) {
        final UpdateRecorder recorder = new UpdateRecorder();
        while (queue.poll(recorder, 1) == 0) {
            if (isStepped) {
                engine.step();
            } else {
                Thread.onSpinWait();
            }
        }
        return recorder.recorded().get(0);
    }
}
