package io.tollgate.core;

import io.tollgate.core.file.Uninterrupted;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Something that a control thread wants done on the engine's thread, and waits for.
 *
 * @param <T> what comes of it.
 */
final class EngineCommand<T> implements Runnable {
    private final CommandStart start;
    private final boolean isLeftAtInterrupt;
    private final BooleanSupplier preparation;
    private final Supplier<T> action;
    private final CountDownLatch done = new CountDownLatch(1);
    private long ringPosition;
    private T result;
    private boolean isCarriedOut;
    private RuntimeException failure;
    private Error error;

    /**
     * One that is carried out also where its caller, who is interrupted, does not wait for it any more.
     *
     * @param preparation does a bounded part of what must be done before it; false if there is more of that.
     * @param action      does it.
     */
    EngineCommand(final BooleanSupplier preparation, final Supplier<T> action) {
        this(new CommandStart(), true, preparation, action);
    }

    /**
     * One that is not carried out any more where its caller is interrupted, unless it has begun.
     *
     * @param start       shared with other commands: all of them begin, or none does.
     * @param preparation does a bounded part of what must be done before it; false if there is more of that.
     * @param action      does it.
     */
    EngineCommand(final CommandStart start, final BooleanSupplier preparation, final Supplier<T> action) {
        this(start, false, preparation, action);
    }

    private EngineCommand(
            final CommandStart start,
            final boolean isLeftAtInterrupt,
            final BooleanSupplier preparation,
            final Supplier<T> action) {
        this.start = start;
        this.isLeftAtInterrupt = isLeftAtInterrupt;
        this.preparation = preparation;
        this.action = action;
    }

    /** Goes on preparing; on the engine's thread. False if it is to be asked again, in the next duty cycle. */
    boolean isPrepared() {
        try {
            return start.isTakenBack() || preparation.getAsBoolean();
        } catch (final RuntimeException e) {
            failure = e;
            return true;
        }
    }

    /** Whether it is prepared here, and waits for other shards. */
    boolean isWaiting() {
        return preparation instanceof final JointPreparation.Part part && part.isWaiting();
    }

    /** Does it, unless it could not be prepared, or was taken back; on the engine's thread. */
    @Override
    public void run() {
        try {
            if (failure == null && start.begin()) {
                result = action.get();
                isCarriedOut = true;
            } else if (failure == null) {
                failure = start.reason();
            }
        } catch (final RuntimeException e) {
            failure = e;
        } catch (final Error e) {
            // Without making anything, as it may be memory or stack that was wanting.
            error = e;
            throw e;
        } finally {
            done.countDown();
        }
    }

    /**
     * Takes it back where nothing works the engine any more before its caller does; gives why. One that has begun on
     * another shard is done to its end as soon as there is room.
     */
    RuntimeException giveUp(final RuntimeException reason) {
        return start.takeBack(reason)
                ? told(start.reason())
                : new IllegalStateException(
                        "command=begun, expected done: it is carried out when there is room", reason);
    }

    /** Takes it back, unless it has begun: nobody waits for it. */
    void takeBack(final RuntimeException reason) {
        start.takeBack(reason);
    }

    /** Says that it will not be done any more. */
    void refuse(final RuntimeException reason) {
        start.takeBack(reason);
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
        boolean isInterrupted = false;
        try {
            while (!isDone()) {
                try {
                    done.await();
                } catch (final InterruptedException e) {
                    isInterrupted = true;
                    onInterrupt(e);
                }
            }
        } finally {
            Uninterrupted.restore(isInterrupted);
        }
        if (failure != null) {
            throw told(failure);
        }
        if (!isCarriedOut) {
            throw new IllegalStateException("engine=failed, expected open; close it and open it again", error);
        }
        return result;
    }

    /** Here there may be memory again; what callers add to the one that is of all engines would stay for good. */
    private static RuntimeException told(final RuntimeException reason) {
        return reason == CommandQueue.STOPPED ? new IllegalStateException(reason.getMessage()) : reason;
    }

    /** Leaves it, or takes it back; once it has begun it does not take long, and the interrupt is put off. */
    private void onInterrupt(final InterruptedException interrupt) {
        final RuntimeException reason = new IllegalStateException(
                "thread=" + Thread.currentThread().getName() + " interrupted while waiting for the engine; "
                        + (isLeftAtInterrupt ? "the command may still be carried out" : "nothing was done"),
                interrupt);
        if (isLeftAtInterrupt || start.takeBack(reason)) {
            throw reason;
        }
    }
}
