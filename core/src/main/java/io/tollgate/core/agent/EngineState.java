package io.tollgate.core.agent;

import io.tollgate.api.EngineClosedException;
import io.tollgate.api.EngineFailedException;
import io.tollgate.api.TollgateException;

/** Whether an engine runs, is to end, or has failed. Any thread. */
public final class EngineState {
    private volatile boolean isStopRequested;
    private volatile Throwable failure;

    /** Asks the engine to apply all that lies on its ring, and to end. */
    public void requestStop() {
        isStopRequested = true;
    }

    public boolean isStopRequested() {
        return isStopRequested;
    }

    /** The engine takes nothing more: store and log stay as they are. The first cause counts. */
    public synchronized void fail(final Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    public boolean isFailed() {
        return failure != null;
    }

    /** Why it has failed, null if it has not. */
    public Throwable failure() {
        return failure;
    }

    /** Why nothing more is done. */
    public TollgateException stoppedException() {
        final Throwable cause = failure;
        return cause == null
                ? new EngineClosedException("engine=closed, expected open; open it again")
                : new EngineFailedException("engine=failed, expected open; close it and open it again", cause);
    }
}
