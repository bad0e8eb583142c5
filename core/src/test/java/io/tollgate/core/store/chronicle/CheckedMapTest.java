package io.tollgate.core.store.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.chain.ChainFiles;
import io.tollgate.core.store.chain.FileBacking;
import io.tollgate.core.store.chain.MapShape;
import io.tollgate.core.store.chain.NameShape;
import io.tollgate.core.store.chain.RecordShape;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.openhft.chronicle.hash.ChronicleFileLockException;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.hash.serialization.SizeMarshaller;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedMapTest {
    private static final MapShape<?> SHAPE = new RecordShape(64);
    private static final int ENTRIES = 10;

    /** The fields that differ between maps: the memory with its cleaner, and the name with an identity. */
    private static final Set<String> OWN = Set.of("bs", "cleaner", "resources", "cxt", "identityString");

    @TempDir
    private Path directory;

    @BeforeAll
    static void open() {
        JvmAccess.requireOpen();
    }

    /** The fields that Chronicle uses, and those derived from them, are equal. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 1024", "0, 100000", "8, 1", "64, 10", "192, 4096", "320, 65536", "1088, 1024", "16384, 50"})
    void shouldBeWhatChronicleOpens(final int valueLength, final long entries) throws Exception {
        final MapShape<?> shape = valueLength == 0 ? new NameShape() : new RecordShape(valueLength);
        final Path file = made(shape, entries);
        try (ChronicleMap<?, ?> expected = shape.builder(entries).createPersistedTo(file.toFile());
                CheckedMap<?> found = CheckedMap.of(shape.builder(entries), file)) {
            assertEquals(
                    ((VanillaChronicleMap<?, ?, ?>) expected).sizeInBytesWithoutTiers(),
                    found.sizeInBytesWithoutTiers());
            found.open();
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

    /** A close releases all open files, mappings and locks of a map, also after an opening that failed at its end. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldHoldNothingOnceItIsClosed() throws IOException {
        final Path file = made(SHAPE, ENTRIES);
        final CheckedMap<?> map = laidOut(file);
        map.open();
        assertTrue(isHeld(file) && isMapped(file));
        map.close();
        assertFalse(isHeld(file) || isMapped(file));
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertTrue(held.isValid());
            final CheckedMap<?> refused = laidOut(file);
            assertThrows(ChronicleFileLockException.class, refused::open);
            assertFalse(isMapped(file));
        }
        assertFalse(isHeld(file));
    }

    /** The missing part must not be replaced by zeros. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100, 4_096})
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseAFileThatWasCutShort(final int length) throws IOException {
        final Path file = made(SHAPE, ENTRIES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        assertThrows(IOException.class, () -> laidOut(file).open());
        assertEquals(length, Files.size(file));
        assertFalse(isHeld(file) || isMapped(file));
    }

    /** A description has its stated length, and only that much is read. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, (1 << 14) + 1, Integer.MAX_VALUE})
    void shouldRefuseADescriptionOfNoPossibleLength(final int length) throws IOException {
        final Path file = made(SHAPE, ENTRIES);
        final byte[] start = new byte[12];
        ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).putInt(8, length);
        Files.write(file, start, StandardOpenOption.WRITE);
        final String message =
                assertThrows(IllegalStateException.class, () -> laidOut(file)).getMessage();
        assertTrue(message.startsWith("file=" + file + ": found descriptionLength=" + length), message);
    }

    /** No class named in a file may be loaded. */
    @Test
    void shouldNotReadWhatTheDescriptionSays() throws IOException {
        final Path file = made(SHAPE, ENTRIES);
        final byte[] bytes = Files.readAllBytes(file);
        final int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(8);
        Arrays.fill(bytes, 12, 12 + length, (byte) '!');
        Files.write(file, bytes);
        try (CheckedMap<?> map = laidOut(file)) {
            map.open();
            assertEquals(0, map.longSize());
        }
    }

    private static CheckedMap<?> laidOut(final Path file) throws IOException {
        return CheckedMap.of(SHAPE.builder(ENTRIES), file);
    }

    private Path made(final MapShape<?> shape, final long entries) {
        final ChainFiles files = new ChainFiles(directory, "made");
        new FileBacking(new SystemFileAccess(), files)
                .make(0, shape.builder(entries))
                .close();
        return files.unfinishedMap(0);
    }

    private static Map<String, Object> fields(final Object map) throws IllegalAccessException {
        final Map<String, Object> fields = new TreeMap<>();
        for (Class<?> type = VanillaChronicleMap.class;
                type != VanillaChronicleHash.class.getSuperclass();
                type = type.getSuperclass()) {
            addFields(map, type, fields);
        }
        return fields;
    }

    private static void addFields(final Object object, final Class<?> type, final Map<String, Object> fields)
            throws IllegalAccessException {
        for (final Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !OWN.contains(field.getName())) {
                field.setAccessible(true);
                fields.put(type.getSimpleName() + '.' + field.getName(), comparable(field.get(object)));
            }
        }
    }

    /**
     * Returns numbers and texts themselves, the fields of readers and writers of entries, and the class of other
     * objects.
     */
    private static Object comparable(final Object value) throws IllegalAccessException {
        if (value == null
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof String
                || value instanceof Class
                || value instanceof File) {
            return String.valueOf(value);
        }
        final Map<String, Object> fields = new TreeMap<>(Map.of("class", value.getClass()));
        if (value instanceof SizeMarshaller || value instanceof SizedReader) {
            addFields(value, value.getClass(), fields);
        }
        return fields;
    }

    private static boolean isHeld(final Path file) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors) {
                try {
                    if (descriptor.toRealPath().equals(file.toRealPath())) {
                        return true;
                    }
                } catch (final NoSuchFileException e) {
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
