package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.RecordChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A map that the disk refuses while it is made leaves nothing behind, and is made at the next attempt. */
class MapGrowthFaultTest {
    private static final int LENGTH = 64;
    private static final int FIRST_ENTRIES = 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldMakeAMapThatTheDiskRefusedAtAnyCallWhenItIsAskedAgain(final boolean isDoneAllTheSame)
            throws IOException {
        int failed = 0;
        for (boolean isWhole = false; !isWhole; failed++) {
            isWhole = growsAt(failed, isDoneAllTheSame, Files.createDirectory(directory.resolve("at-" + failed)));
        }
        assertTrue(failed > 3, () -> "no calls were refused");
    }

    /** Whether the next map was made before so many calls. */
    private static boolean growsAt(final int refused, final boolean isDoneAllTheSame, final Path chain)
            throws IOException {
        final RefusingFiles files = new RefusingFiles(isDoneAllTheSame);
        final boolean isWhole;
        try (RecordChain records = RecordChain.persisted(files, chain, "records", LENGTH, FIRST_ENTRIES)) {
            fill(records, FIRST_ENTRIES);
            final Set<String> before = names(chain);
            files.left = refused;
            isWhole = isMade(records);
            files.left = Integer.MAX_VALUE;
            if (!isWhole) {
                assertEquals(before, names(chain), "left behind by call " + refused);
                assertEquals(FIRST_ENTRIES, records.capacity());
                records.prepareNext();
            }
            fill(records, FIRST_ENTRIES + 1);
        }
        try (RecordChain again =
                RecordChain.persisted(new SystemFileAccess(), chain, "records", LENGTH, FIRST_ENTRIES)) {
            assertEquals(2 * FIRST_ENTRIES + 1, again.size());
        }
        return isWhole;
    }

    private static boolean isMade(final RecordChain records) {
        try {
            records.prepareNext();
            return true;
        } catch (final UncheckedIOException e) {
            assertThrows(IOException.class, () -> {
                throw e.getCause();
            });
            return false;
        }
    }

    private static void fill(final RecordChain records, final int count) {
        for (int i = 0; i < count; i++) {
            records.append();
        }
    }

    /** An interrupt would close the file of the map, which then counted as a disk that is full. */
    @Test
    void shouldMakeAMapOnAThreadThatIsInterrupted() {
        try (RecordChain records =
                RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, FIRST_ENTRIES)) {
            Thread.currentThread().interrupt();
            fill(records, 2 * FIRST_ENTRIES);
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            assertEquals(2 * FIRST_ENTRIES, records.size());
        } finally {
            Thread.interrupted();
        }
    }

    private static Set<String> names(final Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** Refuses one call, before it is done or after, as a disk may that fails while it is waited for. */
    private static final class RefusingFiles extends HookedFiles {
        private final boolean isDoneAllTheSame;
        private int left = Integer.MAX_VALUE;

        RefusingFiles(final boolean isDoneAllTheSame) {
            this.isDoneAllTheSame = isDoneAllTheSame;
        }

        @Override
        void before(final Call call, final Path file) throws IOException {
            if (!isDoneAllTheSame) {
                count(call, file);
            }
        }

        @Override
        void after(final Call call, final Path file, final Path target) throws IOException {
            if (isDoneAllTheSame) {
                count(call, file);
            }
        }

        private void count(final Call call, final Path file) throws IOException {
            if (left-- == 0) {
                throw new IOException("Input/output error: " + call + ' ' + file.getFileName());
            }
        }
    }
}
