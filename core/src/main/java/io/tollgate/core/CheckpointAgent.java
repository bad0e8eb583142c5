package io.tollgate.core;

import io.tollgate.core.operation.PointOperation;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Makes checkpoints by itself, as the policy says, on a thread that nobody waits for. One that fails is told of,
 * counted, and tried again after a while; the engine goes on, unless what has failed is its log.
 */
final class CheckpointAgent implements Agent {
    /** Operations behind the checkpoint at an opening that are worth another one, however little time passes then. */
    static final long MUCH_BEHIND = 1 << 16;

    private static final long RETRY_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int PAUSE_FACTOR = 3;

    private final CheckpointPolicy policy;
    private final boolean isOnDisk;
    private final EpochNanoClock clock;
    private final NanoClock nanoClock;
    private final List<ShardWorker> workers;
    private final EngineCopies copies;

    /** Whether it is known what the last checkpoint includes: what that is may have to be read. */
    private boolean isLastKnown;

    /** How many were made since the opening that this agent knows of, whoever has asked for them. */
    private long notedCount;

    /** Operations that the last checkpoint includes, over all shards. */
    private long includedCount;

    private long includedBytes;
    private long includedNs;
    private long pauseStartNs;
    private long pauseNs;
    private volatile boolean isStopRequested;

    /**
     * @param context with the policy that says when, and the clocks of its interval and of pauses.
     * @param workers of the shards.
     * @param copies  that makes them.
     */
    CheckpointAgent(final EngineContext context, final List<ShardWorker> workers, final EngineCopies copies) {
        policy = context.checkpoints();
        isOnDisk = context.directory().isPresent();
        clock = context.clock();
        nanoClock = context.nanoClock();
        this.workers = workers;
        this.copies = copies;
    }

    /** Whether there is anything to be done: on disk, and where the policy asks for it. */
    boolean isNeeded() {
        return isOnDisk && policy.isAutomatic();
    }

    @Override
    public String roleName() {
        return "tollgate-checkpoint";
    }

    @Override
    public int doWork() {
        if (isStopRequested) {
            throw new AgentEnd();
        }
        final long nowNs = clock.nanoTime();
        final long logBytes = logBytes();
        note(nowNs, logBytes);
        // The clock may have been set back: else none would be made until it is where it was.
        includedNs = Math.min(includedNs, nowNs);
        if (isPausing()) {
            return 0;
        }
        if (!isLastKnown) {
            findLast(nowNs, logBytes);
        }
        if (!isDue(nowNs, logBytes)) {
            return 0;
        }
        long leastPauseNs = RETRY_NS;
        try {
            copies.checkpoint();
            leastPauseNs = 0;
            note(nowNs, logBytes);
        } finally {
            pause(Math.max(leastPauseNs, PAUSE_FACTOR * copies.lastDurationNs()));
        }
        return 1;
    }

    private boolean isPausing() {
        return pauseNs > 0 && nanoClock.nanoTime() - pauseStartNs < pauseNs;
    }

    private void pause(final long durationNs) {
        pauseStartNs = nanoClock.nanoTime();
        pauseNs = durationNs;
    }

    /**
     * A rebuild would read all that is behind the checkpoint that is there: as much is behind already, in operations
     * and bytes. How long it has been is not known: much of it has been there long enough. What cannot be read is told
     * of, and tried again after a while.
     */
    private void findLast(final long nowNs, final long logBytes) {
        pause(RETRY_NS);
        includedCount = copies.checkpointedCount();
        final long behind = appliedCount() - includedCount;
        includedBytes = logBytes - behind * PointOperation.LENGTH;
        includedNs = nowNs - (behind >= MUCH_BEHIND ? policy.intervalNs() : 0);
        isLastKnown = true;
        pause(0);
    }

    /** Counts from the last checkpoint, be it one that the program has asked for. */
    private void note(final long nowNs, final long logBytes) {
        final long madeCount = copies.madeCount();
        if (madeCount > notedCount) {
            isLastKnown = true;
            notedCount = madeCount;
            includedCount = copies.includedCount();
            includedBytes = logBytes;
            includedNs = nowNs;
        }
    }

    private boolean isDue(final long nowNs, final long logBytes) {
        final long behind = appliedCount() - includedCount;
        return behind > 0
                && (isPassed(policy.operationCount(), behind)
                        || isPassed(policy.logBytes(), logBytes - includedBytes)
                        || isPassed(policy.intervalNs(), nowNs - includedNs));
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
