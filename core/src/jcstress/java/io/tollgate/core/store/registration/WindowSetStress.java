package io.tollgate.core.store.registration;

import static io.tollgate.core.store.block.BlockDescriptor.MEDIUM;
import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.SIZE_CLASS_COUNT;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_WINDOW_SET;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.BlockDescriptor;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.StressedRecords;
import io.tollgate.core.store.memory.AreaTable;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * A series registers its first window while another thread lists its windows without checking the version word. A
 * reader that sees the set sees all of it.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the window is registered")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after it")
@Outcome(expect = FORBIDDEN, desc = "a set that is not all there")
@State
public class WindowSetStress {
    private static final long BLOCK = BlockDescriptor.blockNumber(0, MEDIUM);
    private static final Window WINDOW = Window.last(7);

    /** The block uses no more bytes than a record has. */
    private final long blockAddress = StressedRecords.next();

    private final long address = StressedRecords.next();
    private final SeriesRecord written = new SeriesRecord().wrap(address);
    private final SeriesRecord read = new SeriesRecord().wrap(address);
    private final AreaTable areas = new AreaTable(BlockDescriptor.MEDIUM_LENGTH, 1);
    private final ReadableBlocks blocks;

    /** Called by jcstress. */
    public WindowSetStress() {
        areas.cover(1);
        final AreaTable[] tables = new AreaTable[SIZE_CLASS_COUNT];
        Arrays.fill(tables, areas);
        blocks = new ReadableBlocks(tables);
    }

    /** The writer adds a block, makes it a set of one window, and gives the set to the series. */
    @Actor
    public void write() {
        areas.addFirst(0, blockAddress);
        new UnsafeBuffer(blockAddress, Long.BYTES).putByte(TYPE_OFFSET, TYPE_WINDOW_SET);
        final WindowSetBlock set = new WindowSetBlock(blocks);
        set.wrap(BLOCK);
        set.add(WINDOW);
        written.windowSetBlock(BLOCK);
    }

    /**
     * Lists the windows of the series.
     *
     * @param result 1 if there is a set, and how many of its windows are the registered one.
     */
    @Actor
    public void read(final JJ_Result result) {
        final long block = read.windowSetBlock();
        result.r1 = block == NO_BLOCK ? 0 : 1;
        result.r2 = WindowSets.windowsOf(blocks, block).stream()
                .filter(WINDOW::equals)
                .count();
    }
}
