package io.tollgate.core.store.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.chronicle.JvmAccess;
import io.tollgate.core.store.chronicle.LongKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.hash.impl.util.CanonicalRandomAccessFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBackingTest {
    @TempDir
    private Path directory;

    @Test
    void shouldSayThatTheSystemHasRefusedToForceAMap() {
        final Backing backing = new FileBacking(new SystemFileAccess(), new ChainFiles(Path.of("store"), "series"));

        final UncheckedIOException refusal = assertThrows(UncheckedIOException.class, () -> backing.force(0));

        assertEquals("file=store/series-0.map: could not be forced; check the disk", refusal.getMessage());
        assertInstanceOf(NoSuchFileException.class, refusal.getCause());
    }

    /** The map already has its name. Without its table it would make each later opening fail. */
    @ParameterizedTest
    @ValueSource(strings = {"commit", "givePagesSingly"})
    void shouldLeaveNoTraceOfAMapIfMemoryIsShortAfterItsCreation(final String call) throws IOException {
        final FileBacking files = new FileBacking(new SystemFileAccess(), new ChainFiles(directory, "series"));
        final Throwable failure = new OutOfMemoryError("Java heap space");
        final Backing failing = (Backing) Proxy.newProxyInstance(
                Backing.class.getClassLoader(), new Class<?>[] {Backing.class}, (proxy, method, arguments) -> {
                    final Object result = method.invoke(files, arguments);
                    if (method.getName().equals(call)) {
                        throw failure;
                    }
                    return result;
                });
        final RecordShape shape = new RecordShape(64);

        assertSame(failure, assertThrows(OutOfMemoryError.class, () -> RecordMap.open(failing, shape, 0, 1_024)));

        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
        RecordMap.open(files, shape, 0, 1_024).close();
        RecordMap.open(files, shape, 0, 1_024).close();
    }

    /** Chronicle would return its open file of this path, although the path now leads to another file. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @EnabledOnOs(OS.LINUX)
    void shouldMapTheExistingFileDespiteFilesLeftOpenByAnEarlierAttempt(final boolean isMade) throws IOException {
        final ChainFiles chain = new ChainFiles(directory, "series");
        final FileBacking files = new FileBacking(new SystemFileAccess(), chain);
        final RecordShape shape = new RecordShape(64);
        JvmAccess.requireOpen();
        RecordMap.open(files, shape, 0, 1_024).close();
        final Path left = isMade ? chain.unfinishedMap(1) : chain.map(0);
        if (isMade) {
            Files.copy(chain.map(0), left);
        }
        for (int i = 0; i < 2; i++) {
            leave(left);
        }
        final Path copy = directory.resolve("copy");
        Files.copy(left, copy);
        Files.delete(left);
        if (isMade) {
            Files.delete(copy);
        } else {
            Files.move(copy, left);
        }
        final Path file = chain.map(isMade ? 1 : 0);
        final RecordMap<LongKey> map = RecordMap.open(files, shape, isMade ? 1 : 0, 1_024);
        try {
            assertEquals(List.of(file.toRealPath().toString()), mapped());
        } finally {
            map.close();
        }
    }

    @SuppressWarnings("resource")
    private static void leave(final Path file) throws IOException {
        CanonicalRandomAccessFiles.acquire(file.toFile().getCanonicalFile());
    }

    /** Returns the maps in memory, including those whose files are deleted. */
    private List<String> mapped() throws IOException {
        final String start = directory.toRealPath() + "/series";
        try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
            return mappings.filter(line -> line.contains(start))
                    .map(line -> line.substring(line.indexOf('/')))
                    .filter(name -> !name.endsWith(".numbers"))
                    .distinct()
                    .toList();
        }
    }
}
