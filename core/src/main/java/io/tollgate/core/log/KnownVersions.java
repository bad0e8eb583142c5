package io.tollgate.core.log;

import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.WatchOperation;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.DirectBuffer;

/** Checks versions and types in a log. A version that this code does not know is refused, never guessed. */
final class KnownVersions {
    private KnownVersions() {}

    /** Refuses a valid segment, frame or record of another version. */
    static void require(final Path file, final long position, final String name, final int found, final int wanted) {
        if (found != wanted) {
            throw new UnsupportedVersionException(
                    "file=" + file + " position=" + position + " " + name + "=" + found + ", expected " + name + "="
                            + wanted + ": open the log with the version that wrote it",
                    Optional.of(file),
                    found,
                    wanted);
        }
    }

    /** Refuses a valid frame that has a record of an unknown type, or a watch of another text version. */
    static void requireRecords(
            final Path file, final long position, final DirectBuffer buffer, final int offset, final int frameLength) {
        int consumed = FrameDescriptor.HEADER_LENGTH;
        while (consumed < frameLength) {
            final int type = OperationDescriptor.type(buffer, offset + consumed);
            if (!OperationDescriptor.isKnown(type)) {
                throw new UnsupportedVersionException(
                        "file=" + file + " position=" + (position + consumed) + " type="
                                + OperationDescriptor.name(type) + ", expected a type from "
                                + OperationDescriptor.name(OperationDescriptor.DEFINE_SERIES) + " to "
                                + OperationDescriptor.name(OperationDescriptor.LAST_TYPE)
                                + ": open the log with the version that wrote it",
                        Optional.of(file),
                        type,
                        OperationDescriptor.LAST_TYPE);
            }
            if (type == OperationDescriptor.WATCH) {
                final int version = buffer.getByte(offset + consumed + WatchOperation.VERSION_OFFSET);
                require(file, position + consumed, "watchVersion", version, WatchOperation.TEXT_VERSION);
            }
            consumed += OperationDescriptor.length(buffer, offset + consumed);
        }
    }
}
