package io.tollgate.core.agent;

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
    public IllegalStateException stoppedException() {
        final Throwable cause = failure;
        return cause == null
                ? new IllegalStateException("engine=closed, expected open; open it again")
                : new IllegalStateException("engine=failed, expected open; close it and open it again", cause);
    }
}
