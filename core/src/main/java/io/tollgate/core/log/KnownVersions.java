package io.tollgate.core.log;

import io.tollgate.core.operation.OperationDescriptor;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** What this code can read of a log: nobody guesses at what a later version has written. */
final class KnownVersions {
    private KnownVersions() {}

    /** Refuses a segment or frame, which is valid, of another version. */
    static void require(final Path file, final long position, final String name, final int found, final int wanted) {
        if (found != wanted) {
            throw new IllegalStateException("file=" + file + " position=" + position + " " + name + "=" + found
                    + ", expected " + name + "=" + wanted + ": open the log with the version that wrote it");
        }
    }

    /** Refuses a frame, which is valid, with a record of another type. */
    static void requireTypes(
            final Path file, final long position, final DirectBuffer buffer, final int offset, final int frameLength) {
        int consumed = FrameDescriptor.HEADER_LENGTH;
        while (consumed < frameLength) {
            final int type = OperationDescriptor.type(buffer, offset + consumed);
            if (!OperationDescriptor.isKnown(type)) {
                throw new IllegalStateException("file=" + file + " position=" + (position + consumed) + " type="
                        + OperationDescriptor.name(type) + ", expected a type from "
                        + OperationDescriptor.name(OperationDescriptor.DEFINE_SERIES) + " to "
                        + OperationDescriptor.name(OperationDescriptor.LOSS)
                        + ": open the log with the version that wrote it");
            }
            consumed += OperationDescriptor.length(buffer, offset + consumed);
        }
    }
}
