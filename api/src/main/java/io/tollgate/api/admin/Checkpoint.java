package io.tollgate.api.admin;

import io.tollgate.api.text.DurationText;

/**
 * A sealed copy of the store beside the log. After a crash the engine starts from the checkpoint and replays only the
 * log after it.
 *
 * @param lastSequence the last log operation in the checkpoint.
 * @param durationNs   the time that the checkpoint took, in ns.
 */
public record Checkpoint(long lastSequence, long durationNs) {
    /** {@return the checkpoint in words} */
    @Override
    public String toString() {
        return "up to operation " + lastSequence + ", made in " + DurationText.inMilliseconds(durationNs);
    }
}
