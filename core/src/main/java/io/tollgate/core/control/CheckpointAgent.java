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
 * Makes checkpoints by itself, as the policy says, on a thread that nobody waits for. One that fails is told of,
 * counted, and tried again after a while; the engine goes on, unless what has failed is its log.
 */
public final class CheckpointAgent implements Agent {
    /** Operations behind the checkpoint at an opening that are worth another one, however little time passes then. */
    public static final long MUCH_BEHIND = 1 << 16;

    private static final long RETRY_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int PAUSE_FACTOR = 3;

    private final CheckpointPolicy policy;
    private final boolean isOnDisk;
    private final EpochNanoClock clock;
    private final NanoClock nanoClock;
    private final EngineWriter writer;
    private final CheckpointService copies;
    /** How many checkpoints were made when this agent last counted, -1 before that. */
    private long notedCount = -1;
    /** The last operation that the newest checkpoint includes. */
    private long includedSequence;

    private long includedBytes;
    private long includedNs;
    private long pauseStartNs;
    private long pauseNs;
    private volatile boolean isStopRequested;

    /**
     * @param context with the policy that says when, and the clocks of its interval and of pauses.
     * @param writer  of the engine.
     * @param copies  that makes them.
     */
    CheckpointAgent(final EngineOptions context, final EngineWriter writer, final CheckpointService copies) {
        policy = context.checkpoints();
        isOnDisk = context.directory().isPresent();
        clock = context.clock();
        nanoClock = context.nanoClock();
        this.writer = writer;
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
            throw new AgentTermination();
        }
        final long nowNs = clock.nanoTime();
        final long logBytes = copies.logBytes();
        note(nowNs, logBytes);
        // The clock may have been set back: else none would be made until it is where it was.
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
     * Counts from the last checkpoint: of this engine, or the one that was there at the opening. How long ago that was
     * is not known; if many operations follow it, the interval counts as passed.
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

    /** Asks the agent to end; any thread. */
    void requestStop() {
        isStopRequested = true;
    }
}
