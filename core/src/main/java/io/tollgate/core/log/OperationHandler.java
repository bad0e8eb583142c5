package io.tollgate.core.log;

import org.agrona.MutableDirectBuffer;

/** Takes the records of a replay, in the order of their sequences, on the thread that replays. */
@FunctionalInterface
public interface OperationHandler {
    /**
     * One record. Its type is known and its length is checked; its fields are as they were appended.
     *
     * @param buffer that holds the record; it is reused after the call.
     * @param offset of the record in the buffer, in bytes.
     * @param length of the record in bytes.
     * @param sequence of the record, one more than the record's before.
     */
    void onOperation(MutableDirectBuffer buffer, int offset, int length, long sequence);
}
