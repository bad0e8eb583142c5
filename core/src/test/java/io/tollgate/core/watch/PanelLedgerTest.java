package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PanelLedgerTest {
    /** Doublings of a byte until the longest state has room, and nothing. */
    private static final int MOST_ARRAYS = Integer.numberOfTrailingZeros(PanelLedger.MAX_STATE_LENGTH) + 2;

    /** It is kept on the thread of a shard, which is to make no garbage for each point. */
    @Test
    void shouldSeldomTakeMemoryForAStateThatGrows() {
        final PanelLedger ledger = new PanelLedger();
        ledger.begin("groups", "text", 1, 2);
        final PanelLedger.Entry entry = ledger.find("groups").orElseThrow();
        final Set<byte[]> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        final byte[] state = new byte[PanelLedger.MAX_STATE_LENGTH];
        for (int length = 0; length <= PanelLedger.MAX_STATE_LENGTH; length++) {
            Arrays.fill(state, (byte) length);
            assertTrue(ledger.state("groups", 1, state, length));
            assertEquals(length, entry.stateLength(1));
            assertArrayEquals(Arrays.copyOf(state, length), Arrays.copyOf(entry.state(1), length));
            taken.add(entry.state(1));
        }
        assertEquals(PanelLedger.MAX_STATE_LENGTH, entry.state(1).length);
        assertTrue(taken.size() <= MOST_ARRAYS, () -> "arrays=" + taken.size());
        assertEquals(0, entry.state(0).length);
    }
}
