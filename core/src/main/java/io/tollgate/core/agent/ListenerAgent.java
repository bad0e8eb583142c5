package io.tollgate.core.agent;

import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.core.watch.PolledUpdates;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;

/**
 * Passes updates to listeners in turn. An exception or error of a listener is counted and passed to the error handler;
 * the next update follows.
 */
final class ListenerAgent implements Agent {
    private static final int POLL_LIMIT = 64;

    /** A listener and its queue. */
    private final class Attached implements UpdateHandler, Registration {
        private final PolledUpdates queue;
        private final UpdateHandler listener;
        private final AtomicLong failureCount = new AtomicLong();
        private volatile long lostCount;
        private volatile boolean isClosed;

        Attached(final PolledUpdates queue, final UpdateHandler listener) {
            this.queue = queue;
            this.listener = listener;
        }

        int poll() {
            return isClosed ? 0 : queue.poll(this, POLL_LIMIT);
        }

        @Override
        public void onUpdate(final Update update) {
            if (isClosed) {
                return;
            }
            try {
                listener.onUpdate(update);
            } catch (final Throwable e) {
                onFailure(e);
            } finally {
                isInterrupted |= Thread.interrupted();
            }
        }

        @Override
        public void onGap(final long firstNumber, final long lastNumber) {
            if (isClosed) {
                return;
            }
            lostCount = queue.lostCount();
            try {
                listener.onGap(firstNumber, lastNumber);
            } catch (final Throwable e) {
                onFailure(e);
            } finally {
                isInterrupted |= Thread.interrupted();
            }
        }

        private void onFailure(final Throwable e) {
            failureCount.incrementAndGet();
            errorHandler.onError(e);
        }

        @Override
        public long lostCount() {
            return lostCount;
        }

        @Override
        public long failureCount() {
            return failureCount.get();
        }

        @Override
        public void close() {
            // First of all, because the engine would wait for room in a queue that no thread polls.
            queue.abandon();
            // The listener receives no update after the close, even if it is already polled.
            isClosed = true;
            detach(queue);
        }
    }

    private final ErrorHandler errorHandler;
    private volatile Attached[] attached = {};
    private volatile boolean isStopRequested;

    /**
     * True if a listener set the interrupt status, which the next listener must not see. Only the working thread uses
     * it.
     */
    private boolean isInterrupted;

    ListenerAgent(final ErrorHandler errorHandler) {
        this.errorHandler = errorHandler;
    }

    @Override
    public String roleName() {
        return "tollgate-listeners";
    }

    /** Starts to deliver the updates of a queue; any thread. */
    Registration attach(final PolledUpdates queue, final UpdateHandler listener) {
        final Attached added = new Attached(queue, listener);
        synchronized (this) {
            final Attached[] more = Arrays.copyOf(attached, attached.length + 1);
            more[attached.length] = added;
            attached = more;
        }
        return added;
    }

    /** Stops the delivery from a queue that was given up, and closes the queue; any thread. */
    void detach(final PolledUpdates queue) {
        synchronized (this) {
            attached = Arrays.stream(attached)
                    .filter(other -> other.queue != queue)
                    .toArray(Attached[]::new);
        }
        queue.close();
    }

    @Override
    public int doWork() {
        final boolean isLast = isStopRequested;
        final int work = pollAll();
        if (isLast && work == 0) {
            throw new AgentTermination();
        }
        return work;
    }

    private int pollAll() {
        int work = 0;
        try {
            for (final Attached listener : attached) {
                work += listener.poll();
            }
        } finally {
            if (isInterrupted) {
                isInterrupted = false;
                Thread.currentThread().interrupt();
            }
        }
        return work;
    }

    /** Requests the end of the agent after all updates are delivered; the engine has stopped. */
    void requestStop() {
        isStopRequested = true;
    }
}
