package io.tollgate.core;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Reads a data directory that an engine may be changing: what is read may be torn, have just been replaced by something
 * newer, or be gone. Then it is read anew, a few times at most. What fails for another reason, be it that the disk of
 * the target is full, is not tried again.
 *
 * @param source the directory.
 */
record SourceAttempts(Path source) {
    static final int MAX_COUNT = 5;

    /** What was read does not go together, or not with what is there now. */
    static final class SourceMovedException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        SourceMovedException(final String message, final Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Reads until nothing has changed meanwhile that makes it fail.
     *
     * @param state   of what may change; where it is another one after a failure, that may be why.
     * @param reading to be done, from its beginning.
     * @return what was read.
     * @throws IllegalStateException if it was damaged, or has changed at each attempt.
     * @throws UncheckedIOException  if a disk refuses or is full.
     */
    <T> T read(final Supplier<Object> state, final Supplier<T> reading) {
        for (int count = 1; ; count++) {
            final Object before = state.get();
            try {
                return reading.get();
            } catch (final SourceMovedException e) {
                if (count == MAX_COUNT) {
                    throw e;
                }
            } catch (final IllegalStateException | UncheckedIOException e) {
                if (!isGone(e) && (e instanceof UncheckedIOException || before.equals(state.get()))) {
                    throw e;
                }
                if (count == MAX_COUNT) {
                    throw new SourceMovedException(
                            "source=" + source + " attempts=" + count
                                    + ", expected one without a change; try again, or make it in the engine that has"
                                    + " the directory open: " + e.getMessage(),
                            e);
                }
            }
        }
    }

    /** Whether a file of the source was there when its name was read, and is not any more. */
    private boolean isGone(final Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoSuchFileException gone
                    && Path.of(gone.getFile()).startsWith(source)) {
                return true;
            }
        }
        return false;
    }
}
