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
 * Lets readers in while the engine is open, and waits until the last one has left before its memory goes away. Says how
 * often a reader tries, and counts the reads that were given up.
 *
 * <p>A reader says that it is inside (volatile) and then looks whether the gate is closed (volatile); who closes says
 * so and then looks who is inside: one of the two sees the other.
 */
public class ReadGate {
    private static final long PARK_NS = 20_000;

    private final List<WeakReference<Entrance>> entrances = new ArrayList<>();
    private final LongAdder contendedCount = new LongAdder();
    private final int maxAttempts;
    private volatile boolean isClosed;

    /**
     * An open gate.
     *
     * @param maxAttempts after which a read is given up, and says CONTENDED.
     */
    public ReadGate(final int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    /**
     * A way in for one reader. Any thread.
     *
     * @return an entrance that one thread at a time may use.
     * @throws IllegalStateException if nobody is let in any more.
     */
    public synchronized Entrance newEntrance() {
        requireOpen();
        entrances.removeIf(reference -> reference.get() == null);
        final Entrance entrance = new Entrance(this);
        entrances.add(new WeakReference<>(entrance));
        return entrance;
    }

    /** Lets nobody in any more, and waits until all are out. */
    public synchronized void close() {
        isClosed = true;
        boolean isInterrupted = false;
        for (final WeakReference<Entrance> reference : entrances) {
            final Entrance entrance = reference.get();
            while (entrance != null && entrance.isReaderInside()) {
                LockSupport.parkNanos(PARK_NS);
                isInterrupted |= Thread.interrupted(); // Else it would park no more.
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether what is behind the gate is no longer what it was opened as; that of the engine itself always is.
     *
     * @return false: nobody is to come in any more.
     */
    protected boolean isOutdated() {
        return false;
    }

    /**
     * Says why nobody is let in.
     *
     * @return to be thrown.
     */
    protected IllegalStateException refusal() {
        return new EngineClosedException("engine=closed, expected open; open it again to read");
    }

    /** How often a reader tries. */
    int maxAttempts() {
        return maxAttempts;
    }

    /** A read was given up; any thread. */
    void contended() {
        contendedCount.increment();
    }

    /** {@return how many reads were given up; any thread} */
    public final long contendedCount() {
        return contendedCount.sum();
    }

    /** {@return whether nobody is let in any more} */
    protected final boolean isClosed() {
        return isClosed;
    }

    private void requireOpen() {
        if (isClosed || isOutdated()) {
            throw refusal();
        }
    }

    /**
     * The way in and out of one reader:
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

        /** Written and read through INSIDE. */
        private boolean isInside;

        private Entrance(final ReadGate gate) {
            this.gate = gate;
        }

        /**
         * Goes in; {@link #leave()} must follow.
         *
         * @throws IllegalStateException if nobody is let in any more; then the reader is not inside.
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

        /** Goes out. */
        void leave() {
            INSIDE.setRelease(this, false);
        }

        /**
         * Does something inside.
         *
         * @param action that finds what is behind the gate open; it does not come this way itself.
         * @param <T>  its type.
         * @return what the look gives.
         * @throws IllegalStateException if nobody is let in any more.
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
