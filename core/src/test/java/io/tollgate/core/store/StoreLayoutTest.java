package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.number.RunSummary;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.PointBlock;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.StoreHeader;
import io.tollgate.core.store.memory.MappedArea;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.store.tree.PointTree;
import io.tollgate.core.store.tree.SeriesClosing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the diagrams of records and blocks: each field is read back at the literal offset of its diagram. */
class StoreLayoutTest {
    private static final byte FLOW = 1;
    private static final byte STEP = 0;
    private static final long NONE = Long.MIN_VALUE;

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1 << 10, LangUtil::rethrowUnchecked);

    private final PointTree tree = new PointTree(store.blocks());
    private final SeriesRecord series = new SeriesRecord();
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);

    @Test
    void shouldLayOutASeriesRecordAsDrawn() {
        final long windowSet = define(FLOW, 777L);
        series.beginChange(41);
        series.lastKnowledgeTime(5_000);
        for (int i = 0; i < 3; i++) {
            tree.put(series, 1_000 + i, 10 * i, 5_000, 70 + i, 41);
        }
        tree.put(series, 1_002, 99, 5_000, 72, 41);
        series.stateBlock(0x1234);
        series.registrationCount(0x56789);
        assertRecordInChange(windowSet);
        series.endChange(41);
        assertEquals(2, bytes.getLong(0), "version, even again");
        assertEquals(41, bytes.getLong(16), "end sequence");
    }

    private void assertRecordInChange(final long windowSet) {
        bytes.wrap(store.recordAddress(0), 192);
        assertEquals(1, bytes.getLong(0), "version, odd");
        assertEquals(41, bytes.getLong(8), "begin sequence");
        assertEquals(0, bytes.getLong(16), "end sequence");
        assertEquals(3, bytes.getLong(24), "count of points");
        assertEquals(1_002, bytes.getLong(32), "last valid time");
        assertEquals(72, bytes.getLong(40), "last reference");
        assertEquals(1 << 3 | BlockDescriptor.TINY, bytes.getLong(48), "root block");
        assertEquals(1 << 3 | BlockDescriptor.TINY, bytes.getLong(56), "tail block");
        assertEquals(1_000, bytes.getLong(64), "first valid time");
        assertEquals(5_000, bytes.getLong(72), "last knowledge time");
        assertEquals(0x1234, bytes.getLong(80), "block of the window states");
        assertEquals(0, bytes.getLong(88), "period code");
        assertEquals(777, bytes.getLong(96), "start of life");
        assertEquals("layout".hashCode(), bytes.getInt(104), "hash of the key");
        assertEquals(1, bytes.getLong(184), "count of versions in the history");
        assertEquals(0, bytes.getLong(112), "series number");
        assertEquals(FLOW, bytes.getByte(120), "kind");
        assertEquals(6, bytes.getByte(121), "scale");
        assertEquals(0, bytes.getByte(124), "tree height");
        assertEquals(0b111, bytes.getByte(125), "moments");
        assertEquals(1, bytes.getByte(127), "layout version");
        assertEquals(series.historyBlock(), bytes.getLong(128), "history block");
        assertEquals(windowSet, bytes.getLong(144), "block of the window set");
        assertEquals("TONNE", bytes.getStringWithoutLengthAscii(160, 5), "unit");
        assertEquals(0, bytes.getByte(165), "padding of the unit");
        assertEquals(0x56789, bytes.getLong(176), "count of registrations");
        series.keepShapes();
        assertEquals(0b11_1111, bytes.getByte(125), "moments with shapes");
    }

    @Test
    void shouldLayOutPointsInHalvesAsDrawn() {
        define(STEP, NONE);
        for (int i = 0; i < 109; i++) {
            tree.put(series, 1_000 + i, 10 * i, 5_000 + i, 70 + i, 1);
        }
        final PointBlock tail = new PointBlock(store.blocks());
        assertTrue(tail.wrap(series.tailBlock()));
        bytes.wrap(store.blocks().address(tail.previous()), 1_088);
        assertEquals(1, bytes.getByte(0), "type");
        assertEquals(1, bytes.getByte(1), "version");
        assertEquals(32, bytes.getInt(4), "count");
        assertEquals(tail.previous(), bytes.getLong(8), "block number");
        assertEquals(0, bytes.getLong(16), "series number");
        assertEquals(BlockDescriptor.blockNumber(0, BlockDescriptor.DOUBLE), bytes.getLong(24), "previous");
        assertEquals(series.tailBlock(), bytes.getLong(32), "next");
        for (int i = 0; i < 32; i++) {
            assertEquals(1_076 + i, bytes.getLong(64 + 16 * i), "valid time " + i);
            assertEquals(760 + 10 * i, bytes.getLong(72 + 16 * i), "value " + i);
            assertEquals(5_076 + i, bytes.getLong(576 + 16 * i), "knowledge time " + i);
            assertEquals(146 + i, bytes.getLong(584 + 16 * i), "reference " + i);
        }
    }

    @Test
    void shouldLayOutTheFirstBlockInHalvesOfEight() {
        define(STEP, NONE);
        for (int i = 0; i < 8; i++) {
            tree.put(series, 1_000 + i, 10 * i, 5_000 + i, 70 + i, 1);
        }
        bytes.wrap(store.blocks().address(series.rootBlock()), 320);
        assertEquals(8, bytes.getInt(4), "count");
        assertEquals(1_007, bytes.getLong(64 + 112), "last valid time");
        assertEquals(70, bytes.getLong(72 + 112), "last value");
        assertEquals(5_007, bytes.getLong(192 + 112), "last knowledge time");
        assertEquals(77, bytes.getLong(200 + 112), "last reference");
    }

    /** A MEDIUM root over three blocks, a DOUBLE one over four, and a LARGE one over ten. */
    @ParameterizedTest
    @CsvSource({"109, 3, 3", "141, 4, 8", "333, 10, 16"})
    void shouldLayOutANodeAsDrawn(final int points, final int children, final int slots) {
        define(STEP, NONE);
        for (int i = 0; i < points; i++) {
            tree.put(series, 1_000 + i, 10 * i, 5_000 + i, 70 + i, 1);
        }
        final int last = children - 1;
        bytes.wrap(store.blocks().address(series.rootBlock()), 64 + slots * 304);
        assertEquals(2, bytes.getByte(0), "type");
        assertEquals(children, bytes.getInt(4), "count");
        assertEquals(1, bytes.getLong(48), "level");
        for (int slot = 1; slot < children; slot++) {
            final int first = 44 + 32 * slot;
            assertEquals(1_000 + first, bytes.getLong(64 + 8 * slot), "first valid time of child " + slot);
            assertEquals(70 + first, bytes.getLong(64 + 8 * (slots + slot)), "first reference of child " + slot);
        }
        assertEquals(1_000, bytes.getLong(64), "first valid time of the first child");
        assertEquals(series.tailBlock(), bytes.getLong(64 + 8 * (2 * slots + last)), "last child");
        assertEquals(5_076, bytes.getLong(64 + 8 * (3 * slots + 1)), "known from of the second child");
        assertEquals(Long.MIN_VALUE, bytes.getLong(64 + 8 * (3 * slots + last)), "known from of the last child");
        assertEquals(
                5_108, bytes.getLong(64 + 8 * (4 * slots + 1)), "changed at of the second child: when it was complete");
        assertEquals(Long.MAX_VALUE, bytes.getLong(64 + 8 * (4 * slots + last)), "changed at of the last child");
        final RunSummary second = new RunSummary()
                .load(NativeMemory.over(bytes.addressOffset(), bytes.capacity()), 64 + 8 * 5 * slots + 264, true);
        assertEquals(32, second.count(), "count of the second child");
        assertEquals(1_076, second.firstTime(), "first time of the second child");
        assertEquals(1_070, second.max(), "max of the second child");
    }

    @Test
    void shouldLayOutTheHistoryAsDrawn() {
        define(STEP, NONE);
        tree.put(series, 1_000, 1, 5_000, 70, 1);
        for (int i = 2; i < 54; i++) {
            tree.put(series, 1_000, i, 5_000 + i, 70 + i, 100 + i);
        }
        bytes.wrap(store.blocks().address(series.historyBlock()), 320);
        assertEquals(52, series.historyCount(), "versions in all");
        assertEquals(3, bytes.getByte(0), "type");
        assertEquals(52, bytes.getLong(64 + 24), "versions in the tree");
        assertEquals(1, bytes.getByte(64 + 126), "flags");
        assertEquals(1, bytes.getByte(64 + 124), "height of the tree");
        assertEquals(Long.MIN_VALUE, bytes.getLong(64 + 96), "no horizon");
        final long root = bytes.getLong(64 + 48);
        final long tail = bytes.getLong(64 + 56);
        bytes.wrap(store.blocks().address(root), 1_088);
        assertEquals(5_000, bytes.getLong(136), "known from of the first child");
        assertEquals(5_051, bytes.getLong(160), "last end below the first child");
        assertEquals(0, bytes.getLong(184), "no summary");
        bytes.wrap(store.blocks().address(bytes.getLong(112)), 2_496);
        assertEquals(7, bytes.getByte(0), "type of a block of versions");
        assertEquals(50, bytes.getInt(4), "count of a full block");
        assertEquals(1_000, bytes.getLong(64 + 16), "valid time");
        assertEquals(2, bytes.getLong(72 + 16), "value");
        assertEquals(5_002, bytes.getLong(864 + 16), "knowledge time");
        assertEquals(72, bytes.getLong(872 + 16), "reference");
        assertEquals(5_003, bytes.getLong(1_664 + 16), "end of knowledge");
        assertEquals(2 * 103, bytes.getLong(1_672 + 16), "end sequence of a version that was superseded");
        tree.remove(series, 1_000, 5_054, 0, 154);
        bytes.wrap(store.blocks().address(tail), 1_088);
        assertEquals(3, bytes.getInt(4), "count with the one that was withdrawn");
        assertEquals(53, bytes.getLong(72 + 32), "value of it");
        assertEquals(5_054, bytes.getLong(736 + 32), "its end of knowledge");
        assertEquals(2 * 154 + 1, bytes.getLong(744 + 32), "its end sequence, withdrawn");
        tree.forget(series, 5_049);
        bytes.wrap(store.blocks().address(series.historyBlock()), 320);
        assertEquals(5_049, bytes.getLong(64 + 96), "horizon");
        assertEquals(5, bytes.getLong(64 + 24), "versions that are left");
        assertEquals(0, bytes.getByte(64 + 124), "height of the tree that is left");
    }

    @Test
    void shouldLayOutAClosedSeriesAndItsLinksAsDrawn() {
        define(FLOW, 777L);
        final SeriesClosing closing = new SeriesClosing(store.blocks());
        closing.close(series, -5, 6_000);
        bytes.wrap(store.recordAddress(0), 192);
        assertEquals(2, bytes.getByte(126), "flags");
        assertEquals(-5, bytes.getLong(152), "end of life");
        final long history = series.historyBlock();
        bytes.wrap(store.blocks().address(history), 320);
        assertEquals(1, bytes.getByte(64 + 126), "flags of the history");
        assertEquals(6_000, bytes.getLong(200), "when the end became known");
        assertEquals(0, bytes.getLong(224), "no successor");
        assertEquals(0, bytes.getLong(232), "no predecessor");
        assertEquals(0, bytes.getLong(240), "no later naming");
        closing.successor(series, 0, 6_700);
        closing.predecessor(series, 41);
        assertEquals(1, bytes.getLong(224), "successor");
        assertEquals(700, bytes.getLong(240), "by how much later than the end it became known");
        assertEquals(42, bytes.getLong(232), "predecessor");
        assertEquals(Long.MIN_VALUE, bytes.getLong(160), "no horizon");
        assertEquals(history, series.historyBlock());
    }

    @Test
    void shouldLayOutAWindowSetAsDrawn() {
        final long set = define(STEP, NONE);
        bytes.wrap(store.blocks().address(set), 1_088);
        assertEquals(4, bytes.getByte(0), "type");
        assertEquals(2, bytes.getInt(4), "count");
        assertEquals(1, bytes.getByte(64 + 24), "type of the window");
        assertEquals(1, bytes.getByte(65 + 24), "closed");
        assertEquals(0b111, bytes.getShort(66 + 24), "moments");
        assertEquals(60, bytes.getLong(72), "length of the first window");
        assertEquals(3_600, bytes.getLong(72 + 24), "length of the second window");
        assertEquals(0, bytes.getLong(80 + 24), "anchor");
    }

    @Test
    void shouldLayOutAWindowOfAnotherKindAsDrawn() {
        define(STEP, NONE);
        store.addWindows(series, List.of(new Window.Sliding(7, Closed.LEFT), Window.since(-5)));
        bytes.wrap(store.blocks().address(series.windowSetBlock()), 1_088);
        assertEquals(4, bytes.getInt(4), "count");
        assertEquals(2, bytes.getByte(65 + 48), "closed");
        assertEquals(0, bytes.getShort(66 + 48), "moments of a window without a state");
        assertEquals(3, bytes.getByte(64 + 72), "type of the window");
        assertEquals(-5, bytes.getLong(80 + 72), "anchor");
    }

    @Test
    void shouldLayOutARegistrationAsDrawn() {
        store.registrations().add("older.*", new Registered(List.of(), true));
        store.registrations().add("\u5173.*", new Registered(List.of(Window.slidingNs(60)), false));
        store.registrations().add("\u5173.*", new Registered(List.of(Window.last(3)), true));
        final long newest = BlockDescriptor.blockNumber(1, BlockDescriptor.SMALL);
        bytes.wrap(store.blocks().address(newest), 320);
        assertEquals(6, bytes.getByte(0), "type");
        assertEquals(BlockDescriptor.blockNumber(0, BlockDescriptor.SMALL), bytes.getLong(24), "previous");
        assertEquals(0b11_1111, bytes.getShort(72), "moments");
        assertEquals(5, bytes.getShort(74), "length of the pattern");
        assertEquals(0, bytes.getInt(76), "reserved");
        final byte[] pattern = new byte[5];
        bytes.getBytes(80, pattern);
        assertEquals("\u5173.*", new String(pattern, StandardCharsets.UTF_8), "pattern");
        final long windowSet = bytes.getLong(64);
        bytes.wrap(store.blocks().address(windowSet), 1_088);
        assertEquals(2, bytes.getInt(4), "count of windows");
        assertEquals(3, store.registrations().count());
        assertEquals(2, store.registrations().patternCount());
    }

    @Test
    void shouldGiveBlocksNumbersThatTellTheirSize() {
        assertEquals(192, BlockDescriptor.length(BlockDescriptor.TINY));
        assertEquals(320, BlockDescriptor.length(BlockDescriptor.SMALL));
        assertEquals(576, BlockDescriptor.length(BlockDescriptor.HALF));
        assertEquals(1_088, BlockDescriptor.length(BlockDescriptor.MEDIUM));
        assertEquals(2_496, BlockDescriptor.length(BlockDescriptor.DOUBLE));
        assertEquals(4_928, BlockDescriptor.length(BlockDescriptor.LARGE));
        assertEquals(8 * 8 + 5, BlockDescriptor.blockNumber(7, BlockDescriptor.LARGE));
        assertEquals(7, BlockDescriptor.index(69));
        assertEquals(BlockDescriptor.LARGE, BlockDescriptor.sizeClass(69));
        for (final long garbage : new long[] {0, 1, 3, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40}) {
            assertEquals(0, store.blocks().address(garbage), "block " + garbage);
        }
    }

    @Test
    void shouldLayOutTheStoreHeaderAsDrawn() {
        final MappedArea area = MappedArea.anonymous(StoreHeader.LENGTH);
        final StoreHeader header = new StoreHeader(area);
        header.freeBlock(BlockDescriptor.LARGE, 34);
        header.freeCount(BlockDescriptor.MEDIUM, 8);
        header.windowSet(5);
        header.registration(6);
        header.registrationCount(7);
        header.closedAt(1_234, 3, 56);
        assertEquals(8, area.buffer().getLong(168), "count of free MEDIUM blocks");
        final UnsafeBuffer buffer = area.buffer();
        assertEquals("TOLLSTOR", text(buffer, 0), "magic");
        assertEquals(1, buffer.getInt(8), "version");
        assertEquals(0, buffer.getLong(12), "reserved");
        assertEquals(192, buffer.getInt(20), "record length");
        assertEquals(192, buffer.getInt(24), "TINY");
        assertEquals(320, buffer.getInt(28), "SMALL");
        assertEquals(576, buffer.getInt(32), "HALF");
        assertEquals(1_088, buffer.getInt(36), "MEDIUM");
        assertEquals(2_496, buffer.getInt(40), "DOUBLE");
        assertEquals(4_928, buffer.getInt(44), "LARGE");
        assertEquals(3, buffer.getInt(52), "clock mode");
        assertEquals(34, buffer.getLong(96), "first free LARGE block");
        assertEquals(5, buffer.getLong(104), "newest window set");
        assertEquals(6, buffer.getLong(128), "newest registration by pattern");
        assertEquals(7, buffer.getLong(136), "count of registrations by pattern");
        assertEquals(1_234, buffer.getLong(112), "now");
        assertEquals(56, buffer.getLong(120), "applied sequence");
        area.close();
    }

    private static String text(final UnsafeBuffer buffer, final int offset) {
        final byte[] text = new byte[8];
        buffer.getBytes(offset, text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private long define(final byte kind, final long lifeStart) {
        store.addSeries("layout", kind, 6, "TONNE", lifeStart);
        series.wrap(store.recordAddress(0));
        store.addWindows(series, List.of(Window.slidingNs(60)));
        store.addWindows(series, List.of(Window.slidingNs(3_600)));
        return series.windowSetBlock();
    }
}
