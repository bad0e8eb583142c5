package io.tollgate.core.read;

import io.tollgate.api.series.Status;

/**
 * Reads series while the engine writes them, as a seqlock. Each attempt reads the version words of all its series
 * (acquire), reads the data if all versions are even, and reads the versions again. If a version changed, the read is
 * retried from the start. Until the versions are found unchanged, no value is trusted: numbers are range-checked, loops
 * are bounded, and the read does not throw. Used by one thread at a time.
 */
final class SeqLock {
    private static final int SPINS = 64;

    private final ReadGate gate;
    private final ReadGate.Entrance entrance;
    private final int maxAttempts;

    /**
     * A read. It is created once and reused, so that a read allocates nothing. A reader keeps the hot attempts in
     * fields of their own final classes, so that the compiler can inline the calls.
     *
     * @param <A> the type of the answer.
     */
    interface Attempt<A> {
        /** Wraps the series to read. Called once for each read, while the store is open. */
        void begin(A answer);

        /** Fills the answer. Returns OK, the reason for no answer, or CONTENDED if a series changed during the read. */
        Status tryRead(long atNs, long knownAtNs, A answer);
    }

    /**
     * Creates the attempts of one reader.
     *
     * @param gate     holds the number of attempts.
     * @param entrance of the reader; keeps the store open during a read.
     */
    SeqLock(final ReadGate gate, final ReadGate.Entrance entrance) {
        this.gate = gate;
        this.entrance = entrance;
        maxAttempts = gate.maxAttempts();
    }

    /**
     * Reads until no series changed during the read.
     *
     * @return OK, the reason for no answer, or CONTENDED if every attempt failed.
     * @throws IllegalStateException if the engine is closed, or a series is damaged.
     */
    <A> Status read(final Attempt<A> attempt, final long atNs, final long knownAtNs, final A answer) {
        entrance.enter();
        try {
            attempt.begin(answer);
            for (int i = 0; i < maxAttempts; i++) {
                final Status status = attempt.tryRead(atNs, knownAtNs, answer);
                if (status != Status.CONTENDED) {
                    return status;
                }
                pause(i);
            }
        } finally {
            entrance.leave();
        }
        gate.contended();
        return Status.CONTENDED;
    }

    /** Returns true if the version is odd: the series is being changed, so an attempt would fail. */
    static boolean isBeingChanged(final long version) {
        return (version & 1) != 0;
    }

    /** Yields after some spins, because the writer may be waiting for a processor. */
    private static void pause(final int attempt) {
        if (attempt < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
