package io.tollgate.core;

import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Instants;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A reading that delegates to the reading filled last. Caches the readings that it has filled.
 *
 * @param <S> the argument of each read, such as a window.
 * @param <R> the type of the readings.
 */
final class FilledReading<S, R> implements InvocationHandler {
    private static final int MOST_KEPT = 64;

    private final Map<Object, R> kept = new HashMap<>();
    private final MetricReader reader;
    private final BiFunction<MetricReader, S, R> making;
    private R filled;

    private FilledReading(final MetricReader reader, final BiFunction<MetricReader, S, R> making) {
        this.reader = reader;
        this.making = making;
    }

    private record Key(Object subject, long knownAtNs) {}

    /** {@return a reading that is not filled yet, made for any subject; it has no delegate if {@code any} is null} */
    static <S, R> R create(
            final Class<R> type, final MetricReader reader, final S any, final BiFunction<MetricReader, S, R> making) {
        final FilledReading<S, R> filled = new FilledReading<>(reader, making);
        filled.filled = any == null ? null : making.apply(reader, any);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, filled));
    }

    /** {@return the reading of a subject as known at an instant, which becomes the delegate} */
    @SuppressWarnings("unchecked")
    static <S, R> R of(final R reading, final S subject, final long knownAtNs) {
        return ((FilledReading<S, R>) Proxy.getInvocationHandler(reading)).of(subject, knownAtNs);
    }

    private R of(final S subject, final long knownAtNs) {
        final Key key = new Key(subject, knownAtNs);
        filled = kept.get(key);
        if (filled == null) {
            if (kept.size() == MOST_KEPT) {
                kept.clear();
            }
            filled = making.apply(knownAtNs == Instants.ALL_KNOWN ? reader : reader.asOf(knownAtNs), subject);
            kept.put(key, filled);
        }
        return filled;
    }

    @Override
    public Object invoke(final Object proxy, final Method method, final Object[] arguments) throws Throwable {
        try {
            return method.invoke(filled, arguments);
        } catch (final InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
