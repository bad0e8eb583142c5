package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.MutableDirectBuffer;

/** Keeps the replayed operations by sequence, and requires rising sequences. */
final class RecordedOperations implements OperationHandler {
    final SortedMap<Long, byte[]> bySequence = new TreeMap<>();

    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        assertTrue(bySequence.isEmpty() || sequence > bySequence.lastKey(), "sequence=" + sequence + " came late");
        final byte[] record = new byte[length];
        buffer.getBytes(offset, record);
        bySequence.put(sequence, record);
    }

    void requireAllIn(final SortedMap<Long, byte[]> appended, final String message) {
        bySequence.forEach((sequence, record) -> assertArrayEquals(
                appended.get(sequence), record, () -> message + ": sequence=" + sequence + " is a wrong record"));
    }
}
