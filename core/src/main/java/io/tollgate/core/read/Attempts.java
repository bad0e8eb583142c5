package io.tollgate.core.read;

/** Attempts to read a series that may be changed meanwhile. */
final class Attempts {
    private static final int SPINS = 64;

    private Attempts() {}

    /** Whether a series with such a version is being changed: then a read would be in vain. */
    static boolean isBeingChanged(final long version) {
        return (version & 1) != 0;
    }

    /** Lets the writer go on before the next attempt; it may be waiting for a processor. */
    static void pause(final int attempt) {
        if (attempt < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
