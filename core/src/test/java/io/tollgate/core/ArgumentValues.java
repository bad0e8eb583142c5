package io.tollgate.core;

import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes valid arguments for a type. The values are given ones, enum constants, and results of factories, constructors
 * and methods of the API.
 */
final class ArgumentValues {
    private static final int MOST_DEPTH = 6;

    private final List<Class<?>> types;
    private final Map<Class<?>, Object> values = new LinkedHashMap<>();
    private final Set<Class<?>> missing = new HashSet<>();
    private final Set<Class<?>> beingMade = new HashSet<>();

    ArgumentValues(final List<Class<?>> types) {
        this.types = types;
        Stream.of(
                        "rate",
                        Duration.ofDays(1),
                        Instant.EPOCH,
                        LocalDate.EPOCH,
                        YearMonth.of(2025, 1),
                        ZoneOffset.UTC,
                        Optional.empty(),
                        OptionalLong.empty(),
                        java.math.BigDecimal.ONE,
                        java.util.Locale.ROOT,
                        new Object())
                .forEach(value -> put(value.getClass(), value));
        put(java.time.ZoneId.class, ZoneOffset.UTC);
        put(CharSequence.class, "rate");
        put(long.class, 1L);
        put(int.class, 1);
        put(short.class, (short) 1);
        put(byte.class, (byte) 1);
        put(double.class, 1.0);
        put(boolean.class, false);
        put(Long.class, 1L);
        put(Integer.class, 1);
        put(Double.class, 1.0);
    }

    <T> void put(final Class<? extends T> type, final T value) {
        values.put(type, value);
    }

    /** Returns a valid value, null if none is known. */
    Object of(final Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return ofGeneric(parameterized);
        }
        return type instanceof Class<?> plain ? ofClass(plain) : ofClass(Object.class);
    }

    private Object ofGeneric(final ParameterizedType type) {
        final Class<?> raw = (Class<?>) type.getRawType();
        if (Collection.class.isAssignableFrom(raw)) {
            final Object element = of(type.getActualTypeArguments()[0]);
            final List<Object> list = element == null ? List.of() : List.of(element);
            return raw.isAssignableFrom(List.class) ? list : Set.copyOf(list);
        }
        return Map.class.isAssignableFrom(raw) ? new TreeMap<>() : ofClass(raw);
    }

    private Object ofClass(final Class<?> type) {
        if (!values.containsKey(type) && !missing.contains(type)) {
            if (beingMade.size() >= MOST_DEPTH || !beingMade.add(type)) {
                return null;
            }
            final Object made = make(type);
            beingMade.remove(type);
            if (made != null) {
                values.put(type, made);
            } else if (beingMade.isEmpty()) {
                missing.add(type);
            }
        }
        return values.get(type);
    }

    private Object make(final Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isArray()) {
            final Object element = of(type.getComponentType());
            final Object array = Array.newInstance(type.getComponentType(), 1);
            Array.set(array, 0, element);
            return array;
        }
        if (isFunction(type)) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                return method.getReturnType().isPrimitive() ? of(method.getReturnType()) : null;
            });
        }
        for (final Executable maker : makers(type)) {
            final Object made = call(maker);
            if (type.isInstance(made)) {
                return made;
            }
        }
        return null;
    }

    static boolean isFunction(final Class<?> type) {
        return type.isAnnotationPresent(FunctionalInterface.class);
    }

    /** Returns the factories of the type, its constructors, and then the methods of known values that return it. */
    private List<Executable> makers(final Class<?> type) {
        final List<Executable> makers = new ArrayList<>();
        Stream.concat(Stream.of(type), types.stream())
                .forEach(owner -> Stream.of(owner.getMethods())
                        .filter(method -> Modifier.isStatic(method.getModifiers()) && gives(method, type))
                        .forEach(makers::add));
        types.stream()
                .filter(type::isAssignableFrom)
                .flatMap(owner -> Stream.of(owner.getConstructors()))
                .forEach(makers::add);
        List.copyOf(values.keySet()).stream()
                .filter(types::contains)
                .flatMap(owner -> Stream.of(owner.getMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && gives(method, type))
                .forEach(makers::add);
        return makers;
    }

    private static boolean gives(final Method method, final Class<?> type) {
        return type.isAssignableFrom(method.getReturnType());
    }

    private Object call(final Executable maker) {
        final Object[] arguments = arguments(maker);
        for (final Object argument : arguments) {
            if (argument == null) {
                return null;
            }
        }
        try {
            return invoke(maker, arguments);
        } catch (final InvocationTargetException e) {
            return null;
        }
    }

    /** Returns values for all parameters, null if a value is missing. */
    Object[] arguments(final Executable called) {
        return Stream.of(called.getGenericParameterTypes()).map(this::of).toArray();
    }

    /** Calls a factory, or a method on a known value of its type. */
    Object invoke(final Executable called, final Object[] arguments) throws InvocationTargetException {
        try {
            if (called instanceof Method method) {
                method.setAccessible(true);
                final boolean isStatic = Modifier.isStatic(method.getModifiers());
                return method.invoke(isStatic ? null : ofClass(method.getDeclaringClass()), arguments);
            }
            return ((java.lang.reflect.Constructor<?>) called).newInstance(arguments);
        } catch (final IllegalAccessException | InstantiationException e) {
            throw new AssertionError(called.toString(), e);
        }
    }
}
