package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Searches damaged bytes of a log for records, to estimate what was lost. The bytes have no valid checksum. */
public final class DamagedFrame {
    private static final int MAX_LENGTH = 1 << 16;

    private DamagedFrame() {}

    /**
     * Passes each probable record in the damaged bytes to the handler.
     *
     * @param files   to reach the file through.
     * @param damage  the place.
     * @param handler of the probable records; their contents are untrusted. The sequence is always 0.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static void read(final FileAccess files, final LogDamage damage, final OperationHandler handler) {
        final UnsafeBuffer bytes = new UnsafeBuffer(read(files, damage));
        long left = damage.lastMissing() - damage.firstMissing() + 1;
        int offset = FrameDescriptor.HEADER_LENGTH;
        while (left > 0 && offset + OperationDescriptor.HEADER_LENGTH <= bytes.capacity()) {
            final int length = OperationDescriptor.length(bytes, offset);
            if (OperationDescriptor.isKnown(OperationDescriptor.type(bytes, offset))
                    && OperationDescriptor.isLength(length)
                    && offset + length <= bytes.capacity()) {
                handler.onOperation(bytes, offset, length, 0);
                offset += length;
                left--;
            } else {
                offset += OperationDescriptor.ALIGNMENT;
            }
        }
    }

    private static byte[] read(final FileAccess files, final LogDamage damage) {
        final long position = damage.position();
        try (DataFile file = files.openForRead(damage.file())) {
            final long length = Math.min(damage.end(), file.size()) - position;
            final ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(MAX_LENGTH, length)));
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = file.read(bytes, position + bytes.position());
            }
            return bytes.array();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + damage.file() + " cannot be read: check the disk", e);
        }
    }
}
