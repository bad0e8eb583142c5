package io.tollgate.core.admit;

import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.PointOperation;

/**
 * Something on a ring that no publisher puts there: the memory of this process is damaged. The engine fails before any
 * of it is logged, as a log that holds it could not be applied again.
 */
public final class RingDamage {
    private RingDamage() {}

    /** The end of the engine. */
    static IllegalStateException exception(final String found, final String expected) {
        return new IllegalStateException("ring: found " + found + ", expected " + expected
                + "; the memory of this process is damaged: end it, and open the engine in another one");
    }

    /** The same for a message that is neither a point nor a batch. */
    public static IllegalStateException ofMessage(final int messageType, final int length) {
        return exception(
                "messageType=" + messageType + " length=" + length,
                "type=" + RingPublisher.OPERATION_MESSAGE + " of length=" + PointOperation.LENGTH + " or type="
                        + RingPublisher.BATCH_MESSAGE + " of length=" + Integer.BYTES);
    }
}
