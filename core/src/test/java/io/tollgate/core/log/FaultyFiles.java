package io.tollgate.core.log;

import io.tollgate.core.faults.HookedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The system's files on a disk that can be made to fail. Records the order of the calls. */
final class FaultyFiles extends HookedFiles {
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile int maxTransferLength = Integer.MAX_VALUE;
    volatile long freeLength = Long.MAX_VALUE;
    volatile boolean isForceFailing;
    volatile boolean isDirectoryForceFailing;
    volatile boolean isReadFailing;
    volatile boolean isWriteStuck;
    volatile boolean isMemoryShort;

    @Override
    public void before(final Call call, final Path file) throws IOException {
        if (call == Call.CREATE) {
            calls.add("create " + file.getFileName());
        } else if (call == Call.FORCE) {
            calls.add("force " + file.getFileName());
            failIf(isForceFailing);
        } else if (call == Call.FORCE_DIRECTORY) {
            calls.add("forceDirectory");
            failIf(isDirectoryForceFailing);
        } else if (call == Call.WRITE && isMemoryShort) {
            throw new OutOfMemoryError("Cannot reserve 4096 bytes of direct buffer memory");
        } else if (call == Call.WRITE && freeLength == 0) {
            throw new IOException("No space left on device");
        }
    }

    private static void failIf(final boolean isFailing) throws IOException {
        if (isFailing) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public void after(final Call call, final Path file, final Path target) {
        if (call == Call.RENAME) {
            calls.add("rename " + target.getFileName());
        }
    }

    @Override
    public void written(final Path file, final long position, final int length) {
        freeLength -= length;
    }

    @Override
    public void beforeMap(final Path file) {
        calls.add("map " + file.getFileName());
    }

    @Override
    public int transfer(final ByteBuffer buffer, final boolean isWrite, final Transfer transfer) throws IOException {
        if (isWrite && isWriteStuck) {
            return 0;
        }
        failIf(!isWrite && isReadFailing);
        final long free = isWrite ? freeLength : Long.MAX_VALUE;
        final int limit = buffer.limit();
        buffer.limit(buffer.position() + (int) Math.min(Math.min(buffer.remaining(), maxTransferLength), free));
        final int transferred = transfer.of(buffer);
        buffer.limit(limit);
        return transferred;
    }
}
