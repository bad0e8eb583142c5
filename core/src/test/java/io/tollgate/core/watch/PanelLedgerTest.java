package io.tollgate.core.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Panel watches are read as they were written: names, texts, starts, and states. */
class PanelLedgerTest {
    private static final int CHANGES = 200;
    private static final int NAMES = 8;

    /** The number of doublings of one byte up to the longest state, plus the empty one. */
    private static final int MOST_ARRAYS = Integer.numberOfTrailingZeros(PanelLedger.MAX_STATE_LENGTH) + 2;

    private final long seed = TestSeed.of("PanelLedgerTest");
    private final Random random = new Random(seed);
    private final Map<String, Watches> model = new LinkedHashMap<>();
    private PanelLedger ledger = new PanelLedger();

    /** The watches of one name. */
    private record Watches(String text, long startNs, byte[][] states) {}

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        for (int i = 0; i < TestEffort.times(CHANGES); i++) {
            change();
            ledger = reread(ledger);
            requireAsModel();
        }
    }

    private void change() {
        final String name = "w\u00e4tch." + random.nextInt(NAMES);
        switch (random.nextInt(6)) {
            case 0 -> assertEquals(model.remove(name) != null, ledger.end(name), () -> "seed=" + seed);
            case 1, 2 -> {
                if (!model.containsKey(name)) {
                    begin(name);
                }
            }
            default -> state(name);
        }
    }

    private void begin(final String name) {
        final int count = random.nextInt(10) == 0 ? 255 : 1 + random.nextInt(4);
        final Watches watches =
                new Watches("t\u00e9xt " + random.nextLong() + "\n", random.nextLong(), new byte[count][0]);
        model.put(name, watches);
        ledger.begin(name, watches.text(), watches.startNs(), count);
    }

    private void state(final String name) {
        final byte[] state = new byte[PanelLedger.MAX_STATE_LENGTH];
        random.nextBytes(state);
        final int length = random.nextInt(8) == 0 ? state.length : random.nextInt(50);
        final Watches watches = model.get(name);
        final int watch = random.nextInt(watches == null ? 5 : watches.states().length + 1);
        final boolean isThere = watches != null && watch < watches.states().length;
        assertEquals(isThere, ledger.state(name, watch, state, length), () -> "seed=" + seed);
        if (isThere) {
            watches.states()[watch] = Arrays.copyOf(state, length);
        }
    }

    private static PanelLedger reread(final PanelLedger written) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.write(new DataOutputStream(bytes));
        final PanelLedger read = new PanelLedger();
        final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        read.read(in);
        assertEquals(0, in.available());
        final ByteArrayOutputStream again = new ByteArrayOutputStream();
        read.write(new DataOutputStream(again));
        assertArrayEquals(bytes.toByteArray(), again.toByteArray());
        return read;
    }

    private void requireAsModel() {
        assertEquals(model.size(), ledger.size());
        assertEquals(model.isEmpty(), ledger.isEmpty());
        assertFalse(ledger.text("other").isPresent());
        model.forEach((name, watches) -> {
            final PanelLedger.Entry entry = ledger.find(name).orElseThrow();
            assertEquals(watches.text(), ledger.text(name).orElseThrow());
            assertEquals(watches.startNs(), entry.startNs());
            for (int i = 0; i < watches.states().length; i++) {
                final byte[] state = watches.states()[i];
                assertEquals(state.length, entry.stateLength(i));
                assertTrue(Arrays.equals(state, 0, state.length, entry.state(i), 0, state.length));
            }
        });
    }

    /** The engine thread keeps the state, and must not allocate for each point. */
    @Test
    void shouldSeldomTakeMemoryForAStateThatGrows() {
        final PanelLedger growing = new PanelLedger();
        growing.begin("groups", "text", 1, 2);
        final PanelLedger.Entry entry = growing.find("groups").orElseThrow();
        final Set<byte[]> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        final byte[] state = new byte[PanelLedger.MAX_STATE_LENGTH];
        for (int length = 0; length <= PanelLedger.MAX_STATE_LENGTH; length++) {
            Arrays.fill(state, (byte) length);
            assertTrue(growing.state("groups", 1, state, length));
            assertEquals(length, entry.stateLength(1));
            assertArrayEquals(Arrays.copyOf(state, length), Arrays.copyOf(entry.state(1), length));
            taken.add(entry.state(1));
        }
        assertEquals(PanelLedger.MAX_STATE_LENGTH, entry.state(1).length);
        assertTrue(taken.size() <= MOST_ARRAYS, () -> "arrays=" + taken.size());
        assertEquals(0, entry.state(0).length);
    }
}
