package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.chronicle.PosixCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The operating system must not read ahead in a large map, so it provides the pages one by one. */
@EnabledOnOs(OS.LINUX)
class MapPagesTest {
    private static final int LARGE_ENTRIES = 200_000;

    @TempDir
    private Path directory;

    private RecordChain open(final int entries) {
        return RecordChain.persisted(new SystemFileAccess(), directory, "blocks", 128, entries);
    }

    @Test
    void shouldBeGivenSinglyForALargeMapThatIsMade() throws IOException {
        final RecordChain chain = open(LARGE_ENTRIES);
        assertTrue(Files.size(directory.resolve("blocks-0.map")) > PosixCalls.MAX_WRITTEN_LENGTH);
        assertTrue(arePagesGivenSingly());
        chain.close();
    }

    @Test
    void shouldBeGivenSinglyForAnExistingLargeMapOnceItGrows() throws IOException {
        open(LARGE_ENTRIES).close();
        final RecordChain chain = open(LARGE_ENTRIES);
        assertFalse(chain.prefault(), "no record yet");
        assertFalse(arePagesGivenSingly());
        chain.append();
        assertTrue(chain.prefault());
        assertTrue(arePagesGivenSingly());
        chain.close();
    }

    @Test
    void shouldNotBeSetForASmallMap() throws IOException {
        final RecordChain chain = open(1_000);
        chain.append();
        assertTrue(chain.prefault());
        assertFalse(arePagesGivenSingly());
        chain.close();
    }

    /** Returns true if the mapping of the map has the flag "rr", random reads. */
    private boolean arePagesGivenSingly() throws IOException {
        final List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        int at = 0;
        while (!lines.get(at).endsWith("blocks-0.map")) {
            at++;
        }
        while (!lines.get(at).startsWith("VmFlags:")) {
            at++;
        }
        return lines.get(at).contains(" rr ");
    }
}
