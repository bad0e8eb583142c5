package io.tollgate.core.store.chronicle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * The version of Chronicle Map that the store is written for. The store uses private members and the file layout of
 * that version, so any other version is refused.
 */
final class ChronicleVersion {
    private static final String EXPECTED = "2026.1";

    /** Chronicle Map reads its own version from this resource, which shaded jars keep. */
    private static final String RESOURCE = "/map.version";

    private ChronicleVersion() {}

    /**
     * Checks the version. A jar without a version is accepted if it has the private members.
     *
     * @throws IllegalStateException if this is another version
     */
    static void require() {
        try (InputStream in = ChronicleMapBuilder.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                CheckedMap.preparation();
                ChronicleFiles.requireSupportedVersion();
            } else {
                require(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("resource=" + RESOURCE + ": cannot be read; check the class path", e);
        }
        MapState.requireSupportedVersion();
    }

    private static void require(final String found) {
        if (!found.equals(EXPECTED)) {
            throw refusal(ChronicleMapBuilder.class, "version " + found, null);
        }
    }

    /**
     * Looks up a private field.
     *
     * @param owner the class of Chronicle that declares it
     * @param name the name of the field
     * @param type the type of the field
     * @return the field, accessible
     * @throws IllegalStateException if there is no such field, because this is another version
     */
    static Field field(final Class<?> owner, final String name, final Class<?> type) {
        try {
            final Field field = owner.getDeclaredField(name);
            if (field.getType() == type) {
                field.setAccessible(true);
                return field;
            }
            throw refusal(owner, "field " + name + " of type " + field.getType().getName(), null);
        } catch (final NoSuchFieldException e) {
            throw refusal(owner, "no field " + name, e);
        }
    }

    /**
     * Looks up a private nested class.
     *
     * @param owner the class of Chronicle that it is nested in
     * @param name the simple name of the nested class
     * @return the class
     * @throws IllegalStateException if there is no such class, because this is another version
     */
    static Class<?> nested(final Class<?> owner, final String name) {
        try {
            return Class.forName(owner.getName() + '$' + name, false, owner.getClassLoader());
        } catch (final ClassNotFoundException e) {
            throw refusal(owner, "no nested class " + name, e);
        }
    }

    /**
     * Looks up a private method without parameters.
     *
     * @param owner the class of Chronicle that declares it
     * @param name the name of the method
     * @return the method, accessible
     * @throws IllegalStateException if there is no such method, because this is another version
     */
    static Method method(final Class<?> owner, final String name) {
        try {
            final Method method = owner.getDeclaredMethod(name);
            method.setAccessible(true);
            return method;
        } catch (final NoSuchMethodException e) {
            throw refusal(owner, "no method " + name, e);
        }
    }

    /**
     * Creates the exception for another version.
     *
     * @param owner the class of Chronicle that differs
     * @param found the difference found in it
     * @param cause the exception that revealed the difference; null if there is none
     * @return the exception, to be thrown by the caller
     */
    static IllegalStateException refusal(final Class<?> owner, final String found, final Exception cause) {
        return new IllegalStateException(
                "class=" + owner.getName() + " from "
                        + owner.getProtectionDomain().getCodeSource() + ": found " + found + ", expected chronicle-map "
                        + EXPECTED + " and the libraries it depends on; put these on the class path",
                cause);
    }
}
