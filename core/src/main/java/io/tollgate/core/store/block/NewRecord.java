package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.SeriesRecordDescriptor.FIRST_TIME_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.KEY_HASH_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.KIND_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LAST_KNOWLEDGE_TIME_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LAST_REFERENCE_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LAST_TIME_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LAYOUT_VERSION;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LAYOUT_VERSION_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LIFE_START_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.MOMENTS_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.MOMENTS_TO_SECOND;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.SCALE_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.SERIES_NUMBER_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.UNIT_NAME_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.WINDOW_SET_BLOCK_OFFSET;

import io.tollgate.core.memory.NativeBuffer;
import java.nio.charset.StandardCharsets;

/** The first state of the record of a new, empty series. Writer only. */
public final class NewRecord {
    private NewRecord() {}

    /**
     * Initialises a zeroed record for a new, empty series.
     *
     * @param buffer       the record.
     * @param seriesNumber number of the series.
     * @param key          of the series.
     * @param kind         code of its kind.
     * @param scale        number of decimal digits.
     * @param unitName     name of its unit, at most 16 ASCII characters.
     * @param lifeStart    start of its life, {@code Long.MIN_VALUE} for none.
     */
    public static void initialise(
            final NativeBuffer buffer,
            final long seriesNumber,
            final String key,
            final byte kind,
            final int scale,
            final String unitName,
            final long lifeStart) {
        buffer.putLong(LAST_TIME_OFFSET, Long.MIN_VALUE);
        buffer.putLong(LAST_REFERENCE_OFFSET, Long.MIN_VALUE);
        buffer.putLong(FIRST_TIME_OFFSET, Long.MAX_VALUE);
        buffer.putLong(LAST_KNOWLEDGE_TIME_OFFSET, Long.MIN_VALUE);
        buffer.putLong(WINDOW_SET_BLOCK_OFFSET, BlockDescriptor.NO_BLOCK);
        buffer.putInt(KEY_HASH_OFFSET, key.hashCode());
        buffer.putLong(SERIES_NUMBER_OFFSET, seriesNumber);
        buffer.putByte(KIND_OFFSET, kind);
        buffer.putByte(SCALE_OFFSET, (byte) scale);
        buffer.putByte(MOMENTS_OFFSET, (byte) MOMENTS_TO_SECOND);
        buffer.putByte(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
        buffer.putLong(LIFE_START_OFFSET, lifeStart);
        buffer.putBytes(UNIT_NAME_OFFSET, unitName.getBytes(StandardCharsets.US_ASCII));
    }
}
