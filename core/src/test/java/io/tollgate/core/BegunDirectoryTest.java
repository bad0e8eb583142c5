package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.store.DirectoryHeader;
import io.tollgate.core.store.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A directory whose making was stopped, at any byte of its header, is no damage: nothing was acknowledged in it. One
 * that was in use, and of which no more is left than that, is.
 */
class BegunDirectoryTest {
    @TempDir
    private Path temporary;

    private Path data;
    private byte[] header;

    @BeforeEach
    void makeHeader() throws IOException {
        final Path made = Files.createDirectory(temporary.resolve("made"));
        DirectoryHeader.require(new SystemFileAccess(), made, 1);
        header = Files.readAllBytes(made.resolve(DirectoryHeader.FILE_NAME));
        data = Files.createDirectory(temporary.resolve("data"));
    }

    private EngineContext context() {
        return new EngineContext().directory(data).stepped(true);
    }

    private DirectoryCheck.State state() {
        return DirectoryCheck.of(data).state();
    }

    private void cutHeader(final int length) throws IOException {
        Files.write(data.resolve(DirectoryHeader.FILE_NAME), Arrays.copyOf(header, length));
    }

    private void lock() {
        DirectoryLock.acquire(data).close();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "10, true", "63, true", "0, false", "10, false", "63, false"})
    void shouldBeRecoveredWhereAHeaderIsCutShortAndThereIsNothingElseYet(final int length, final boolean hasLock)
            throws IOException {
        cutHeader(length);
        if (hasLock) {
            lock();
        }
        assertEquals(List.of(), DirectoryInspection.of(data).shards());
        assertEquals(List.of(), DirectoryCheck.of(data).damages());
        assertEquals(DirectoryCheck.State.NEEDS_RECOVERY, state());
        final RecoveryReport report = DirectoryRecovery.recover(context());
        assertFalse(report.isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, state());
        TollgateEngine.launch(context()).close();
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    @Test
    void shouldBeOpenedWhereAHeaderIsCutShortAndThereIsNothingElseYet() throws IOException {
        cutHeader(10);
        TollgateEngine.launch(context()).close();
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBeRecoveredWhereAHeaderHasNoNameYet(final boolean isWhole) throws IOException {
        Files.write(data.resolve(DirectoryHeader.FILE_NAME + ".new"), Arrays.copyOf(header, isWhole ? 64 : 30));
        assertEquals(List.of(), DirectoryInspection.of(data).shards());
        assertEquals(List.of(), DirectoryCheck.of(data).damages());
        assertFalse(DirectoryRecovery.recover(context()).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldBeRecoveredWhereTheStoreIsBegun(final int depth) throws IOException {
        cutHeader(header.length);
        if (depth > 0) {
            Files.createDirectories(data.resolve(depth > 1 ? "shard-0/log" : "shard-0"));
        }
        assertEquals(List.of(), DirectoryCheck.of(data).damages());
        assertFalse(DirectoryRecovery.recover(context()).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    /** Its making had ended: what there was lies elsewhere, or is gone. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void shouldBeDamagedWhereTheStoreWasThereBefore(final boolean isMounted, final boolean hasLock) throws IOException {
        fill();
        FileTree.delete(new SystemFileAccess(), data.resolve("shard-0"));
        Files.delete(data.resolve(EngineCounters.FILE_NAME));
        if (isMounted) {
            Files.createDirectories(data.resolve("shard-0/log"));
        }
        if (!hasLock) {
            Files.delete(data.resolve(DirectoryLock.FILE_NAME));
        }
        final DirectoryCheck check = DirectoryCheck.of(data);
        assertEquals(DirectoryCheck.State.DAMAGED, check.state());
        final String damage = check.damages().get(0).toString();
        assertTrue(
                damage.contains(isMounted ? "found a directory without anything of a shard" : "found no directory"),
                damage);
        assertTrue(DirectoryRecovery.recover(context()).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    /** There is a whole header before the store is made, and from then on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBeDamagedWhereAHeaderIsCutShortInADirectoryThatWasInUse(final boolean hasStore) throws IOException {
        fill();
        if (!hasStore) {
            FileTree.delete(new SystemFileAccess(), data.resolve("shard-0"));
        }
        cutHeader(10);
        assertEquals(DirectoryCheck.State.DAMAGED, state());
        assertThrows(
                IllegalStateException.class,
                () -> TollgateEngine.launch(context()).close());
        assertEquals(!hasStore, DirectoryRecovery.recover(context()).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, state());
    }

    @Test
    void shouldBeDamagedWhereAHeaderIsNotCutShortButWrong() throws IOException {
        header[20] ^= 2;
        cutHeader(header.length);
        lock();
        assertEquals(DirectoryCheck.State.DAMAGED, state());
    }

    @Test
    void shouldSayWhatIsNotThereOfADirectoryThatIsNone() throws IOException {
        Files.createDirectory(data.resolve("shard-0"));
        Files.createFile(data.resolve(EngineCounters.FILE_NAME));
        final String refusal =
                assertThrows(IllegalStateException.class, this::state).getMessage();
        assertTrue(
                refusal.endsWith(
                        ": found nothing of a shard, and neither tollgate.header nor engine.lock, expected a data"
                                + " directory"),
                refusal);
    }

    private void fill() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            engine.awaitApplied(engine.publisher().offer(events, 1, 1));
        }
    }
}
