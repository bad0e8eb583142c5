package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Threads that look while a test writes, each with a look of its own, which says how much it saw, or a negative number
 * where it was contended. None may see less than before, nor less than what had been acknowledged when it began. The
 * writer waits for them from time to time, so that each sees many states however the threads are scheduled.
 */
final class Witnesses implements AutoCloseable {
    private static final int STATES = 25;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<Witness> witnesses = new ArrayList<>();
    private final List<Future<?>> threads = new ArrayList<>();
    private final AtomicLong acknowledged;
    private final long first;
    private final long last;
    private long nextMeeting;
    private volatile boolean isDone;

    /** For a test that writes from one state to another. */
    Witnesses(final long first, final long last) {
        this.first = first;
        this.last = last;
        acknowledged = new AtomicLong(first);
        nextMeeting = meetingAfter(first);
    }

    /** One of the threads. */
    private final class Witness {
        private final LongSupplier look;
        private volatile long seen = first;
        private int states;

        Witness(final LongSupplier look) {
            this.look = look;
        }

        void watch() {
            boolean isLastRound = false;
            while (!isLastRound) {
                isLastRound = isDone;
                final long before = acknowledged.get();
                final long now = look.getAsLong();
                if (now >= 0) {
                    assertTrue(now >= before, () -> "seen=" + now + " acknowledged=" + before);
                    assertTrue(now >= seen, () -> "seen=" + now + " after " + seen);
                    states += now > seen ? 1 : 0;
                    seen = now;
                }
            }
        }
    }

    void begin(final LongSupplier... looks) {
        for (final LongSupplier look : looks) {
            final Witness witness = new Witness(look);
            witnesses.add(witness);
            threads.add(executor.submit(witness::watch));
        }
    }

    /** Who looks from now on must see as much; the writer waits until all have, if they have not for long. */
    void acknowledge(final long written) throws ExecutionException, InterruptedException {
        acknowledged.set(written);
        if (written >= nextMeeting) {
            for (int i = 0; i < witnesses.size(); i++) {
                while (witnesses.get(i).seen < written) {
                    if (threads.get(i).isDone()) {
                        threads.get(i).get();
                    }
                    Thread.yield();
                }
            }
            nextMeeting = meetingAfter(written);
        }
    }

    long acknowledged() {
        return acknowledged.get();
    }

    private long meetingAfter(final long written) {
        return written + Math.max(1, (last - first) / STATES);
    }

    /** Lets all look a last time, and throws what was wrong with any look. */
    void finish() throws ExecutionException, InterruptedException {
        isDone = true;
        for (int i = 0; i < witnesses.size(); i++) {
            threads.get(i).get();
            assertEquals(acknowledged.get(), witnesses.get(i).seen);
            final int states = witnesses.get(i).states;
            assertTrue(states > STATES / 2, () -> "states=" + states);
        }
    }

    @Override
    public void close() {
        isDone = true;
        executor.shutdownNow();
    }
}
