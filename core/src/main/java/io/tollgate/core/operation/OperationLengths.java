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
import static io.tollgate.core.operation.OperationDescriptor.KNOWLEDGE;
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

/** The valid lengths of records, by type. */
public final class OperationLengths {
    private OperationLengths() {}

    /**
     * Returns true if an engine writes records of this type with this length. Readers accept more lengths than writers
     * use.
     *
     * @param type   code, any number.
     * @param length in bytes, any number.
     * @return false for reserved types and for lengths that an engine does not write. For unknown types only the
     *     minimum length is checked.
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
                    case KNOWLEDGE -> length == KnowledgeOperation.LENGTH;
                    case LOSS -> length == LossOperation.LENGTH;
                    case BATCH_ABORT, CHECKPOINT_MARK, PAD -> false;
                    default -> length > HEADER_LENGTH;
                };
    }

    /**
     * Returns true if a record contains all its fields and texts, so that reading them stays inside the record.
     *
     * @param buffer with all bytes of the record.
     * @param offset of the record in the buffer, in bytes.
     * @return false if the length is too short for the fields of the type, or for a text of the given length. Unknown
     *     types are not checked.
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
                    case KNOWLEDGE -> length >= KnowledgeOperation.LENGTH;
                    case LOSS -> length >= LossOperation.LENGTH;
                    case DEFINE_SERIES -> SeriesDefinitionOperation.isIntact(buffer, offset, length);
                    case REGISTER_WINDOWS -> WindowRegistrationOperation.isIntact(buffer, offset, length);
                    case WATCH -> WatchOperation.isIntact(buffer, offset, length);
                    case PANEL -> PanelOperation.isIntact(buffer, offset, length);
                    default -> true;
                };
    }
}
