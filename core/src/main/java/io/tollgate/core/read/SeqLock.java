package io.tollgate.core.read;

import io.tollgate.api.series.Status;

/**
 * Reads series while they are being written: each try takes the versions of all series that it reads (acquire), reads
 * if they are even, and takes the versions again. If one has changed, the next try begins from the start. Until the
 * versions are found unchanged everything read is untrusted: numbers are range-checked, loops are bounded, and nothing
 * throws. Used by one thread at a time.
 */
final class SeqLock {
    private static final int SPINS = 64;

    private final ReadGate gate;
    private final ReadGate.Entrance entrance;
    private final int maxAttempts;

    /**
     * A read, made once and used over and over, so that a read allocates nothing. A reader keeps the hot ones in fields
     * of their own final classes: so the compiler knows what is called and can inline it.
     *
     * @param <A> the type of the answer.
     */
    interface Attempt<A> {
        /** Goes over to what is read, once for each read. The store is open. */
        void begin(A answer);

        /** Fills the answer: OK, why there is none, or CONTENDED if a series was changed meanwhile. */
        Status tryRead(long atNs, long knownAtNs, A answer);
    }

    /**
     * Attempts of one reader.
     *
     * @param gate     to the series.
     * @param entrance of the reader, that keeps the store open while something is read.
     */
    SeqLock(final ReadGate gate, final ReadGate.Entrance entrance) {
        this.gate = gate;
        this.entrance = entrance;
        maxAttempts = gate.maxAttempts();
    }

    /**
     * Reads until no series has changed meanwhile.
     *
     * @return OK, why nothing was read, or CONTENDED if each try was in vain.
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

    /** Returns true if a series of this version is being changed: then a try would be in vain. */
    static boolean isBeingChanged(final long version) {
        return (version & 1) != 0;
    }

    /** Lets the writer go on, which may be waiting for a processor. */
    private static void pause(final int attempt) {
        if (attempt < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
