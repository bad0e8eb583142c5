package io.tollgate.core.faults;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The phases of a process to be killed, in a file that both processes map, so the test knows them after the kill. The
 * test may want the kill in a phase. The process reports that it has reached the phase, and stays there if it is to be
 * held. While it is held no thread leaves the phase, so the kill happens in the phase on any machine.
 *
 * <pre>
 * 0 wanted phase, or -1 | 8 times to let it pass | 16 calls to let pass in it, or -1 not to hold it
 * 24 whether it is there | 32 how many threads are in each phase
 * </pre>
 */
public final class WriterPhases implements AutoCloseable {
    private static final int LENGTH = 4_096;
    private static final int WANTED_OFFSET = 0;
    private static final int PASSES_OFFSET = 8;
    private static final int CALLS_OFFSET = 16;
    private static final int REACHED_OFFSET = 24;
    private static final int COUNTS_OFFSET = 32;
    private static final long NOBODY = -1;

    /** The phases that may be in progress. */
    public enum Phase {
        MAKING,
        RECOVERING,
        BATCH,
        REVISION,
        CHECKPOINT,
        SEGMENT_CHANGE,
        REGISTRATION,
        DUTY_CYCLE,
        AUTOMATIC_CHECKPOINT,
        BACKUP,
        CLOSING
    }

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private volatile Thread wanted;

    private WriterPhases(final Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
        }
        buffer = new UnsafeBuffer(mapped);
    }

    /** Opens the phases of a process that got the file. */
    public static WriterPhases open(final Path file) throws IOException {
        return new WriterPhases(file);
    }

    /** Makes the phases of a new process that may be killed in any phase. */
    public static WriterPhases anywhere(final Path file) throws IOException {
        final WriterPhases phases = new WriterPhases(file);
        phases.buffer.setMemory(0, LENGTH, (byte) 0);
        phases.buffer.putLong(WANTED_OFFSET, NOBODY);
        return phases;
    }

    /**
     * Makes the phases of a process that is to be killed in a phase. The process stops at one of its calls, if it is to
     * be held.
     */
    public static WriterPhases in(
            final Path file, final Phase phase, final int passes, final int calls, final boolean isHeld)
            throws IOException {
        final WriterPhases phases = anywhere(file);
        phases.buffer.putLong(PASSES_OFFSET, passes);
        phases.buffer.putLong(CALLS_OFFSET, isHeld ? calls : NOBODY);
        phases.buffer.putLong(WANTED_OFFSET, phase.ordinal());
        return phases;
    }

    public boolean isWanted(final Phase phase) {
        return buffer.getLong(WANTED_OFFSET) == phase.ordinal();
    }

    public void begin(final Phase phase) {
        buffer.getAndAddLong(countOffset(phase), 1);
        if (isWanted(phase) && buffer.getAndAddLong(PASSES_OFFSET, -1) == 0) {
            wanted = Thread.currentThread();
            if (!isToBeHeld()) {
                buffer.putLongRelease(REACHED_OFFSET, 1);
            }
        }
    }

    /** Marks a call in a phase. */
    public void call(final Phase phase) {
        if (isHere(phase) && buffer.getAndAddLong(CALLS_OFFSET, -1) == 0) {
            hold();
        }
    }

    public void end(final Phase phase) {
        if (isHere(phase)) {
            hold();
        }
        buffer.getAndAddLong(countOffset(phase), -1);
    }

    private boolean isHere(final Phase phase) {
        return isWanted(phase) && isToBeHeld() && wanted == Thread.currentThread();
    }

    private boolean isToBeHeld() {
        return buffer.getLong(CALLS_OFFSET) != NOBODY;
    }

    private void hold() {
        buffer.putLongRelease(REACHED_OFFSET, 1);
        stay();
    }

    /** Blocks for ever. */
    public static void stay() {
        while (true) {
            LockSupport.park();
        }
    }

    public boolean isReached() {
        return buffer.getLongAcquire(REACHED_OFFSET) != 0;
    }

    /** Returns the phases in progress, also those at the time of a kill. */
    public Set<Phase> underWay() {
        final Set<Phase> found = EnumSet.noneOf(Phase.class);
        for (final Phase phase : Phase.values()) {
            if (buffer.getLong(countOffset(phase)) > 0) {
                found.add(phase);
            }
        }
        return found;
    }

    private static int countOffset(final Phase phase) {
        return COUNTS_OFFSET + Long.BYTES * phase.ordinal();
    }

    @Override
    public void close() {
        buffer.wrap(0, 0);
        IoUtil.unmap(mapped);
    }
}
