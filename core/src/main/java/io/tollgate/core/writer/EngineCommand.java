package io.tollgate.core.writer;

import io.tollgate.api.EngineFailedException;
import io.tollgate.core.file.Uninterruptibles;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A command of a control thread for the engine's thread. The control thread waits for the result.
 *
 * @param <T> the type of the result.
 */
public final class EngineCommand<T> implements Runnable {
    private static final RuntimeException BEGUN = new IllegalStateException("begun");

    private final BooleanSupplier preparation;
    private final Supplier<T> action;
    private final CountDownLatch done = new CountDownLatch(1);
    /** {@link #BEGUN} after the start of the run, the reason after a cancellation, null before either. */
    private final AtomicReference<RuntimeException> outcome = new AtomicReference<>();

    private long ringPosition;
    private T result;
    private RuntimeException failure;

    /**
     * Creates a command.
     *
     * @param preparation does a bounded part of the preparation; false if more remains.
     * @param action      runs the command.
     */
    public EngineCommand(final BooleanSupplier preparation, final Supplier<T> action) {
        this.preparation = preparation;
        this.action = action;
    }

    /**
     * Continues the preparation on the engine's thread. Returns false if it must be called again in the next duty
     * cycle.
     */
    boolean isPrepared() {
        try {
            return outcome.get() != null || preparation.getAsBoolean();
        } catch (final RuntimeException e) {
            failure = e;
            return true;
        }
    }

    /** Runs the command on the engine's thread, unless its preparation failed or it was cancelled. */
    @Override
    public void run() {
        try {
            if (failure == null && outcome.compareAndSet(null, BEGUN)) {
                result = action.get();
            } else if (failure == null) {
                failure = outcome.get();
            }
        } catch (final RuntimeException e) {
            failure = e;
        } catch (final Error e) {
            failure = new EngineFailedException("engine=failed; close it and open it again", e);
            throw e;
        } finally {
            done.countDown();
        }
    }

    /**
     * Cancels the command if only its own caller works the engine, and cannot run it. Returns the exception to throw.
     */
    public RuntimeException abandon(final RuntimeException reason) {
        return cancel(reason)
                ? outcome.get()
                : new IllegalStateException("command=begun: it will complete when its update queue has room", reason);
    }

    /** Returns false if the run has begun. */
    private boolean cancel(final RuntimeException reason) {
        return outcome.compareAndSet(null, reason) || outcome.get() != BEGUN;
    }

    /** Refuses the command. */
    void refuse(final RuntimeException reason) {
        cancel(reason);
        failure = reason;
        done.countDown();
    }

    /** Records offered up to this position are applied before the command runs. */
    long ringPosition() {
        return ringPosition;
    }

    void ringPosition(final long position) {
        ringPosition = position;
    }

    public boolean isDone() {
        return done.getCount() == 0;
    }

    /**
     * Waits until the command has run or is refused. An interrupt does not end the wait; the interrupt status is
     * restored.
     */
    public T await() {
        boolean isInterrupted = false;
        try {
            while (!isDone()) {
                try {
                    done.await();
                } catch (final InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } finally {
            Uninterruptibles.restore(isInterrupted);
        }
        if (failure != null) {
            throw failure;
        }
        return result;
    }
}
