package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.chain.RecordChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.internal.PosixAPIHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The disk refuses a new map, or memory is short for it. The growth leaves no remains, and the next attempt succeeds.
 */
class MapGrowthFaultTest {
    /** The length of an area with one entry. */
    private static final int LENGTH = 1 << 16;

    private static final int FIRST_ENTRIES = 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void shouldMakeAMapThatWasRefusedAtAnyCallWhenItIsAskedAgain(
            final boolean isDoneAllTheSame, final boolean isForWantOfMemory) throws IOException {
        int failed = 0;
        for (boolean isIntact = false; !isIntact; failed++) {
            isIntact = growsAt(
                    failed,
                    new RefusingFiles(isDoneAllTheSame, isForWantOfMemory),
                    Files.createDirectory(directory.resolve("at-" + failed)));
        }
        assertTrue(failed > 3, () -> "no calls were refused");
    }

    /** The disk refuses a call, and then the deletion of the remains. */
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void shouldMakeAMapThatWasRefusedAtAnyTwoCallsWhenItIsAskedAgain(
            final boolean isDoneAllTheSame, final boolean isForWantOfMemory) throws IOException {
        int pairs = 0;
        boolean isIntact = false;
        for (int first = 0; !isIntact; first++) {
            boolean isSecondRefused = true;
            for (int second = first + 1; isSecondRefused && !isIntact; second++) {
                final RefusingFiles files = new RefusingFiles(isDoneAllTheSame, isForWantOfMemory);
                files.second = second - first - 1;
                isIntact = growsAt(first, files, Files.createDirectory(directory.resolve(first + "-and-" + second)));
                isSecondRefused = files.refusals == 2;
                pairs += isSecondRefused ? 1 : 0;
            }
        }
        assertTrue(pairs > 10, "pairs=" + pairs);
    }

    /** Returns true if the next map was made within that many calls. */
    private static boolean growsAt(final int refused, final RefusingFiles files, final Path chain) throws IOException {
        final boolean isIntact;
        try (RecordChain records = RecordChain.persisted(files, chain, "records", LENGTH, FIRST_ENTRIES)) {
            fill(records, FIRST_ENTRIES);
            final Set<String> before = names(chain);
            files.left = refused;
            isIntact = isMade(records);
            files.left = Integer.MAX_VALUE;
            if (!isIntact) {
                if (files.refusals == 1) {
                    assertEquals(before, names(chain), "files left by call " + refused);
                }
                assertEquals(FIRST_ENTRIES, records.capacity());
                records.prepareNext();
            }
            fill(records, FIRST_ENTRIES + 1);
        }
        try (RecordChain again =
                RecordChain.persisted(new SystemFileAccess(), chain, "records", LENGTH, FIRST_ENTRIES)) {
            assertEquals(2 * FIRST_ENTRIES + 1, again.size());
        }
        return isIntact;
    }

    private static boolean isMade(final RecordChain records) {
        try {
            records.prepareNext();
            return true;
        } catch (final UncheckedIOException e) {
            assertThrows(IOException.class, () -> {
                throw e.getCause();
            });
            return false;
        } catch (final OutOfMemoryError e) {
            return false;
        }
    }

    private static void fill(final RecordChain records, final int count) {
        for (int i = 0; i < count; i++) {
            records.append();
        }
    }

    /** An interrupt would close the file of the map, and the disk would count as full. */
    @Test
    void shouldMakeAMapOnAThreadThatIsInterrupted() {
        try (RecordChain records =
                RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, FIRST_ENTRIES)) {
            Thread.currentThread().interrupt();
            fill(records, 2 * FIRST_ENTRIES);
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            assertEquals(2 * FIRST_ENTRIES, records.size());
        } finally {
            Thread.interrupted();
        }
    }

    /** Chronicle checks the space before it locks the file, and forces its data before it continues. */
    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(strings = {"fallocate", "msync"})
    void shouldMakeAMapIfItsThreadIsInterruptedWhileChronicleMakesIt(final String call) {
        final PosixAPI before = PosixAPIHolder.POSIX_API;
        try (RecordChain records =
                RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, FIRST_ENTRIES)) {
            fill(records, FIRST_ENTRIES);
            final AtomicInteger count = new AtomicInteger();
            runBefore(call, () -> {
                if (count.getAndIncrement() == 0) {
                    Thread.currentThread().interrupt();
                }
            });
            fill(records, FIRST_ENTRIES);
            assertEquals(2, count.get());
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            assertEquals(2 * FIRST_ENTRIES, records.size());
        } finally {
            PosixAPIHolder.POSIX_API = before;
            Thread.interrupted();
        }
        try (RecordChain again =
                RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, FIRST_ENTRIES)) {
            assertEquals(2 * FIRST_ENTRIES, again.size());
        }
    }

    /** Chronicle would create the file with only the umask as a restriction, if even for a moment. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldLetNoOtherAccountReadAMapWhileChronicleMakesIt() {
        final PosixAPI before = PosixAPIHolder.POSIX_API;
        try (RecordChain records =
                RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, FIRST_ENTRIES)) {
            final List<String> permissions = new ArrayList<>();
            runBefore(
                    "fallocate",
                    () -> permissions.add(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("records-1.map.new")))));
            records.prepareNext();
            assertEquals(List.of("rw-------"), permissions);
        } finally {
            PosixAPIHolder.POSIX_API = before;
        }
    }

    /** The file system has no locks, or has none left. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayThatAFileCannotBeOpenedIfItsLockIsRefused() throws IOException {
        final PosixAPI before = PosixAPIHolder.POSIX_API;
        try (RecordChain records =
                RecordChain.persisted(new SystemFileAccess(), directory, "records", LENGTH, FIRST_ENTRIES)) {
            final Path file = directory.resolve("records-1.map.new");
            final List<FileChannel> others = new ArrayList<>();
            runBefore("fallocate", () -> {
                others.add(FileChannel.open(file, StandardOpenOption.WRITE));
                others.get(0).lock();
            });
            final UncheckedIOException refusal = assertThrows(UncheckedIOException.class, records::prepareNext);
            assertEquals(
                    "file=" + file + ": cannot be opened as a map; check the disk and its free space",
                    refusal.getMessage());
            others.get(0).close();
        } finally {
            PosixAPIHolder.POSIX_API = before;
        }
    }

    /** Runs an action before each such call of Chronicle to the operating system. */
    private static void runBefore(final String call, final Executable action) {
        final PosixAPI installed = PosixAPIHolder.POSIX_API;
        PosixAPIHolder.POSIX_API = (PosixAPI) Proxy.newProxyInstance(
                PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(call)) {
                        action.execute();
                    }
                    return method.invoke(installed, arguments);
                });
    }

    private static Set<String> names(final Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** Refuses one or two calls before or after their effect, as a disk may that fails during a wait. */
    private static final class RefusingFiles extends HookedFiles {
        private final boolean isDoneAllTheSame;
        private final boolean isForWantOfMemory;
        private int left = Integer.MAX_VALUE;
        private int second = Integer.MAX_VALUE;
        private int refusals;

        RefusingFiles(final boolean isDoneAllTheSame, final boolean isForWantOfMemory) {
            this.isDoneAllTheSame = isDoneAllTheSame;
            this.isForWantOfMemory = isForWantOfMemory;
        }

        @Override
        public void before(final Call call, final Path file) throws IOException {
            if (!isDoneAllTheSame) {
                count(call, file);
            }
        }

        @Override
        public void after(final Call call, final Path file, final Path target) throws IOException {
            if (isDoneAllTheSame) {
                count(call, file);
            }
        }

        private void count(final Call call, final Path file) throws IOException {
            if (left-- == 0) {
                left = second;
                second = Integer.MAX_VALUE;
                refusals++;
                if (isForWantOfMemory) {
                    throw new OutOfMemoryError("Cannot reserve 131072 bytes of direct buffer memory");
                }
                throw new IOException("Input/output error: " + call + ' ' + file.getFileName());
            }
        }
    }
}
