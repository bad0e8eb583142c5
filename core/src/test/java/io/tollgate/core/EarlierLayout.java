package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** A store that was closed cleanly, made to look as if an earlier version had closed it. */
final class EarlierLayout {
    private EarlierLayout() {}

    /** Writes an earlier version into the header of a store, with the checksums that go with it. */
    static void make(final Path store) throws IOException {
        final byte[] header = Files.readAllBytes(store.resolve("header"));
        final ByteBuffer mark =
                ByteBuffer.wrap(Files.readAllBytes(store.resolve("clean"))).order(ByteOrder.LITTLE_ENDIAN);
        final int before = crc(header);
        header[8] = 2;
        Files.write(store.resolve("header"), header);
        int found = 0;
        for (int offset = 64; offset + Integer.BYTES <= mark.capacity(); offset++) {
            if (mark.getInt(offset) == before) {
                mark.putInt(offset, crc(header));
                found++;
            }
        }
        assertEquals(1, found, "checksums of the header");
        Files.write(
                store.resolve("clean"),
                mark.putInt(12, 0).putInt(12, crc(mark.array())).array());
    }

    /** Nobody opens, recovers, checks or copies a directory, and each says which version opens it. */
    static void requireRefused(final Path data) {
        final Path backup = data.resolveSibling("refused");
        for (final Runnable call : List.<Runnable>of(
                () -> TollgateEngine.launch(DamagedDirectory.context(data)).close(),
                () -> DirectoryRecovery.recover(DamagedDirectory.context(data)),
                () -> DirectoryCheck.of(data),
                () -> DirectoryBackup.make(new EngineContext().directory(data), backup))) {
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, call::run);
            assertTrue(
                    refusal.getMessage().contains("open this data directory with the version of Tollgate"),
                    refusal::getMessage);
        }
        assertFalse(Files.exists(backup));
    }

    private static int crc(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
