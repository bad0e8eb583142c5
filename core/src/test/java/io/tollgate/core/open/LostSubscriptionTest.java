package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log has lost the start or end of a subscription or panel watch. Names stay unique. */
class LostSubscriptionTest {
    private static final String NAME = "lost.subscription";
    private static final Subscription FIRST = Subscription.of(NAME, "*").withMetrics(WatchedMetric.LEVEL);
    private static final Subscription SECOND =
            Subscription.of(NAME, "*").withMetrics(WatchedMetric.of(Window.slidingNs(9), Metric.COUNT));

    @TempDir
    private Path temporary;

    private Path data;
    private Path killed;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        killed = temporary.resolve("killed");
    }

    private Engine launch(final Path directory) {
        return TollgateEngine.launch(context(directory));
    }

    private EngineContext context(final Path directory) {
        return TestContext.stepped(ClockMode.EVENT, directory).logSegmentLength(1 << 16);
    }

    private static StepSeries define(final Engine engine) {
        return engine.defineStep(SeriesDefinition.step("level", Unit.PERCENT, 0));
    }

    private static WatchSet watches(final Engine engine) {
        final Group group = Group.of(GroupMember.of(define(engine)));
        return WatchSet.of(NAME, Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 1));
    }

    private static void subscribe(final Engine engine, final Subscription subscription) {
        engine.updates().subscribe(subscription, QueueOptions.DEFAULT).close();
    }

    private static void watch(final Engine engine) {
        engine.updates().subscribe(watches(engine), QueueOptions.DEFAULT).close();
    }

    private static void end(final Engine engine) {
        assertTrue(engine.updates().unsubscribe(NAME));
    }

    private void kill(final Engine engine) throws IOException {
        engine.step();
        new DamagedDirectory(data).copyTo(killed);
    }

    /** Damages the given record with the name, and recovers. */
    private RecoveryReport lose(final int record) throws IOException {
        final Path segment = new DirectoryFiles(killed).segment(0);
        final String bytes = new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1);
        int position = bytes.indexOf(NAME);
        for (int i = 0; i < record; i++) {
            position = bytes.indexOf(NAME, position + 1);
        }
        assertTrue(position > 0, () -> "record=" + record);
        FileDamage.flip(segment, position, 1);
        final RecoveryReport report = InPlaceRecovery.recover(context(killed));
        assertEquals(1, report.losses().size(), () -> "" + report.lines());
        return report;
    }

    @Test
    void shouldEndWhatItsNameIsTakenFrom() throws IOException {
        try (Engine engine = launch(data)) {
            define(engine);
            subscribe(engine, FIRST);
            end(engine);
            subscribe(engine, SECOND);
            kill(engine);
        }
        assertEquals(0, lose(1).contents().orphanedCount(), "no remaining record was skipped");
        try (Engine engine = launch(killed)) {
            assertEquals(List.of(SECOND), engine.updates().list());
            try (UpdateQueue queue = engine.updates().subscribe(SECOND, QueueOptions.DEFAULT)) {
                engine.awaitApplied(engine.publisher().offer(define(engine), 0, 1));
                assertEquals(1, queue.poll(update -> assertEquals(0, update.metricIndex()), 9));
            }
            end(engine);
            assertEquals(List.of(), engine.updates().list());
        }
    }

    @Test
    void shouldCountAnEndOfWhatNeverBegan() throws IOException {
        try (Engine engine = launch(data)) {
            define(engine);
            subscribe(engine, FIRST);
            end(engine);
            kill(engine);
        }
        assertEquals(1, lose(0).contents().orphanedCount());
        try (Engine engine = launch(killed)) {
            assertEquals(List.of(), engine.updates().list());
        }
    }

    @Test
    void shouldCountAnEndOfWatchesThatNeverBegan() throws IOException {
        try (Engine engine = launch(data)) {
            watch(engine);
            end(engine);
            kill(engine);
        }
        assertEquals(1, lose(0).contents().orphanedCount());
        try (Engine engine = launch(killed)) {
            subscribe(engine, FIRST);
        }
    }

    @Test
    void shouldEndWatchesWhoseNameIsTaken() throws IOException {
        try (Engine engine = launch(data)) {
            watch(engine);
            end(engine);
            subscribe(engine, FIRST);
            kill(engine);
        }
        assertEquals(0, lose(1).contents().orphanedCount());
        try (Engine engine = launch(killed)) {
            assertEquals(List.of(FIRST), engine.updates().list());
            end(engine);
            watch(engine);
        }
    }

    @Test
    void shouldEndASubscriptionWhoseNameWatchesTake() throws IOException {
        try (Engine engine = launch(data)) {
            define(engine);
            subscribe(engine, FIRST);
            end(engine);
            watch(engine);
            kill(engine);
        }
        assertEquals(0, lose(1).contents().orphanedCount());
        try (Engine engine = launch(killed)) {
            assertEquals(List.of(), engine.updates().list());
            watch(engine);
            end(engine);
            subscribe(engine, SECOND);
        }
    }
}
