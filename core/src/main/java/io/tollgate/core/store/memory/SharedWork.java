package io.tollgate.core.store.memory;

import io.tollgate.core.file.Uninterruptibles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.LangUtil;

/** Runs independent pieces of work on a few threads. The calling thread is one of these. */
public final class SharedWork {
    private final int pieceCount;
    private final Piece piece;
    private final AtomicInteger next = new AtomicInteger();
    private final Throwable[] failures;

    /** A piece of the work. */
    @FunctionalInterface
    public interface Piece {
        /**
         * Runs the piece.
         *
         * @param index of the piece, from 0
         * @throws IOException if a file operation fails
         */
        void work(int index) throws IOException;
    }

    private SharedWork(final int pieceCount, final Piece piece) {
        this.pieceCount = pieceCount;
        this.piece = piece;
        this.failures = new Throwable[pieceCount];
    }

    /**
     * Runs each piece one time. When this returns or throws, all other threads have ended, and their writes are
     * visible. After a failure no further piece is started, and running pieces are completed. An interrupt of the
     * caller affects only the piece that the caller runs. The caller still waits for the other threads.
     *
     * @param threads creates the other threads
     * @param threadCount number of threads including the caller; fewer are used if {@code threads} returns null
     * @param pieceCount number of pieces
     * @param piece the work, called by any of the threads
     * @throws IOException if a file operation of a piece fails. If several pieces fail, the exception of the lowest
     *     index is thrown, and the others are suppressed. Unchecked exceptions are rethrown too
     */
    public static void each(final ThreadFactory threads, final int threadCount, final int pieceCount, final Piece piece)
            throws IOException {
        final SharedWork work = new SharedWork(pieceCount, piece);
        final List<Thread> others = new ArrayList<>();
        try {
            work.start(threads, Math.min(threadCount, pieceCount) - 1, others);
            work.takeAll();
        } finally {
            await(others);
        }
        work.rethrow();
    }

    private void start(final ThreadFactory threads, final int count, final List<Thread> started) {
        while (started.size() < count) {
            final Thread thread = threads.newThread(this::takeAll);
            if (thread == null) {
                return;
            }
            thread.start();
            started.add(thread);
        }
    }

    private void rethrow() {
        Throwable first = null;
        for (final Throwable failure : failures) {
            if (first == null) {
                first = failure;
            } else if (failure != null && failure != first) {
                first.addSuppressed(failure);
            }
        }
        if (first != null) {
            LangUtil.rethrowUnchecked(first);
        }
    }

    private void takeAll() {
        for (int index = next.getAndIncrement(); index < pieceCount; index = next.getAndIncrement()) {
            try {
                piece.work(index);
            } catch (final Throwable e) {
                failures[index] = e;
                next.set(pieceCount);
            }
        }
    }

    private static void await(final List<Thread> threads) {
        boolean isInterrupted = false;
        for (final Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (final InterruptedException e) {
                    isInterrupted = true;
                }
            }
        }
        Uninterruptibles.restore(isInterrupted);
    }
}
