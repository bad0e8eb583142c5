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
 * Hands updates to listeners, in turn. Whatever a listener throws, errors too, is counted and told to the error
 * handler, and the next update is handed over.
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
            // First: the engine would wait for room in it once nobody polls it.
            queue.abandon();
            // What is polled already is not for the listener any more.
            isClosed = true;
            detach(queue);
        }
    }

    private final ErrorHandler errorHandler;
    private volatile Attached[] attached = {};
    private volatile boolean isStopRequested;

    /** Whether a listener has left an interrupt behind, which is not for the next one; the thread that works. */
    private boolean isInterrupted;

    ListenerAgent(final ErrorHandler errorHandler) {
        this.errorHandler = errorHandler;
    }

    @Override
    public String roleName() {
        return "tollgate-listeners";
    }

    /** Begins to hand over what comes into a queue; any thread. */
    Registration attach(final PolledUpdates queue, final UpdateHandler listener) {
        final Attached added = new Attached(queue, listener);
        synchronized (this) {
            final Attached[] more = Arrays.copyOf(attached, attached.length + 1);
            more[attached.length] = added;
            attached = more;
        }
        return added;
    }

    /** Hands nothing more over of a queue that was given up, if anything was, and closes it; any thread. */
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

    /** Asks the agent to end when all is handed over; the engine has stopped. */
    void requestStop() {
        isStopRequested = true;
    }
}
