package io.tollgate.core.file;

import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Calls that an interrupt of their thread must not end, as it does by closing the file that they work on, or by taking
 * back what they wait for.
 */
public final class Uninterruptibles {
    private Uninterruptibles() {}

    /**
     * What is called.
     *
     * @param <T> the type of its result.
     * @param <E> the type of what it throws.
     */
    @FunctionalInterface
    public interface Call<T, E extends Exception> {
        /**
         * Does it; done again where an interrupt has ended it, so it leaves nothing behind then.
         *
         * @return the result.
         * @throws E if it fails.
         */
        T call() throws E;
    }

    /**
     * Makes a call, again where an interrupt has ended it; the interrupt is left to the caller.
     *
     * @param <T>  the type of the result.
     * @param <E>  the type of what the call throws.
     * @param call to make.
     * @return its result.
     * @throws E if it fails for another reason.
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
     * Makes a call with an interrupt put off that is there before; one that comes meanwhile may end the call.
     *
     * @param <T>  the type of the result.
     * @param <E>  the type of what the call throws.
     * @param call to make, once.
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
     * Leaves an interrupt to the caller.
     *
     * @param isInterrupted whether there was one.
     */
    public static void restore(final boolean isInterrupted) {
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever is called may have wrapped what says so, more than once. */
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
