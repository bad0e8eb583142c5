package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.file.FileSeal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a later version has written is no damage, whoever steps back behind it: nothing is repaired, or thrown away. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaterVersionTest {
    /** Of the positions no more is sealed. */
    private static final int POSITIONS_HEADER_LENGTH = 64;

    @TempDir
    private Path temporary;

    @BeforeEach
    void makeDirectories() throws IOException {
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(temporary.resolve("closed"))) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(temporary.resolve("closed")).copyTo(temporary.resolve("killed"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "closed, shard-0/clean, 3, false",
        "closed, shard-0/clean, 3, true",
        "closed, shard-0/checkpoint/clean, 3, false",
        "closed, shard-0/checkpoint.old/clean, 3, true",
        "closed, shard-0/checkpoint/cut, 1, false",
        "closed, shard-0/checkpoint/cut, 1, true",
        "closed, shard-0/log/begin, 4, true",
        "closed, tollgate.header, 1, false",
        "closed, tollgate.header, 1, true",
        "killed, shard-0/positions, 1, false",
        "killed, shard-0/positions, 1, true",
        "killed, shard-0/checkpoint/clean, 3, true",
        "killed, shard-0/checkpoint.old/clean, 3, false",
        "killed, shard-0/checkpoint/cut, 1, false",
        "killed, shard-0/log/begin, 4, false",
        "killed, tollgate.header, 1, false",
        "killed, tollgate.header, 1, true"
    })
    void shouldRefuseWhatALaterVersionHasWrittenAndChangeNothing(
            final String name, final String file, final int lastVersion, final boolean isLonger) throws IOException {
        final Path directory = temporary.resolve(name);
        write(directory.resolve(file), lastVersion + 1, isLonger);
        final Map<String, ByteBuffer> before = contents(directory);
        requireRefused(directory, file, () -> DirectoryCheck.of(directory));
        requireRefused(directory, file, () -> DirectoryRecovery.recover(DamagedDirectory.context(directory)));
        requireRefused(
                directory,
                file,
                () -> DirectoryBackup.make(DamagedDirectory.context(directory), temporary.resolve("backup")));
        requireRefused(
                directory,
                file,
                () -> TollgateEngine.launch(DamagedDirectory.context(directory)).close());
        assertEquals(before, contents(directory));
        assertFalse(Files.exists(temporary.resolve("backup")));
    }

    private static void requireRefused(final Path directory, final String file, final Runnable call) {
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, call::run);
        assertTrue(refusal.getMessage().startsWith("file=" + directory.resolve(file)), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("with the version"), refusal::getMessage);
        assertFalse(refusal.getMessage().contains("recover"), refusal::getMessage);
    }

    /** Under a right seal, with some fields more or as it was. */
    private static void write(final Path file, final int version, final boolean isLonger) throws IOException {
        final byte[] whole = Files.readAllBytes(file);
        final byte[] later = Arrays.copyOf(whole, whole.length + (isLonger ? Long.BYTES + Integer.BYTES : 0));
        final byte[] sealed =
                file.endsWith("positions") ? Arrays.copyOf(later, POSITIONS_HEADER_LENGTH) : later.clone();
        final long magic = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        assertTrue(FileSeal.isWhole(Arrays.copyOf(sealed, Math.min(sealed.length, whole.length)), magic));
        FileSeal.seal(sealed, magic, version);
        System.arraycopy(sealed, 0, later, 0, sealed.length);
        Files.write(file, later);
    }

    /** All files but those that hold no data. */
    private static Map<String, ByteBuffer> contents(final Path directory) throws IOException {
        final Map<String, ByteBuffer> contents = new TreeMap<>();
        for (final String file : new DamagedDirectory(directory).files()) {
            if (!file.equals("engine.lock") && !file.equals("counters")) {
                contents.put(file, ByteBuffer.wrap(Files.readAllBytes(directory.resolve(file))));
            }
        }
        return contents;
    }
}
