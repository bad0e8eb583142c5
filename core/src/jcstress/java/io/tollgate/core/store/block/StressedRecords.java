package io.tollgate.core.store.block;

import io.tollgate.core.store.memory.AreaTable;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A circular area of records, far more than are in use at a time. Any thread may take one. */
public final class StressedRecords {
    private static final int COUNT = 1 << 17;
    private static final ByteBuffer MEMORY =
            BufferUtil.allocateDirectAligned(COUNT * SeriesRecordDescriptor.LENGTH, AreaTable.ALIGNMENT);
    private static final UnsafeBuffer BUFFER = new UnsafeBuffer(MEMORY);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private StressedRecords() {}

    /** Returns the address of a zeroed record. */
    public static long next() {
        final int offset = (NEXT.getAndIncrement() & COUNT - 1) * SeriesRecordDescriptor.LENGTH;
        BUFFER.setMemory(offset, SeriesRecordDescriptor.LENGTH, (byte) 0);
        return BUFFER.addressOffset() + offset;
    }
}
