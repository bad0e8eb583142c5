package io.tollgate.core.log;

import io.tollgate.core.file.Uninterruptibles;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.CloseHelper;

/**
 * The prepared segments: usually one, several if a batch needs more than one.
 *
 * <p>Any thread may prepare, one at a time; the writer takes. The queue hands a segment over (release and acquire). If
 * another thread is preparing when the writer arrives, the writer waits for that segment, and the other thread stops
 * pausing. This avoids one segment too many.
 */
final class SegmentSupply implements AutoCloseable {
    private static final long RETRY_NS = 100_000_000;

    /** The length of the first segment of a log. */
    private static final int FIRST_LENGTH = 1 << 19;

    private final LogFiles log;
    private final int maxLength;
    private final Queue<Segment> prepared = new ConcurrentLinkedQueue<>();
    private boolean isDiskFull;
    private long diskFullNs;
    private long nextIndex;
    private boolean closed;
    private volatile boolean isAwaited;
    private volatile long stalls;
    private volatile long takenBytes;
    /** The length of the next segment. Guarded by the lock of this object. */
    private int nextLength;

    /** Creates the supply of a log that has no segment yet, or that begins a new one after a torn tail. */
    SegmentSupply(final LogFiles log, final int maxLength, final long nextIndex) {
        this.log = log;
        this.maxLength = maxLength;
        this.nextIndex = nextIndex;
        nextLength = firstLength();
    }

    /** Sets the length of the segment before the next one. Call it before a segment is prepared. */
    synchronized void follow(final int length) {
        nextLength = Math.max(firstLength(), (int) Math.min(maxLength, 2L * length));
    }

    int firstLength() {
        return Math.min(FIRST_LENGTH, maxLength);
    }

    int maxLength() {
        return maxLength;
    }

    long directoryId() {
        return log.directoryId();
    }

    boolean isEmpty() {
        return prepared.isEmpty();
    }

    /** Returns the number of times that the writer prepared a segment or waited for one. Written by the writer only. */
    long stalls() {
        return stalls;
    }

    /** Returns the total length of the segments taken. Written by the writer only. */
    long takenBytes() {
        return takenBytes;
    }

    /**
     * Returns true if enough segments are prepared, or can be prepared now. A full disk is retried after a delay. For
     * the writer.
     */
    boolean has(final int count) {
        if (prepared.size() >= count) {
            return true;
        }
        if (isDiskFull && System.nanoTime() - diskFullNs < RETRY_NS) {
            return false;
        }
        countStall();
        try {
            requireSpace(count - prepared.size());
            prepare(count);
            isDiskFull = false;
        } catch (final IOException e) {
            isDiskFull = true;
            diskFullNs = System.nanoTime();
        }
        return !isDiskFull;
    }

    /**
     * If several segments do not all fit on the disk, none is begun: they would take the space that mapped files need.
     */
    private void requireSpace(final int count) throws IOException {
        final long neededBytes = count > 1 ? neededBytes(count) : 0;
        if (neededBytes > 0 && log.files().usableBytes(log.directory()) < neededBytes) {
            throw new IOException("log=" + log.directory() + " usableBytes="
                    + log.files().usableBytes(log.directory()) + ", expected " + neededBytes);
        }
    }

    private synchronized long neededBytes(final int count) {
        long needed = 0;
        long length = nextLength;
        for (int i = 0; i < count; i++) {
            needed += length;
            length = Math.min(maxLength, 2 * length);
        }
        return needed;
    }

    /** Prepares a segment without pauses if there is none, because the writer waits for it. */
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

    /** Prepares a segment in the background, with pauses as long as the writer does not wait for it. */
    void prepareNext() throws IOException {
        prepareUpTo(1);
    }

    private synchronized void prepareUpTo(final int count) throws IOException {
        while (!closed && prepared.size() < count) {
            prepared.add(Uninterruptibles.call(() -> Segment.prepare(log, nextIndex, nextLength, this::rest)));
            follow(nextLength);
            nextIndex++;
        }
    }

    private boolean rest() {
        return WritePacing.unless(isAwaited);
    }

    Segment take() throws IOException {
        Segment ready = prepared.poll();
        if (ready == null) {
            countStall();
            prepare();
            ready = prepared.poll();
        }
        final long takenBefore = takenBytes;
        takenBytes = takenBefore + ready.length();
        return ready;
    }

    private void countStall() {
        final long stallsBefore = stalls;
        stalls = stallsBefore + 1;
    }

    @Override
    public synchronized void close() {
        closed = true;
        CloseHelper.closeAll(prepared);
    }
}
