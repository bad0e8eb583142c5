package io.tollgate.api;

import java.util.List;

/**
 * The state of an engine on disk, beside the log: after a kill the engine is rebuilt from here, and from what the log
 * has behind it.
 *
 * @param lastSequences the last operation of the log that it includes, one for each shard.
 * @param durationNs    how long it took to make.
 */
public record Checkpoint(List<Long> lastSequences, long durationNs) {
    /**
     * Copies the list.
     *
     * @param lastSequences the last operation of the log that it includes, one for each shard.
     * @param durationNs    how long it took to make.
     */
    public Checkpoint {
        lastSequences = List.copyOf(lastSequences);
    }
}
