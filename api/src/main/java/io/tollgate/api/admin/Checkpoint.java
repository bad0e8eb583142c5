package io.tollgate.api.admin;

import io.tollgate.api.text.DurationText;

/**
 * The state of an engine on disk, beside the log: after a kill the engine is rebuilt from here, and from what the log
 * has behind it.
 *
 * @param lastSequence the last operation of the log that it includes.
 * @param durationNs   how long it took to make.
 */
public record Checkpoint(long lastSequence, long durationNs) {
    /** {@return it in plain words} */
    @Override
    public String toString() {
        return "up to operation " + lastSequence + ", made in " + DurationText.inMilliseconds(durationNs);
    }
}
