package io.tollgate.flink;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
        return (List<T>) List.copyOf(queue());
    }

    private Queue<Object> queue() {
        return ALL.computeIfAbsent(number, key -> new ConcurrentLinkedQueue<>());
    }

    @Override
    public SinkWriter<T> createWriter(final WriterInitContext context) {
        final Queue<Object> queue = queue();
        return new SinkWriter<>() {
            @Override
            public void write(final T element, final Context ignored) {
                queue.add(element);
            }

            @Override
            public void flush(final boolean isEnd) {}

            @Override
            public void close() {}
        };
    }
}
