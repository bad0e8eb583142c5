package io.tollgate.core.writer;

import io.tollgate.api.EngineFailedException;
import io.tollgate.core.file.Uninterruptibles;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Something that a control thread wants done on the engine's thread, and waits for.
 *
 * @param <T> what comes of it.
 */
public final class EngineCommand<T> implements Runnable {
    private static final RuntimeException BEGUN = new IllegalStateException("begun");

    private final BooleanSupplier preparation;
    private final Supplier<T> action;
    private final CountDownLatch done = new CountDownLatch(1);
    /** Why it was taken back, {@link #BEGUN} once it has begun; null before either. */
    private final AtomicReference<RuntimeException> outcome = new AtomicReference<>();

    private long ringPosition;
    private T result;
    private RuntimeException failure;

    /**
     * A command.
     *
     * @param preparation does a bounded part of what must be done before it; false if there is more of that.
     * @param action      does it.
     */
    public EngineCommand(final BooleanSupplier preparation, final Supplier<T> action) {
        this.preparation = preparation;
        this.action = action;
    }

    /** Goes on preparing; on the engine's thread. False if it is to be asked again, in the next duty cycle. */
    boolean isPrepared() {
        try {
            return outcome.get() != null || preparation.getAsBoolean();
        } catch (final RuntimeException e) {
            failure = e;
            return true;
        }
    }

    /** Does it, unless it could not be prepared, or was taken back; on the engine's thread. */
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
            failure = new EngineFailedException("engine=failed, expected open; close it and open it again", e);
            throw e;
        } finally {
            done.countDown();
        }
    }

    /** Takes it back where nothing works the engine any more before its caller does; gives why. */
    public RuntimeException abandon(final RuntimeException reason) {
        return cancel(reason)
                ? outcome.get()
                : new IllegalStateException(
                        "command=begun, expected done: it is carried out when there is room", reason);
    }

    /** False if it has begun. */
    private boolean cancel(final RuntimeException reason) {
        return outcome.compareAndSet(null, reason) || outcome.get() != BEGUN;
    }

    /** Says that it will not be done any more. */
    void refuse(final RuntimeException reason) {
        cancel(reason);
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

    public boolean isDone() {
        return done.getCount() == 0;
    }

    /** Waits until it is done, or refused. An interrupt does not end the wait, and is left to the caller. */
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
