package io.tollgate.core.log;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One segment, prepared ahead of need.
 *
 * <p>Any thread may prepare, one at a time; the writer takes. The segment is handed over by the reference (release and
 * acquire). A writer that comes while another thread is preparing waits for it, and does not prepare a second one; the
 * other one does not rest then.
 */
final class SegmentSupply implements AutoCloseable {
    private static final long REST_NS = 100_000;

    private final FileAccess files;
    private final Path directory;
    private final int segmentLength;
    private final AtomicReference<Segment> prepared = new AtomicReference<>();
    private long nextIndex;
    private boolean closed;
    private volatile boolean isAwaited;
    private volatile long stalls;
    private volatile long takenCount;

    SegmentSupply(final FileAccess files, final Path directory, final int segmentLength, final long nextIndex) {
        this.files = files;
        this.directory = directory;
        this.segmentLength = segmentLength;
        this.nextIndex = nextIndex;
    }

    int segmentLength() {
        return segmentLength;
    }

    boolean isEmpty() {
        return prepared.get() == null;
    }

    /** How often the writer had to prepare or to wait; written by the writer only. */
    long stalls() {
        return stalls;
    }

    /** How many segments were taken; written by the writer only. */
    long takenCount() {
        return takenCount;
    }

    /** Prepares one for the writer who waits for it. */
    void prepare() throws IOException {
        isAwaited = true;
        try {
            prepareAhead();
        } finally {
            isAwaited = false;
        }
    }

    /** Prepares one beside the writer, with rests in which others get the processor, as long as nobody waits for it. */
    synchronized void prepareAhead() throws IOException {
        if (!closed && isEmpty()) {
            prepared.set(prepareUninterrupted());
            nextIndex++;
        }
    }

    /** An interrupt closes the file that is written; the segment is made again, the interrupt left to the caller. */
    private Segment prepareUninterrupted() throws IOException {
        boolean isInterrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return Segment.prepare(files, directory, nextIndex, segmentLength, this::rest);
                } catch (final ClosedByInterruptException e) {
                    isInterrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void rest() {
        if (!isAwaited) {
            LockSupport.parkNanos(REST_NS);
        }
    }

    Segment take() throws IOException {
        Segment ready = prepared.getAndSet(null);
        if (ready == null) {
            final long stallsBefore = stalls;
            stalls = stallsBefore + 1;
            prepare();
            ready = prepared.getAndSet(null);
        }
        final long takenBefore = takenCount;
        takenCount = takenBefore + 1;
        return ready;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        final Segment unused = prepared.getAndSet(null);
        if (unused != null) {
            unused.close();
        }
    }
}
