package io.tollgate.core.config;

import org.jspecify.annotations.NullMarked;

/** Receives the progress of an opening that rebuilds the store from the log. */
@NullMarked
@FunctionalInterface
public interface OpeningProgress {
    /**
     * Called on the opening thread at intervals while log operations are applied, and after the last one. It is not
     * called if no operation follows the checkpoint. An earlier interrupt of the thread is not visible here: it is
     * deferred until the opening is done.
     *
     * @param sequence     the last applied operation.
     * @param lastSequence the last known operation of the log; the real end is known when it is reached.
     */
    void onProgress(long sequence, long lastSequence);
}
