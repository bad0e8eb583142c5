package io.tollgate.core.config;

import org.jspecify.annotations.NullMarked;

/** Is told how far the opening of a directory has come that has to be rebuilt from its log. */
@NullMarked
@FunctionalInterface
public interface OpeningProgress {
    /**
     * Called on the thread that opens the engine, now and then while operations of the log are applied, and with
     * the last of them; not at all where there are none behind its checkpoint. An interrupt that the thread had
     * before is not seen here: it is put off until the opening is done.
     *
     * @param sequence     the operation that was applied last.
     * @param lastSequence the last operation that the log is known to have; the end is found when it is reached.
     */
    void onProgress(long sequence, long lastSequence);
}
