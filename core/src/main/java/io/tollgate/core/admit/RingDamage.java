package io.tollgate.core.admit;

import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.PointOperation;

/**
 * Reports a record on the ring that no publisher writes: the memory of this process is damaged. The engine fails before
 * it logs the record, because a log with it could not be replayed.
 */
public final class RingDamage {
    private RingDamage() {}

    /** Creates the exception that fails the engine. */
    static IllegalStateException exception(final String found, final String expected) {
        return new IllegalStateException("ring: found " + found + ", expected " + expected
                + "; the memory of this process is damaged: end it, and open the engine in another one");
    }

    /** Creates the exception for a message that is neither a point nor a batch. */
    public static IllegalStateException ofMessage(final int messageType, final int length) {
        return exception(
                "messageType=" + messageType + " length=" + length,
                "type=" + RingPublisher.OPERATION_MESSAGE + " of length=" + PointOperation.LENGTH + " or type="
                        + RingPublisher.BATCH_MESSAGE + " of length=" + Integer.BYTES);
    }
}
