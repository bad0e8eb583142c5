package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.ExamplePanels;
import io.tollgate.core.fixture.ExampleWatches;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.PanelAnswers;
import io.tollgate.core.report.OpeningReport;
import io.tollgate.core.timeline.PanelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Directories with registrations over many series. They contain watches on panels of each kind, with and without
 * events, in logs, in a checkpoint and in the store of a close. They also contain a subscription to metrics over
 * windows, with watches and options, and ends of both.
 */
class PanelDirectoryTest {
    private enum Left {
        /** Left by a kill after a checkpoint. */
        KILLED(OpeningReport.Origin.CHECKPOINT),
        CLOSED(OpeningReport.Origin.CLOSED);

        private final OpeningReport.Origin origin;

        Left(final OpeningReport.Origin origin) {
            this.origin = origin;
        }

        Path filled(final Path temporary) throws IOException {
            final Path data = temporary.resolve("data");
            final Path killed = temporary.resolve("killed");
            try (ExamplePanels.Filled filled = ExamplePanels.fill(data)) {
                assertEquals(15, filled.recorded().get("panels").recorded().size());
                new DamagedDirectory(data).copyTo(killed);
            }
            return this == KILLED ? killed : data;
        }
    }

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheAnswersWrittenByHandAndSendUpdates(final Left left) throws IOException {
        final Path directory = left.filled(temporary);
        assertEquals(
                left == Left.CLOSED ? DirectoryCheck.State.SOUND : DirectoryCheck.State.NEEDS_RECOVERY,
                DirectoryCheck.of(directory).state());
        PanelAnswers.require(directory, left.origin);
    }

    /** A directory that is not closed is readable only on the same machine before a restart. */
    @ParameterizedTest
    @EnumSource
    void shouldGiveThemToAViewOfAClosedDirectory(final Left left) throws IOException {
        final Path directory = left.filled(temporary);
        if (left == Left.KILLED) {
            new DirectoryFiles(directory).markNotClosed();
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> DirectoryView.open(directory).close());
            assertTrue(refusal.getMessage().startsWith("dataDirectory=" + directory), refusal::getMessage);
            assertFalse(
                    InPlaceRecovery.recover(ExamplePanels.context(directory)).isPromiseBroken());
        }
        try (DirectoryView view = DirectoryView.open(directory)) {
            PanelAnswers.requireReadable(new ExamplePanels(view::find), view.newPanelReader());
        }
        PanelAnswers.require(directory, OpeningReport.Origin.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveThemFromTheLogsAlone(final Left left) throws IOException {
        final Path directory = left.filled(temporary);
        new DirectoryFiles(directory).deleteCheckpoints();
        FileDamage.flip(new DirectoryFiles(directory).store().resolve("header"), 0, 1);
        assertFalse(InPlaceRecovery.recover(ExamplePanels.context(directory)).isPromiseBroken());
        PanelAnswers.require(directory, OpeningReport.Origin.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveThemFromABackup(final Left left) throws IOException {
        final Path backup = temporary.resolve("backup");
        DirectoryBackup.make(ExamplePanels.context(left.filled(temporary)), backup);
        PanelAnswers.require(backup, OpeningReport.Origin.CLOSED);
    }

    /** The text identifies a watch: another text makes another watch. */
    @Test
    void shouldKnowEachKindOfWatchByItsText() throws IOException {
        try (TollgateEngine engine = TollgateEngine.launch(ExamplePanels.context(Left.CLOSED.filled(temporary)))) {
            final ExampleWatches watches = new ExampleWatches(new ExamplePanels(engine.series()::find));
            for (final WatchSet known : List.of(watches.recorded(), watches.texts(), watches.later())) {
                final String logged =
                        engine.resources().updates().panels().text(known.name()).orElseThrow();
                assertTrue(PanelText.isSame(logged, known.text()), () -> logged + "is not\n" + known.text());
            }
            assertEquals(11, watches.texts().watches().size());
            final Watch first = watches.recorded().watches().get(0);
            final WatchSet other = WatchSet.of("panels", first.withClear(first.clear() - 1));
            assertThrows(IllegalStateException.class, () -> engine.updates().subscribe(other, QueueOptions.DEFAULT));
            assertFalse(engine.updates().unsubscribe("ended"));
            assertFalse(engine.updates().unsubscribe("gone"));
        }
    }
}
