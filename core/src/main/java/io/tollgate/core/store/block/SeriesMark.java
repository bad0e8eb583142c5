package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.SeriesRecordDescriptor.BEGIN_SEQUENCE_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.END_SEQUENCE_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.VERSION_OFFSET;

import org.agrona.UnsafeApi;

/**
 * The mark of a series that a batch changes. The version of the series is odd from before the first change of the batch
 * until after the last, so that no reader accepts an intermediate state. {@link SeriesRecord#beginChange(long)} leaves
 * an odd version as it is. Writer only.
 */
public final class SeriesMark {
    private SeriesMark() {}

    /**
     * Sets the mark, with release semantics.
     *
     * @param address of the record.
     * @return false if the mark is already set.
     */
    public static boolean set(final long address) {
        final long version = UnsafeApi.getLong(address + VERSION_OFFSET);
        if ((version & 1) != 0) {
            return false;
        }
        UnsafeApi.putLongRelease(null, address + VERSION_OFFSET, version | 1);
        return true;
    }

    /**
     * Clears the mark, with release semantics, so that the changes of the batch become readable.
     *
     * @param address of the record.
     */
    public static void clear(final long address) {
        UnsafeApi.putLong(address + END_SEQUENCE_OFFSET, UnsafeApi.getLong(address + BEGIN_SEQUENCE_OFFSET));
        UnsafeApi.putLongRelease(null, address + VERSION_OFFSET, UnsafeApi.getLong(address + VERSION_OFFSET) + 1);
    }
}
