package io.tollgate.core.operation;

import static io.tollgate.core.operation.OperationDescriptor.BATCH_ABORT;
import static io.tollgate.core.operation.OperationDescriptor.BATCH_BEGIN;
import static io.tollgate.core.operation.OperationDescriptor.BATCH_COMMIT;
import static io.tollgate.core.operation.OperationDescriptor.CHECKPOINT_MARK;
import static io.tollgate.core.operation.OperationDescriptor.CLOCK;
import static io.tollgate.core.operation.OperationDescriptor.DEFINE_SERIES;
import static io.tollgate.core.operation.OperationDescriptor.DEFINE_WINDOW;
import static io.tollgate.core.operation.OperationDescriptor.END_SERIES;
import static io.tollgate.core.operation.OperationDescriptor.FOLLOW_SERIES;
import static io.tollgate.core.operation.OperationDescriptor.HEADER_LENGTH;
import static io.tollgate.core.operation.OperationDescriptor.LOSS;
import static io.tollgate.core.operation.OperationDescriptor.PAD;
import static io.tollgate.core.operation.OperationDescriptor.PANEL;
import static io.tollgate.core.operation.OperationDescriptor.POINT;
import static io.tollgate.core.operation.OperationDescriptor.REFUSAL;
import static io.tollgate.core.operation.OperationDescriptor.REGISTER_WINDOWS;
import static io.tollgate.core.operation.OperationDescriptor.RETENTION;
import static io.tollgate.core.operation.OperationDescriptor.UNKNOWN;
import static io.tollgate.core.operation.OperationDescriptor.WATCH;
import static io.tollgate.core.operation.OperationDescriptor.WITHDRAW;

import org.agrona.DirectBuffer;

/** Which lengths records have, by their types. */
public final class OperationLengths {
    private OperationLengths() {}

    /**
     * Whether an engine writes records of a type with a length. Not all that is read need be written.
     *
     * @param type   code, any number.
     * @param length in bytes, any number.
     * @return false of types that are reserved, of another length than that of all records of the type, and of a length
     *     that leaves no room for a field; of types that this version does not know, nothing else is said.
     */
    public static boolean isWritten(final int type, final int length) {
        return OperationDescriptor.isLength(length)
                && switch (type) {
                    case POINT, UNKNOWN, WITHDRAW -> length == PointOperation.LENGTH;
                    case BATCH_BEGIN, BATCH_COMMIT -> length == BatchOperation.LENGTH;
                    case CLOCK -> length == ClockOperation.LENGTH;
                    case REFUSAL -> length == RefusalOperation.LENGTH;
                    case RETENTION -> length == RetentionOperation.LENGTH;
                    case DEFINE_WINDOW -> length == WindowDefinitionOperation.LENGTH;
                    case END_SERIES, FOLLOW_SERIES -> length == LifeEndOperation.LENGTH;
                    case LOSS -> length == LossOperation.LENGTH;
                    case BATCH_ABORT, CHECKPOINT_MARK, PAD -> false;
                    default -> length > HEADER_LENGTH;
                };
    }

    /**
     * Whether a record holds all that it tells of: nobody who reads its fields and texts reads beyond it.
     *
     * @param buffer that holds as many bytes of it as its length says.
     * @param offset of the record in the buffer, in bytes.
     * @return false where its length leaves no room for a field of its type, or for a text as long as it says; of types
     *     that this version does not know, nothing is said.
     */
    public static boolean isIntact(final DirectBuffer buffer, final int offset) {
        final int type = OperationDescriptor.type(buffer, offset);
        final int length = OperationDescriptor.length(buffer, offset);
        return OperationDescriptor.isLength(length)
                && switch (type) {
                    case POINT, UNKNOWN, WITHDRAW -> length >= PointOperation.LENGTH;
                    case BATCH_BEGIN, BATCH_COMMIT -> length >= BatchOperation.LENGTH;
                    case CLOCK -> length >= ClockOperation.LENGTH;
                    case REFUSAL -> length >= RefusalOperation.LENGTH;
                    case RETENTION -> length >= RetentionOperation.LENGTH;
                    case DEFINE_WINDOW -> length >= WindowDefinitionOperation.LENGTH;
                    case END_SERIES, FOLLOW_SERIES -> length >= LifeEndOperation.LENGTH;
                    case LOSS -> length >= LossOperation.LENGTH;
                    case DEFINE_SERIES -> SeriesDefinitionOperation.isIntact(buffer, offset, length);
                    case REGISTER_WINDOWS -> WindowRegistrationOperation.isIntact(buffer, offset, length);
                    case WATCH -> WatchOperation.isIntact(buffer, offset, length);
                    case PANEL -> PanelOperation.isIntact(buffer, offset, length);
                    default -> true;
                };
    }
}
