package io.tollgate.flink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;

/** Passes elements on, and throws once: at the element of an index, counted anew after each restart. */
public final class Failure<T> implements MapFunction<T, T> {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger LAST = new AtomicInteger();
    private static final Map<Integer, Integer> LEFT = new ConcurrentHashMap<>();

    private final int number = LAST.incrementAndGet();
    private final long index;
    private long seen;

    public Failure(final long index) {
        this.index = index;
        LEFT.put(number, 1);
    }

    /** Returns true if the job has failed. */
    public boolean hasHappened() {
        return LEFT.get(number) == 0;
    }

    @Override
    public T map(final T element) {
        if (seen++ == index && LEFT.replace(number, 1, 0)) {
            throw new IllegalStateException("planted failure at element " + index);
        }
        return element;
    }
}
