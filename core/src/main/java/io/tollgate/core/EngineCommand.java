package io.tollgate.core;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Something that a control thread wants done on the engine's thread, and waits for.
 *
 * @param <T> what comes of it.
 */
final class EngineCommand<T> implements Runnable {
    private final BooleanSupplier preparation;
    private final Supplier<T> action;
    private final CountDownLatch done = new CountDownLatch(1);
    private long ringPosition;
    private T result;
    private RuntimeException failure;

    /**
     * @param preparation does a bounded part of what must be done before it; false if there is more of that.
     * @param action      does it.
     */
    EngineCommand(final BooleanSupplier preparation, final Supplier<T> action) {
        this.preparation = preparation;
        this.action = action;
    }

    /** Goes on preparing; on the engine's thread. False if it is to be asked again, in the next duty cycle. */
    boolean isPrepared() {
        try {
            return preparation.getAsBoolean();
        } catch (final RuntimeException e) {
            failure = e;
            return true;
        }
    }

    /** Does it, unless it could not be prepared; on the engine's thread. */
    @Override
    public void run() {
        try {
            if (failure == null) {
                result = action.get();
            }
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
