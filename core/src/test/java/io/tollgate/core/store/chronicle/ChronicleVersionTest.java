package io.tollgate.core.store.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ChronicleVersionTest {
    @BeforeAll
    static void open() {
        JvmAccess.requireOpen();
    }

    private static void requireRefused(final String found, final Executable look) {
        final String message = assertThrows(IllegalStateException.class, look).getMessage();
        assertTrue(message.startsWith("class=" + ChronicleMapBuilder.class.getName() + " from "), message);
        assertTrue(message.contains(": found " + found + ", expected chronicle-map 2026.1 and"), message);
    }

    @Test
    void shouldRefuseMembersThatAreNotThere() {
        final Class<?> owner = ChronicleMapBuilder.class;
        requireRefused("no field missing", () -> ChronicleVersion.field(owner, "missing", int.class));
        requireRefused("no method missing", () -> ChronicleVersion.method(owner, "missing"));
        requireRefused("no nested class Missing", () -> ChronicleVersion.nested(owner, "Missing"));
    }

    @Test
    void shouldRefuseAFieldOfAnotherType() {
        requireRefused(
                "field actualSegments of type int",
                () -> ChronicleVersion.field(ChronicleMapBuilder.class, "actualSegments", long.class));
    }

    /** The jar has other resources than those of Chronicle. */
    @Test
    void shouldAcceptAJarWhoseMembersDoNotGiveAVersion() throws Exception {
        final ClassLoader own = ChronicleVersion.class.getClassLoader();
        try (URLClassLoader silent = new Silent(own)) {
            final var require =
                    silent.loadClass(ChronicleVersion.class.getName()).getDeclaredMethod("require");
            require.setAccessible(true);
            assertEquals(null, require.invoke(null));
            assertEquals(1, ((Silent) silent).askedCount);
        }
    }

    /** A class loader that defines classes of another loader itself, and gives no version. */
    private static final class Silent extends URLClassLoader {
        private final ClassLoader own;
        private int askedCount;

        private Silent(final ClassLoader own) {
            super(new URL[0], ClassLoader.getPlatformClassLoader());
            this.own = own;
        }

        @Override
        protected Class<?> findClass(final String name) throws ClassNotFoundException {
            try (InputStream in = own.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                final byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (final IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public URL getResource(final String name) {
            if (name.equals("map.version")) {
                askedCount++;
            }
            return null;
        }
    }
}
