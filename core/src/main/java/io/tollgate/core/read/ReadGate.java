package io.tollgate.core.read;

import io.tollgate.api.EngineClosedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Admits readers while the engine is open. {@link #close()} waits for the last reader to leave, so that its memory can
 * be unmapped. The gate also holds the number of attempts of a read, and counts contended reads.
 *
 * <p>A reader sets its flag (volatile) and then checks whether the gate is closed (volatile). {@link #close()} closes
 * the gate first and then checks the flags. So at least one of the two sees the other.
 */
public class ReadGate {
    private static final long PARK_NS = 20_000;

    private final List<WeakReference<Entrance>> entrances = new ArrayList<>();
    private final LongAdder contendedCount = new LongAdder();
    private final int maxAttempts;
    private volatile boolean isClosed;

    /**
     * Creates an open gate.
     *
     * @param maxAttempts the number of attempts after which a read ends with CONTENDED.
     */
    public ReadGate(final int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    /**
     * Creates an entrance for one reader. Any thread.
     *
     * @return an entrance that one thread at a time may use.
     * @throws IllegalStateException if the gate is closed.
     */
    public synchronized Entrance newEntrance() {
        requireOpen();
        entrances.removeIf(reference -> reference.get() == null);
        final Entrance entrance = new Entrance(this);
        entrances.add(new WeakReference<>(entrance));
        return entrance;
    }

    /** Closes the gate, and waits until all readers have left. */
    public synchronized void close() {
        isClosed = true;
        boolean isInterrupted = false;
        for (final WeakReference<Entrance> reference : entrances) {
            final Entrance entrance = reference.get();
            while (entrance != null && entrance.isReaderInside()) {
                LockSupport.parkNanos(PARK_NS);
                isInterrupted |= Thread.interrupted(); // parkNanos() does not park while this flag is set.
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns true if the data that the gate guards has been replaced since it was opened. The gate of an engine is
     * never outdated.
     *
     * @return true if no reader may enter.
     */
    protected boolean isOutdated() {
        return false;
    }

    /**
     * Creates the exception for a reader that may not enter.
     *
     * @return the exception to throw.
     */
    protected IllegalStateException refusal() {
        return new EngineClosedException("engine is closed; open it again to read");
    }

    int maxAttempts() {
        return maxAttempts;
    }

    /** Counts a contended read. Any thread. */
    void contended() {
        contendedCount.increment();
    }

    /** {@return the number of contended reads; any thread} */
    public final long contendedCount() {
        return contendedCount.sum();
    }

    /** {@return true if the gate is closed} */
    protected final boolean isClosed() {
        return isClosed;
    }

    private void requireOpen() {
        if (isClosed || isOutdated()) {
            throw refusal();
        }
    }

    /**
     * The entrance of one reader:
     *
     * <pre>
     *   entrance.enter();
     *   try {
     *     // Reads.
     *   } finally {
     *     entrance.leave();
     *   }
     * </pre>
     */
    public static final class Entrance {
        private static final VarHandle INSIDE;

        static {
            try {
                INSIDE = MethodHandles.lookup().findVarHandle(Entrance.class, "isInside", boolean.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final ReadGate gate;

        /** Accessed through INSIDE. */
        private boolean isInside;

        private Entrance(final ReadGate gate) {
            this.gate = gate;
        }

        /**
         * Enters the gate; {@link #leave()} must follow.
         *
         * @throws IllegalStateException if the gate is closed; then the reader has not entered.
         */
        void enter() {
            INSIDE.setVolatile(this, true);
            if (gate.isClosed || gate.isOutdated()) {
                leave();
                throw gate.refusal();
            }
        }

        private boolean isReaderInside() {
            return (boolean) INSIDE.getVolatile(this);
        }

        void leave() {
            INSIDE.setRelease(this, false);
        }

        /**
         * Runs a function inside the gate.
         *
         * @param action the function, which must not enter the gate itself.
         * @param <T>  the type of its result.
         * @return its result.
         * @throws IllegalStateException if the gate is closed.
         */
        public <T> T inside(final Supplier<T> action) {
            enter();
            try {
                return action.get();
            } finally {
                leave();
            }
        }
    }
}
