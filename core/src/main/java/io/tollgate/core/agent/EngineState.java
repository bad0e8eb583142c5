package io.tollgate.core.agent;

import io.tollgate.api.EngineClosedException;
import io.tollgate.api.EngineFailedException;
import io.tollgate.api.TollgateException;

/** The state of an engine: running, stopping or failed. Any thread. */
public final class EngineState {
    private volatile boolean isStopRequested;
    private volatile Throwable failure;

    /** Requests the engine to drain its ring and stop. */
    public void requestStop() {
        isStopRequested = true;
    }

    public boolean isStopRequested() {
        return isStopRequested;
    }

    /** Fails the engine. It accepts no more input, and store and log stay unchanged. The first cause counts. */
    public synchronized void fail(final Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    public boolean isFailed() {
        return failure != null;
    }

    /** Returns the cause of the failure, null if the engine has not failed. */
    public Throwable failure() {
        return failure;
    }

    /** Returns the exception for calls after the stop. */
    public TollgateException stoppedException() {
        final Throwable cause = failure;
        return cause == null
                ? new EngineClosedException("engine=closed; open it again")
                : new EngineFailedException("engine=failed; close it and open it again", cause);
    }
}
