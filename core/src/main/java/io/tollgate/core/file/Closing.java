package io.tollgate.core.file;

import java.util.List;
import org.agrona.LangUtil;

/**
 * Closes several things, each of them also where one before it throws, whatever that is: an error, too, as where memory
 * or stack is wanting. Nothing is made here but to say what was thrown. Who may have no memory left gives a list that
 * was made ahead: of what is named one by one an array is made.
 */
public final class Closing {
    private Closing() {}

    /**
     * Closes each, and throws then what was thrown first, with the rest suppressed.
     *
     * @param parts to close, in this order; null is none.
     */
    public static void each(final List<? extends AutoCloseable> parts) {
        rethrow(tried(null, parts));
    }

    /**
     * Closes each, and throws then what was thrown first, with the rest suppressed.
     *
     * @param parts to close, in this order; null is none.
     */
    public static void each(final AutoCloseable... parts) {
        Throwable failure = null;
        for (final AutoCloseable part : parts) {
            failure = tried(failure, part);
        }
        rethrow(failure);
    }

    /**
     * Closes each, as something has failed, which gets what is thrown as suppressed.
     *
     * @param cause why they are closed.
     * @param parts to close, in this order; null is none.
     */
    public static void after(final Throwable cause, final List<? extends AutoCloseable> parts) {
        tried(cause, parts);
    }

    /**
     * Closes each, as something has failed, which gets what is thrown as suppressed.
     *
     * @param cause why they are closed.
     * @param parts to close, in this order; null is none.
     */
    public static void after(final Throwable cause, final AutoCloseable... parts) {
        for (final AutoCloseable part : parts) {
            tried(cause, part);
        }
    }

    private static Throwable tried(final Throwable before, final List<? extends AutoCloseable> parts) {
        Throwable failure = before;
        for (int i = 0; i < parts.size(); i++) {
            failure = tried(failure, parts.get(i));
        }
        return failure;
    }

    /**
     * Closes one of several.
     *
     * @param before what was thrown before, null if nothing.
     * @param part   to close; null is none.
     * @return what was thrown first, null if nothing.
     */
    public static Throwable tried(final Throwable before, final AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
            return before;
        } catch (final Throwable e) {
            return both(before, e);
        }
    }

    /**
     * What was thrown first, which gets the other one as suppressed.
     *
     * @param first  null if nothing.
     * @param second null if nothing.
     * @return the first of them that there is.
     */
    public static Throwable both(final Throwable first, final Throwable second) {
        if (first == null) {
            return second;
        }
        if (second != null && second != first) {
            try {
                first.addSuppressed(second);
            } catch (final VirtualMachineError e) {
                // There is no memory left to say it.
            }
        }
        return first;
    }

    /**
     * Throws something, as whoever threw it first did.
     *
     * @param failure null if nothing.
     */
    public static void rethrow(final Throwable failure) {
        if (failure != null) {
            LangUtil.rethrowUnchecked(failure);
        }
    }
}
