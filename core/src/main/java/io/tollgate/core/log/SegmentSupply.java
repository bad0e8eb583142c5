package io.tollgate.core.log;

import io.tollgate.core.file.Closing;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Uninterrupted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One segment, prepared ahead of need; several where the writer asks for them, as a batch takes more than one.
 *
 * <p>Any thread may prepare, one at a time; the writer takes. A segment is handed over by the queue (release and
 * acquire). A writer that comes while another thread is preparing waits for it, and does not prepare one too many; the
 * other one does not rest then.
 */
final class SegmentSupply implements AutoCloseable {
    private static final long RETRY_NS = 100_000_000;

    private final FileAccess files;
    private final Path directory;
    private final int segmentLength;
    private final long directoryId;
    private final Queue<Segment> prepared = new ConcurrentLinkedQueue<>();
    private boolean isDiskFull;
    private long diskFullNs;
    private long nextIndex;
    private boolean closed;
    private volatile boolean isAwaited;
    private volatile long stalls;
    private volatile long takenCount;

    SegmentSupply(
            final FileAccess files,
            final Path directory,
            final int segmentLength,
            final long directoryId,
            final long nextIndex) {
        this.files = files;
        this.directory = directory;
        this.segmentLength = segmentLength;
        this.directoryId = directoryId;
        this.nextIndex = nextIndex;
    }

    int segmentLength() {
        return segmentLength;
    }

    long directoryId() {
        return directoryId;
    }

    boolean isEmpty() {
        return prepared.isEmpty();
    }

    /** How often the writer had to prepare or to wait; written by the writer only. */
    long stalls() {
        return stalls;
    }

    /** How many segments were taken; written by the writer only. */
    long takenCount() {
        return takenCount;
    }

    /** Whether so many are prepared, or can be now; a disk that was full is tried again after a while. Writer. */
    boolean has(final int count) {
        if (prepared.size() >= count) {
            return true;
        }
        if (isDiskFull && System.nanoTime() - diskFullNs < RETRY_NS) {
            return false;
        }
        countStall();
        try {
            requireRoom(count - prepared.size());
            prepare(count);
            isDiskFull = false;
        } catch (final IOException e) {
            isDiskFull = true;
            diskFullNs = System.nanoTime();
        }
        return !isDiskFull;
    }

    /** Of several that do not all fit on the disk none is begun: they would take the room that maps need. */
    private void requireRoom(final int count) throws IOException {
        final long usableBytes = count > 1 ? files.usableBytes(directory) : 0;
        if (usableBytes >= segmentLength && usableBytes / segmentLength < count) {
            throw new IOException(
                    "log=" + directory + " usableBytes=" + usableBytes + ", expected " + count + " * " + segmentLength);
        }
    }

    /** Prepares one for the writer who waits for it, if there is none. */
    void prepare() throws IOException {
        prepare(1);
    }

    private void prepare(final int count) throws IOException {
        isAwaited = true;
        try {
            prepareUpTo(count);
        } finally {
            isAwaited = false;
        }
    }

    /** Prepares one beside the writer, with rests in which others get the processor, as long as nobody waits for it. */
    void prepareAhead() throws IOException {
        prepareUpTo(1);
    }

    private synchronized void prepareUpTo(final int count) throws IOException {
        while (!closed && prepared.size() < count) {
            prepared.add(Uninterrupted.call(
                    () -> Segment.prepare(files, directory, nextIndex, segmentLength, directoryId, this::rest)));
            nextIndex++;
        }
    }

    private boolean rest() {
        return Rest.unless(isAwaited);
    }

    Segment take() throws IOException {
        Segment ready = prepared.poll();
        if (ready == null) {
            countStall();
            prepare();
            ready = prepared.poll();
        }
        final long takenBefore = takenCount;
        takenCount = takenBefore + 1;
        return ready;
    }

    private void countStall() {
        final long stallsBefore = stalls;
        stalls = stallsBefore + 1;
    }

    /** Closes all, and keeps those that it could not: they are closed by the next call. */
    @Override
    public synchronized void close() {
        closed = true;
        Throwable failure = null;
        for (final Iterator<Segment> left = prepared.iterator(); left.hasNext(); ) {
            final Throwable thrown = Closing.tried(null, left.next());
            if (thrown == null) {
                left.remove();
            }
            failure = Closing.both(failure, thrown);
        }
        Closing.rethrow(failure);
    }
}
