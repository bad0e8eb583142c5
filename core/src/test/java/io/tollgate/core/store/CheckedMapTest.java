package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedMapTest {
    /** What each map has of its own: its memory, who releases that, and its name with an identity. */
    private static final Set<String> OWN = Set.of("bs", "cleaner", "resources", "cxt", "identityString");

    @TempDir
    private Path directory;

    @BeforeAll
    static void open() {
        JvmAccess.requireOpen();
    }

    /** All that Chronicle goes by, and all that it has worked out from that. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 1024", "0, 100000", "8, 1", "64, 10", "192, 4096", "320, 65536", "1088, 1024", "16384, 50"})
    void shouldBeWhatChronicleOpens(final int valueLength, final long entries) throws Exception {
        final MapShape<?> shape = valueLength == 0 ? new NameShape() : new RecordShape(valueLength);
        final Path file = made(shape, entries);
        try (ChronicleMap<?, ?> expected = shape.builder(entries).createPersistedTo(file.toFile());
                CheckedMap<?> found = laidOut(shape, entries)) {
            found.open(file);
            final Map<String, Object> expectedFields = fields(expected);
            final Map<String, Object> foundFields = fields(found);
            final Set<Map.Entry<String, Object>> differences = new TreeMap<>(foundFields).entrySet();
            differences.removeAll(expectedFields.entrySet());
            assertEquals("[]", differences.toString());
            assertEquals(expectedFields.keySet(), foundFields.keySet());
            assertFalse(found.createdOrInMemory);
            assertEquals(MapState.class, found.globalMutableState().getClass());
        }
    }

    /** What it has opened, mapped and locked goes with it, and with an attempt that fails. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldHoldNothingOnceItIsClosed() throws IOException {
        final MapShape<?> shape = new RecordShape(64);
        final Path file = made(shape, 10);
        final CheckedMap<?> map = laidOut(shape, 10);
        map.open(file);
        assertTrue(isHeld(file) && isMapped(file));
        map.close();
        assertFalse(isHeld(file) || isMapped(file));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(100);
        }
        final IOException refusal =
                assertThrows(IOException.class, () -> laidOut(shape, 10).open(file));
        assertEquals("file=" + file + " truncated", refusal.getMessage());
        assertFalse(isHeld(file) || isMapped(file));
    }

    private static CheckedMap<?> laidOut(final MapShape<?> shape, final long entries) {
        final CheckedMap<?> map = CheckedMap.of(shape.builder(entries));
        MapDescription.of(map);
        return map;
    }

    private Path made(final MapShape<?> shape, final long entries) {
        final ChainFiles files = new ChainFiles(directory, "made");
        new FileBacking(new SystemFileAccess(), files)
                .make(0, shape.builder(entries))
                .close();
        return files.unfinishedMap(0);
    }

    /** The numbers and texts in the fields of a map, of all its classes, and the classes of other things in them. */
    private static Map<String, Object> fields(final Object map) throws IllegalAccessException {
        final Map<String, Object> fields = new TreeMap<>();
        for (Class<?> type = VanillaChronicleMap.class;
                type != VanillaChronicleHash.class.getSuperclass();
                type = type.getSuperclass()) {
            for (final Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !OWN.contains(field.getName())) {
                    field.setAccessible(true);
                    fields.put(type.getSimpleName() + '.' + field.getName(), comparable(field.get(map)));
                }
            }
        }
        return fields;
    }

    private static Object comparable(final Object value) {
        final boolean isPlain = value == null
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof String
                || value instanceof Class;
        return isPlain ? String.valueOf(value) : value.getClass();
    }

    private static boolean isHeld(final Path file) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors) {
                try {
                    if (descriptor.toRealPath().equals(file.toRealPath())) {
                        return true;
                    }
                } catch (final NoSuchFileException e) {
                    // That of the directory itself, or what others have closed meanwhile.
                }
            }
        }
        return false;
    }

    private static boolean isMapped(final Path file) throws IOException {
        return Files.readString(Path.of("/proc/self/maps"))
                .contains(file.toRealPath().toString());
    }
}
