package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.agrona.LangUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedWorkTest {
    private static final Duration ENOUGH = Duration.ofSeconds(30);

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
        SharedWork.each(threadCount, pieceCount, index -> {
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
        assertTimeoutPreemptively(ENOUGH, () -> SharedWork.each(3, 6, index -> meet(all)));
    }

    @Test
    void shouldLeaveAloneWorkToTheCaller() throws IOException {
        SharedWork.each(1, 3, index -> workers.add(Thread.currentThread()));
        assertEquals(Set.of(Thread.currentThread()), workers);
    }

    /** Plain writes: whoever returns from it sees them. */
    @Test
    void shouldShowWhatOthersHaveWritten() throws IOException {
        final int[] found = new int[10_000];
        SharedWork.each(4, found.length, index -> found[index] = index + 1);
        assertEquals(10_000L * 10_001 / 2, Arrays.stream(found).sum());
    }

    @Test
    void shouldThrowWhatThePieceOfTheLowestIndexHasThrown() {
        final CyclicBarrier both = new CyclicBarrier(2);
        final IOException first = new IOException("first");
        final AssertionError second = new AssertionError("second");
        final Throwable thrown = assertThrows(
                Throwable.class,
                () -> SharedWork.each(2, 2, index -> {
                    meet(both);
                    LangUtil.rethrowUnchecked(index == 0 ? first : second);
                }));
        assertSame(first, thrown);
    }

    @Test
    void shouldBeginNoOtherPieceWhereOneHasFailed() {
        final AtomicInteger begun = new AtomicInteger();
        final IOException failure = new IOException();
        final IOException thrown = assertThrows(
                IOException.class,
                () -> SharedWork.each(1, 5, index -> {
                    begun.incrementAndGet();
                    if (index == 2) {
                        throw failure;
                    }
                }));
        assertSame(failure, thrown);
        assertEquals(3, begun.get());
    }

    /** Others end what they have begun first. */
    @Test
    void shouldWaitForTheOthersWhereAPieceFails() {
        final CyclicBarrier both = new CyclicBarrier(2);
        final CountDownLatch failing = new CountDownLatch(1);
        final AtomicInteger ended = new AtomicInteger();
        final Thread caller = Thread.currentThread();
        assertThrows(
                IOException.class,
                () -> SharedWork.each(2, 2, index -> {
                    meet(both);
                    if (Thread.currentThread() == caller) {
                        failing.countDown();
                        throw new IOException();
                    }
                    workers.add(Thread.currentThread());
                    await(failing);
                    ended.incrementAndGet();
                }));
        assertEquals(1, ended.get());
    }

    @Test
    void shouldLeaveAnInterruptToTheCallerAndWaitOn() throws IOException {
        final CyclicBarrier both = new CyclicBarrier(2);
        final CountDownLatch interrupted = new CountDownLatch(1);
        final AtomicInteger ended = new AtomicInteger();
        final Thread caller = Thread.currentThread();
        SharedWork.each(2, 2, index -> {
            meet(both);
            if (Thread.currentThread() == caller) {
                caller.interrupt();
                interrupted.countDown();
            } else {
                await(interrupted);
                ended.incrementAndGet();
            }
        });
        assertTrue(Thread.interrupted());
        assertEquals(1, ended.get());
    }

    private static void meet(final CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
