package io.tollgate.core;

import io.tollgate.api.Checkpoint;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Makes checkpoints by itself, as the policy says, on a thread that nobody waits for. One that fails is told of,
 * counted, and tried again after a while; the engine goes on, unless what has failed is its log.
 */
final class CheckpointAgent implements Agent {
    private static final long RETRY_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int PAUSE_FACTOR = 3;

    private final CheckpointPolicy policy;
    private final EpochNanoClock clock;
    private final List<ShardWorker> workers;
    private final EngineCopies copies;

    /** Operations that the last checkpoint includes, over all shards. */
    private long checkpointedCount;

    private long checkpointedBytes;
    private long checkpointedNs;
    private long notBeforeNs = Long.MIN_VALUE;
    private volatile boolean isStopRequested;

    /**
     * @param policy  that says when.
     * @param clock   of the interval and of pauses.
     * @param workers of the shards.
     * @param copies  that makes them.
     */
    CheckpointAgent(
            final CheckpointPolicy policy,
            final EpochNanoClock clock,
            final List<ShardWorker> workers,
            final EngineCopies copies) {
        this.policy = policy;
        this.clock = clock;
        this.workers = workers;
        this.copies = copies;
    }

    @Override
    public String roleName() {
        return "tollgate-checkpoint";
    }

    /** A rebuild would read all that is behind the checkpoint that is there: as much is behind already. */
    @Override
    public void onStart() {
        checkpointedCount = copies.checkpointedCount();
        checkpointedNs = clock.nanoTime();
    }

    @Override
    public int doWork() {
        if (isStopRequested) {
            throw new AgentTerminationException("engine closed");
        }
        final long nowNs = clock.nanoTime();
        if (nowNs < notBeforeNs || !isDue(nowNs)) {
            return 0;
        }
        final long logBytes = logBytes();
        long pauseNs = RETRY_NS;
        try {
            final Checkpoint made = copies.checkpoint();
            checkpointedCount =
                    made.lastSequences().stream().mapToLong(Long::longValue).sum();
            checkpointedBytes = logBytes;
            checkpointedNs = nowNs;
            pauseNs = 0;
        } finally {
            final long endNs = clock.nanoTime();
            notBeforeNs = endNs + Math.max(pauseNs, PAUSE_FACTOR * Math.max(0, endNs - nowNs));
        }
        return 1;
    }

    private boolean isDue(final long nowNs) {
        final long behind = appliedCount() - checkpointedCount;
        return behind > 0
                && (isPassed(policy.operationCount(), behind)
                        || isPassed(policy.logBytes(), logBytes() - checkpointedBytes)
                        || isPassed(policy.intervalNs(), nowNs - checkpointedNs));
    }

    private static boolean isPassed(final long bound, final long value) {
        return bound > 0 && value >= bound;
    }

    private long appliedCount() {
        long count = 0;
        for (int i = 0; i < workers.size(); i++) {
            count += workers.get(i).publishedSequence();
        }
        return count;
    }

    private long logBytes() {
        long bytes = 0;
        for (int i = 0; i < workers.size(); i++) {
            bytes += workers.get(i).shard().log().orElseThrow().begunBytes();
        }
        return bytes;
    }

    /** Asks the agent to end; any thread. */
    void requestStop() {
        isStopRequested = true;
    }
}
