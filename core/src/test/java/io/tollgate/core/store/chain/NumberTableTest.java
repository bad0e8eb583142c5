package io.tollgate.core.store.chain;

import static io.tollgate.core.store.chain.NumberTableDescriptor.CAPACITY_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.CONTINUED_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.FIRST_NUMBER_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.HEADER_LENGTH;
import static io.tollgate.core.store.chain.NumberTableDescriptor.MAGIC_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.MAP_INDEX_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.MAP_LENGTH_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.VALUE_LENGTH_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.VERSION_OFFSET;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.store.memory.MappedArea;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NumberTableTest {
    @Test
    void shouldLieAsDrawn() {
        assertArrayEquals(new int[] {0, 8, 12, 16, 24, 32, 40, 48, 56, 64}, new int[] {
            MAGIC_OFFSET,
            VERSION_OFFSET,
            VALUE_LENGTH_OFFSET,
            MAP_INDEX_OFFSET,
            FIRST_NUMBER_OFFSET,
            CAPACITY_OFFSET,
            COUNT_OFFSET,
            MAP_LENGTH_OFFSET,
            CONTINUED_OFFSET,
            HEADER_LENGTH
        });
        assertEquals(64 + 8 * 5, NumberTableDescriptor.wordOffset(5));
        assertEquals(64 + (8 << 20), NumberTableDescriptor.tableLength(MapChain.MAX_MAP_ENTRIES));
    }

    @Test
    void shouldWriteTheseBytes() {
        final MappedArea area = MappedArea.anonymous(NumberTableDescriptor.tableLength(3));
        try (NumberTable table = new NumberTable("table", area, 3)) {
            table.initialise(7, 256, 4_096);
            table.append(1_000, 0x1122);
            table.append(1_001, 0x3344);
            final ByteBuffer expected = ByteBuffer.allocate(64 + 24).order(ByteOrder.nativeOrder());
            expected.put("TGNUMBER".getBytes(StandardCharsets.US_ASCII))
                    .putInt(1)
                    .putInt(256);
            expected.putInt(7)
                    .putInt(0)
                    .putLong(1_000)
                    .putLong(3)
                    .putLong(2)
                    .putLong(4_096)
                    .putLong(0);
            expected.putLong(0x1122).putLong(0x3344).putLong(0);
            final byte[] found = new byte[64 + 24];
            area.buffer().getBytes(0, found);
            assertArrayEquals(expected.array(), found);
            assertEquals(2, table.count());
            assertEquals(1_000, table.firstNumber());
            assertEquals(0x3344, table.word(1));
            assertEquals(64 + 24, table.length());
            assertFalse(table.isContinued());
            table.continueInNext();
            assertTrue(table.isContinued());
            assertEquals(1, area.buffer().getLong(56));
        }
    }
}
