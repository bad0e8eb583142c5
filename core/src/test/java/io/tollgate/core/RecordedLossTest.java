package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.log.LogBegin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Losses that a log has recorded, of which nothing says whether a checkpoint has what they took, as the file is gone
 * that says where the log begins: each of them may be the one that the checkpoint was kept for.
 */
class RecordedLossTest {
    private static final String SEGMENT = "log-0000000000000000.seg";
    private static final int EARLY = 700;
    private static final int MORE = 20;

    @TempDir
    private Path temporary;

    private Path data;
    private ShardFiles files;
    private Path checkpoint;
    private Map<String, List<String>> answers;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
        files = new ShardFiles(data);
        checkpoint = files.shard().resolve("checkpoint");
    }

    /** What the first one took the checkpoint has, what the second one took nothing; both lie in the log alone. */
    private void loseTwice() throws IOException {
        DamagedDirectory.fill(data).close();
        answers = DamagedDirectory.answers(new DamagedDirectory(data)
                .copyTo(temporary.resolve("reference"))
                .path());
        final Path segment = files.log().resolve(SEGMENT);
        FileDamage.flip(segment, EARLY, 1);
        assertTrue(recoverLoss().isCovered());
        goOnAndKill(MORE);
        FileDamage.flip(segment, FileDamage.usedLength(segment) - 400, 1);
        final Loss told = recoverLoss();
        assertFalse(told.isCovered(), told::toString);
        assertTrue(told.firstSequence() > ShardCheckpoint.sequence(checkpoint), told::toString);
        goOnAndKill(1);
        Files.delete(LogBegin.file(files.log()));
    }

    private Loss recoverLoss() {
        final List<Loss> losses = DirectoryRecovery.recover(DamagedDirectory.context(data))
                .shards()
                .get(0)
                .losses();
        assertEquals(1, losses.size(), losses::toString);
        return losses.get(0);
    }

    private void goOnAndKill(final int points) throws IOException {
        final Path killed = temporary.resolve("killed");
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(data))) {
            final FlowSeries more = engine.defineFlow(SeriesDefinition.flow("recorded.more", Unit.COUNT, 0));
            for (int i = 0; i < points; i++) {
                engine.awaitApplied(engine.publisher().offer(more, i, 1, Publisher.NONE, points + i));
            }
            new DamagedDirectory(data).copyTo(killed);
        }
        DamagedDirectory.put(killed, data);
        DamagedDirectory.delete(killed);
    }

    /** It goes as far as what was lost, and can be started from. */
    @Test
    void shouldBeCoveredByACheckpointOfThisLayout() throws IOException {
        loseTwice();
        assertEquals(
                DirectoryCheck.State.NEEDS_RECOVERY, DirectoryCheck.of(data).state());
        assertEquals(answers, DamagedDirectory.answers(data));
    }
}
