package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.TestReader;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DefinitionAnswers;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.ExampleDefinitions;
import io.tollgate.core.fixture.InPlaceRecovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cleanly closed data directory with the content of {@link ExampleDefinitions}: definitions of each kind, windows of
 * each kind by series and by pattern, and refusals.
 */
class DefinitionDirectoryTest {
    @TempDir
    private Path temporary;

    private Path filled() {
        final Path directory = temporary.resolve("data");
        ExampleDefinitions.fill(directory);
        return directory;
    }

    @Test
    void shouldHaveWhatItWasMadeWith() throws IOException {
        final Path directory = filled();
        assertTrue(Files.exists(directory.resolve("store/series-1.map")), "more than one map");
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        DefinitionAnswers.require(directory);
    }

    @Test
    void shouldHaveItInAView() throws IOException {
        try (DirectoryView view = DirectoryView.open(filled())) {
            DefinitionAnswers.requireReadable(view::find, new TestReader(view.newReader()));
        }
    }

    @Test
    void shouldHaveItMadeOfTheLogAlone() throws IOException {
        final Path directory = filled();
        FileDamage.flip(new DirectoryFiles(directory).store().resolve("header"), 0, 1);
        assertFalse(
                InPlaceRecovery.recover(DefinitionAnswers.context(directory)).isPromiseBroken());
        assertTrue(new DirectoryFiles(directory).isClosed());
        DefinitionAnswers.require(directory);
    }
}
