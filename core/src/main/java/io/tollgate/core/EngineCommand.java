package io.tollgate.core;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Something that a control thread wants done on the engine's thread, and waits for.
 *
 * @param <T> what comes of it.
 */
final class EngineCommand<T> implements Runnable {
    private final Supplier<T> action;
    private final CountDownLatch done = new CountDownLatch(1);
    private long ringPosition;
    private T result;
    private RuntimeException failure;

    EngineCommand(final Supplier<T> action) {
        this.action = action;
    }

    /** Does it; on the engine's thread. */
    @Override
    public void run() {
        try {
            result = action.get();
        } catch (final RuntimeException e) {
            failure = e;
        } catch (final Error e) {
            failure = new IllegalStateException("engine=failed, expected open; close it and open it again", e);
            throw e;
        } finally {
            done.countDown();
        }
    }

    /** Says that it will not be done any more. */
    void refuse(final RuntimeException reason) {
        failure = reason;
        done.countDown();
    }

    /** What was offered up to here is applied before this command is run. */
    long ringPosition() {
        return ringPosition;
    }

    void ringPosition(final long position) {
        ringPosition = position;
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    /** Waits until it is done, or refused. */
    T await() {
        try {
            if (!isDone()) {
                done.await();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "thread=" + Thread.currentThread().getName()
                            + " interrupted while waiting for the engine; the command may still be carried out",
                    e);
        }
        if (failure != null) {
            throw failure;
        }
        return result;
    }
}
