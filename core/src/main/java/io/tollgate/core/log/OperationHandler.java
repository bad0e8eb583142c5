package io.tollgate.core.log;

import org.agrona.MutableDirectBuffer;

/** Receives the records of a replay in the order of their sequences, on the replaying thread. */
@FunctionalInterface
public interface OperationHandler {
    /**
     * Handles one record. Its type is known and its length is checked; its fields are not validated.
     *
     * @param buffer that holds the record; it is reused after the call.
     * @param offset of the record in the buffer, in bytes.
     * @param length of the record in bytes.
     * @param sequence of the record, one more than that of the record before it.
     */
    void onOperation(MutableDirectBuffer buffer, int offset, int length, long sequence);
}
