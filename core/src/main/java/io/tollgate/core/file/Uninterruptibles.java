package io.tollgate.core.file;

import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Runs calls that must survive an interrupt of their thread. An interrupt otherwise closes the file in use, or cancels
 * a wait.
 */
public final class Uninterruptibles {
    private Uninterruptibles() {}

    /**
     * A call.
     *
     * @param <T> the type of the result.
     * @param <E> the type of the exception.
     */
    @FunctionalInterface
    public interface Call<T, E extends Exception> {
        /**
         * Runs the call. It is repeated if an interrupt ended it, so an interrupted call must have no effect.
         *
         * @return the result.
         * @throws E if it fails.
         */
        T call() throws E;
    }

    /**
     * Runs a call, and repeats it if an interrupt ended it. The interrupt status of the thread is restored.
     *
     * @param <T>  the type of the result.
     * @param <E>  the type of the exception.
     * @param call to run.
     * @return its result.
     * @throws E if it fails for a reason other than an interrupt.
     */
    public static <T, E extends Exception> T call(final Call<T, E> call) throws E {
        boolean isInterrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return call.call();
                } catch (final Exception e) {
                    if (!isByInterrupt(e)) {
                        throw e;
                    }
                    isInterrupted |= Thread.interrupted();
                }
            }
        } finally {
            restore(isInterrupted);
        }
    }

    /**
     * Runs a call with an earlier interrupt deferred. A new interrupt may end the call.
     *
     * @param <T>  the type of the result.
     * @param <E>  the type of the exception.
     * @param call to run, once.
     * @return its result.
     * @throws E if it fails.
     */
    public static <T, E extends Exception> T putOff(final Call<T, E> call) throws E {
        final boolean isInterrupted = Thread.interrupted();
        try {
            return call.call();
        } finally {
            restore(isInterrupted);
        }
    }

    /**
     * Restores the interrupt status of the thread.
     *
     * @param isInterrupted true if the thread was interrupted.
     */
    public static void restore(final boolean isInterrupted) {
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The exception of the interrupt may be wrapped several times. */
    private static boolean isByInterrupt(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedByInterruptException
                    || cause instanceof FileLockInterruptionException
                    || cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }
}
