package io.tollgate.core.store;

import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM_LENGTH;
import static io.tollgate.core.store.block.BlockDescriptor.PREVIOUS_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL_LENGTH;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_POINTS;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Window;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.StoreHeader;
import io.tollgate.core.store.chain.NumberTableDescriptor;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.store.registration.RegistrationDescriptor;
import io.tollgate.core.store.registration.WindowSetDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An opening reads windows, patterns and free blocks of a store, and a view reads blocks of points. All of them may be
 * forged.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgedBlockTest {
    @TempDir
    private Path directory;

    /** Changes the first block of a size class. A registration is in a small one, its windows are in a medium one. */
    private interface Forgery {
        void apply(UnsafeBuffer block, long number);
    }

    private SeriesStore open() {
        return SeriesStore.persisted(new SystemFileAccess(), directory, 1_024, LangUtil::rethrowUnchecked);
    }

    private void requireRefused(final int sizeClass, final String place, final Forgery forgery) {
        try (SeriesStore store = open()) {
            store.registrations().add("level.*", new Registered(List.of(Window.last(3)), false));
            final BlockStore blocks = store.blocks();
            final long number = BlockDescriptor.blockNumber(0, sizeClass);
            forgery.apply(
                    new UnsafeBuffer(blocks.address(number), sizeClass == SMALL ? SMALL_LENGTH : MEDIUM_LENGTH),
                    number);
        }
        Refusals.require(IllegalStateException.class, () -> open().close(), place);
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, MEDIUM})
    void shouldBeRefusedIfRepeated(final int sizeClass) {
        requireRefused(
                sizeClass,
                sizeClass == SMALL ? "registrationBlock=" : "windowSetBlock=",
                (block, number) -> block.putLong(PREVIOUS_OFFSET, number));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Short.MAX_VALUE})
    void shouldBeRefusedIfItsPatternHasNoSuchLength(final int length) {
        requireRefused(
                SMALL,
                "registrationBlock=",
                (block, number) -> block.putShort(RegistrationDescriptor.PATTERN_LENGTH_OFFSET, (short) length));
    }

    /** With a wrong count the store would allocate for ever, or find no free block. */
    @ParameterizedTest
    @CsvSource({"0, -1", "1, -1", "2, -1", "0, -72057594037927936", "1, 3", "2, 9223372036854775807"})
    void shouldBeRefusedIfTheFreeCountIsImpossible(final int sizeClass, final long freeCount) throws IOException {
        try (SeriesStore store = open()) {
            store.blocks().allocate(sizeClass, TYPE_POINTS, 0);
            store.blocks().free(store.blocks().allocate(sizeClass, TYPE_POINTS, 0));
        }
        writeLong("header", StoreHeader.FREE_COUNTS_OFFSET + sizeClass * Long.BYTES, freeCount);
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> open().close());
        assertTrue(refusal.getMessage().startsWith("freeCount=" + freeCount + " "), refusal::getMessage);
    }

    private void writeLong(final String file, final long position, final long value) throws IOException {
        final ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(directory.resolve(file), StandardOpenOption.WRITE)) {
            channel.write(word.putLong(0, value), position);
        }
    }

    /** With more names than series, both would number the next series differently. */
    @Test
    void shouldBeRefusedIfThereAreMoreNamesThanSeries() throws IOException {
        open().close();
        writeLong("names-0.numbers", NumberTableDescriptor.COUNT_OFFSET, 5);
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> open().close());
        assertTrue(refusal.getMessage().startsWith("nameCount=5 seriesCount=0"), refusal::getMessage);
    }

    @Test
    void shouldBeRefusedIfItsWindowIsNone() {
        requireRefused(
                MEDIUM, "windowType=77", (block, number) -> block.putByte(WindowSetDescriptor.TYPE_OFFSET, (byte) 77));
    }
}
