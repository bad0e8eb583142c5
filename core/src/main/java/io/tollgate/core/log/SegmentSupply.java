package io.tollgate.core.log;

import io.tollgate.core.file.Uninterruptibles;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.CloseHelper;

/**
 * One segment, prepared ahead of need; several where the writer asks for them, as a batch takes more than one.
 *
 * <p>Any thread may prepare, one at a time; the writer takes. A segment is handed over by the queue (release and
 * acquire). A writer that comes while another thread is preparing waits for it, and does not prepare one too many; the
 * other one does not rest then.
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
    /** The length of the next segment; lock of this object. */
    private int nextLength;

    /** The supply of a log that has no segment yet, or that begins a new one after a torn tail. */
    SegmentSupply(final LogFiles log, final int maxLength, final long nextIndex) {
        this.log = log;
        this.maxLength = maxLength;
        this.nextIndex = nextIndex;
        nextLength = firstLength();
    }

    /** Sets the length of the segment before the next one; before anything is prepared. */
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

    /** How often the writer had to prepare or to wait; written by the writer only. */
    long stalls() {
        return stalls;
    }

    /** The length of all segments that were taken; written by the writer only. */
    long takenBytes() {
        return takenBytes;
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
            requireSpace(count - prepared.size());
            prepare(count);
            isDiskFull = false;
        } catch (final IOException e) {
            isDiskFull = true;
            diskFullNs = System.nanoTime();
        }
        return !isDiskFull;
    }

    /** Of several that do not all fit on the disk none is begun: they would take the room that maps need. */
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
