package io.tollgate.flink;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** A sink into the heap of the test. A failed job emits some elements twice. */
final class Collected<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger LAST = new AtomicInteger();
    private static final Map<Integer, Queue<Object>> ALL = new ConcurrentHashMap<>();

    private final int number = LAST.incrementAndGet();

    /** Returns the elements so far. */
    @SuppressWarnings("unchecked")
    List<T> elements() {
        final Queue<Object> queue = queue();
        synchronized (queue) {
            return (List<T>) List.copyOf(queue);
        }
    }

    /** Waits until there are so many elements. */
    void await(final int count) throws InterruptedException {
        final Queue<Object> queue = queue();
        synchronized (queue) {
            while (queue.size() < count) {
                queue.wait();
            }
        }
    }

    private Queue<Object> queue() {
        return ALL.computeIfAbsent(number, key -> new ArrayDeque<>());
    }

    @Override
    public SinkWriter<T> createWriter(final WriterInitContext context) {
        final Queue<Object> queue = queue();
        return new SinkWriter<>() {
            @Override
            public void write(final T element, final Context ignored) {
                synchronized (queue) {
                    queue.add(element);
                    queue.notifyAll();
                }
            }

            @Override
            public void flush(final boolean isEnd) {}

            @Override
            public void close() {}
        };
    }
}
