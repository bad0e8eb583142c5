package io.tollgate.core.log;

import io.tollgate.core.file.FileAccess;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A survey of a log, see {@link LogReader#survey}, a stretch at a time: several logs can be read side by side. It holds
 * no file and no memory outside the heap from one stretch to the next.
 *
 * <p>An instance belongs to one thread.
 */
public final class LogSurvey {
    /** About what is read of a log at a time: a frame more at most. */
    static final int STRETCH_LENGTH = 2 * FrameDescriptor.MAX_LENGTH;

    private final LogReader log;

    /**
     * A survey that has read nothing yet.
     *
     * @param files        to reach the directory through.
     * @param directory    of the log.
     * @param fromSequence the first sequence the handler gets, at least 1.
     * @param toSequence   the last one; where the log is being appended to, one that was appended before. Nothing
     *                     behind its frame is read.
     * @param handler      of the records.
     */
    public LogSurvey(
            final FileAccess files,
            final Path directory,
            final long fromSequence,
            final long toSequence,
            final OperationHandler handler) {
        log = new LogReader(files, directory, fromSequence, toSequence, true, handler);
    }

    /**
     * Reads the next stretch.
     *
     * @return whether there may be more.
     * @throws IllegalStateException if a segment, frame or record is of a version or type this code does not know.
     * @throws UncheckedIOException if the disk refuses.
     */
    public boolean readOn() {
        return log.readOn(STRETCH_LENGTH);
    }

    /**
     * What was found, once there is no more.
     *
     * @return what {@link LogReader#survey} returns.
     */
    public ReplayResult result() {
        return log.result();
    }
}
