package io.tollgate.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.algo.hashing.LongHashFunction;

/** The hash that the file of a map would have, had Chronicle Map itself written what it says of itself. */
public final class ForgedMap {
    private static final int LENGTH_OFFSET = 8;
    private static final int TEXT_OFFSET = 12;
    private static final int MAX_LENGTH = 1 << 30;

    private ForgedMap() {}

    /** Puts it in its place, whatever the map was changed to; not where the text would end behind the file. */
    public static void rehash(final Path file) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        final int length = bytes.getInt(LENGTH_OFFSET) & MAX_LENGTH - 1;
        if (length <= bytes.capacity() - TEXT_OFFSET) {
            bytes.putLong(0, LongHashFunction.xx_r39().hashBytes(bytes, LENGTH_OFFSET, length + Integer.BYTES));
            Files.write(file, bytes.array());
        }
    }
}
