package io.tollgate.core.store.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.agrona.LangUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedWorkTest {
    private final Set<Thread> workers = Collections.synchronizedSet(new HashSet<>());

    @AfterEach
    void noneIsLeft() {
        assertFalse(Thread.interrupted());
        workers.remove(Thread.currentThread());
        workers.forEach(worker -> assertFalse(worker.isAlive(), worker.getName()));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 100", "2, 0", "2, 1", "2, 2", "2, 1000", "4, 3", "4, 1000"})
    void shouldDoEachPieceOnce(final int threadCount, final int pieceCount) throws IOException {
        final AtomicIntegerArray times = new AtomicIntegerArray(pieceCount);
        SharedWork.each(Thread::new, threadCount, pieceCount, index -> {
            workers.add(Thread.currentThread());
            times.incrementAndGet(index);
        });
        for (int i = 0; i < pieceCount; i++) {
            assertEquals(1, times.get(i), "index=" + i);
        }
        assertTrue(workers.size() <= threadCount, workers::toString);
    }

    @Test
    void shouldWorkOnSeveralPiecesAtOnce() {
        final CyclicBarrier all = new CyclicBarrier(3);
        assertDoesNotThrow(() -> SharedWork.each(Thread::new, 3, 6, index -> meet(all)));
    }

    @Test
    void shouldLeaveAloneWorkToTheCaller() throws IOException {
        SharedWork.each(Thread::new, 1, 3, index -> workers.add(Thread.currentThread()));
        assertEquals(Set.of(Thread.currentThread()), workers);
    }

    /** The writes are plain. After the call returns, the caller sees them. */
    @Test
    void shouldShowTheWritesOfOtherThreads() throws IOException {
        final int[] found = new int[10_000];
        final CyclicBarrier all = new CyclicBarrier(4);
        SharedWork.each(Thread::new, 4, found.length, index -> {
            if (index < 4) {
                meet(all);
            }
            found[index] = index + 1;
        });
        assertEquals(10_000L * 10_001 / 2, Arrays.stream(found).sum());
    }

    @Test
    void shouldThrowWhatThePieceOfTheLowestIndexHasThrown() {
        final CyclicBarrier both = new CyclicBarrier(2);
        final IOException first = new IOException("first");
        final AssertionError second = new AssertionError("second");
        final Throwable thrown = assertThrows(
                Throwable.class,
                () -> SharedWork.each(Thread::new, 2, 2, index -> {
                    meet(both);
                    LangUtil.rethrowUnchecked(index == 0 ? first : second);
                }));
        assertSame(first, thrown);
        assertArrayEquals(new Throwable[] {second}, thrown.getSuppressed());
    }

    /** An undeclared exception must not end a thread silently. */
    @Test
    void shouldThrowEachKindOfException() {
        final Exception failure = new Exception();
        assertSame(
                failure,
                assertThrows(
                        Exception.class,
                        () -> SharedWork.each(Thread::new, 2, 2, index -> LangUtil.rethrowUnchecked(failure))));
    }

    @Test
    void shouldDoAllWorkItselfWithoutAThread() throws IOException {
        final AtomicInteger done = new AtomicInteger();
        SharedWork.each(runnable -> null, 4, 10, index -> done.incrementAndGet());
        assertEquals(10, done.get());
    }

    @Test
    void shouldWaitForTheStartedThreadsIfTheFactoryFails() {
        final IllegalStateException failure = new IllegalStateException();
        final AtomicInteger done = new AtomicInteger();
        final IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> SharedWork.each(
                        runnable -> {
                            if (!workers.isEmpty()) {
                                throw failure;
                            }
                            final Thread worker = new Thread(runnable);
                            workers.add(worker);
                            return worker;
                        },
                        4,
                        10,
                        index -> done.incrementAndGet()));
        assertSame(failure, thrown);
        assertEquals(10, done.get());
    }

    @Test
    void shouldBeginNoOtherPieceIfOneHasFailed() {
        final AtomicInteger begun = new AtomicInteger();
        final IOException failure = new IOException();
        final IOException thrown = assertThrows(
                IOException.class,
                () -> SharedWork.each(Thread::new, 1, 5, index -> {
                    begun.incrementAndGet();
                    if (index == 2) {
                        throw failure;
                    }
                }));
        assertSame(failure, thrown);
        assertEquals(3, begun.get());
    }

    /** The other threads finish their current pieces first. */
    @Test
    void shouldWaitForTheOthersIfAPieceFails() {
        final CyclicBarrier both = new CyclicBarrier(2);
        final AtomicInteger ended = new AtomicInteger();
        final Thread caller = Thread.currentThread();
        assertThrows(
                IOException.class,
                () -> SharedWork.each(Thread::new, 2, 2, index -> {
                    meet(both);
                    if (Thread.currentThread() == caller) {
                        throw new IOException();
                    }
                    workers.add(Thread.currentThread());
                    awaitWaiting(caller);
                    ended.incrementAndGet();
                }));
        assertEquals(1, ended.get());
    }

    @Test
    void shouldLeaveAnInterruptToTheCallerAndWaitOn() throws IOException {
        final CyclicBarrier both = new CyclicBarrier(2);
        final AtomicInteger ended = new AtomicInteger();
        final Thread caller = Thread.currentThread();
        SharedWork.each(Thread::new, 2, 2, index -> {
            meet(both);
            if (Thread.currentThread() == caller) {
                caller.interrupt();
            } else {
                awaitWaiting(caller);
                ended.incrementAndGet();
            }
        });
        assertTrue(Thread.interrupted());
        assertEquals(1, ended.get());
    }

    private static void meet(final CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Returns once a thread waits for another one. */
    private static void awaitWaiting(final Thread thread) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (thread.getState() != Thread.State.WAITING) {
            assertTrue(System.nanoTime() < deadline, "it does not wait");
            Thread.onSpinWait();
        }
    }
}
