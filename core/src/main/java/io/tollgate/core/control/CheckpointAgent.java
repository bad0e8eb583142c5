package io.tollgate.core.control;

import io.tollgate.core.agent.AgentTermination;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.writer.EngineWriter;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Makes checkpoints according to the policy, on its own thread. A failed checkpoint is reported, counted, and retried
 * after a pause. The engine continues, unless its log has failed.
 */
public final class CheckpointAgent implements Agent {
    /** An opening that replayed at least this many operations after its checkpoint counts as a passed interval. */
    public static final long MUCH_BEHIND = 1 << 16;

    private static final long RETRY_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int PAUSE_FACTOR = 3;

    private final CheckpointPolicy policy;
    private final boolean isOnDisk;
    private final EpochNanoClock clock;
    private final NanoClock nanoClock;
    private final EngineWriter writer;
    private final CheckpointService copies;
    /** The number of checkpoints at the last check, -1 before the first check. */
    private long notedCount = -1;
    /** The last operation in the newest checkpoint. */
    private long includedSequence;

    private long includedBytes;
    private long includedNs;
    private long pauseStartNs;
    private long pauseNs;
    private volatile boolean isStopRequested;

    /**
     * @param context with the policy, and the clocks for intervals and pauses.
     * @param writer  of the engine.
     * @param copies  makes the checkpoints.
     */
    CheckpointAgent(final EngineOptions context, final EngineWriter writer, final CheckpointService copies) {
        policy = context.checkpoints();
        isOnDisk = context.directory().isPresent();
        clock = context.clock();
        nanoClock = context.nanoClock();
        this.writer = writer;
        this.copies = copies;
    }

    /** Returns true if checkpoints are automatic: the engine has a directory and the policy has a bound. */
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
            throw new AgentTermination();
        }
        final long nowNs = clock.nanoTime();
        final long logBytes = copies.logBytes();
        note(nowNs, logBytes);
        // If the clock was set back, the interval restarts from the new time.
        includedNs = Math.min(includedNs, nowNs);
        if (isPausing()) {
            return 0;
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
     * Starts to count from the last checkpoint, made by this engine or found by its opening. The age of a found
     * checkpoint is unknown; if many operations follow it, the interval counts as passed.
     */
    private void note(final long nowNs, final long logBytes) {
        final long madeCount = copies.madeCount();
        if (madeCount == notedCount) {
            return;
        }
        final boolean isOfThisEngine = madeCount > 0;
        notedCount = madeCount;
        includedSequence = copies.checkpointedSequence();
        final long behind = isOfThisEngine ? 0 : writer.publishedSequence() - includedSequence;
        includedBytes = logBytes - behind * PointOperation.LENGTH;
        includedNs = nowNs - (behind >= MUCH_BEHIND ? policy.intervalNs() : 0);
    }

    private boolean isDue(final long nowNs, final long logBytes) {
        final long behind = writer.publishedSequence() - includedSequence;
        return behind > 0
                && (isPassed(policy.operationCount(), behind)
                        || isPassed(policy.logBytes(), logBytes - includedBytes)
                        || isPassed(policy.intervalNs(), nowNs - includedNs));
    }

    private static boolean isPassed(final long bound, final long value) {
        return bound > 0 && value >= bound;
    }

    /** Requests the end of the agent; any thread. */
    void requestStop() {
        isStopRequested = true;
    }
}
