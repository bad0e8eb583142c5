package io.tollgate.core.store.chronicle;

import java.lang.reflect.Field;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.values.ValueModel;

/**
 * The state that a Chronicle Map keeps after its header. Without this class Chronicle generates and compiles an
 * equivalent class for the first map. This takes a second and needs access to the compiler's internals.
 * <pre>
 *  byte 0          3                8                13          17                25
 *  +---------------+----------------+----------------+-----------+-----------------+
 *  | extra bulks   | first free tier| extra tiers    | segment   | length of       |
 *  | allocated (3) | (5)            | in use (5)     | headers (4)| the store (8)  |
 *  +---------------+----------------+----------------+-----------+-----------------+
 * </pre>
 *
 * <p>The layout is the same as in the class that Chronicle generates, so the files are identical. Chronicle guards the
 * state with its own lock. This class is public only because Chronicle creates the instances.
 */
public final class MapState extends FixedBytes implements VanillaGlobalMutableState {
    private static final int EXTRA_BULKS_OFFSET = 0;
    private static final int FIRST_FREE_TIER_OFFSET = 3;
    private static final int EXTRA_TIERS_OFFSET = 8;
    private static final int SEGMENT_HEADERS_OFFSET = 13;
    private static final int STORE_LENGTH_OFFSET = 17;
    private static final int LENGTH = 25;
    private static final long MASK_24 = (1L << 24) - 1;
    private static final long MASK_32 = (1L << 32) - 1;
    private static final long MASK_40 = (1L << 40) - 1;

    /** Creates a state without an address. */
    public MapState() {
        super(LENGTH);
    }

    /**
     * Makes Chronicle use this class. Must be called before Chronicle creates a map. Repeated calls are harmless.
     *
     * @throws IllegalStateException if this is another version of Chronicle
     */
    public static void install() {
        try {
            nativeClass().set(ValueModel.acquire(VanillaGlobalMutableState.class), MapState.class);
        } catch (final IllegalAccessException e) {
            throw ChronicleVersion.refusal(ValueModel.class, "a field that cannot be set", e);
        }
    }

    /**
     * Checks that {@link #install()} can work, without loading its classes.
     *
     * @throws IllegalStateException if this is another version of Chronicle
     */
    static void requireSupportedVersion() {
        nativeClass();
    }

    private static Field nativeClass() {
        return ChronicleVersion.field(ValueModel.class, "nativeClass", Class.class);
    }

    @Override
    public int getAllocatedExtraTierBulks() {
        return (int) (bytesStore().readInt(offset() + EXTRA_BULKS_OFFSET) & MASK_24);
    }

    @Override
    public void setAllocatedExtraTierBulks(final int count) {
        final int others = (int) (bytesStore().readInt(offset() + EXTRA_BULKS_OFFSET) & ~MASK_24);
        bytesStore().writeInt(offset() + EXTRA_BULKS_OFFSET, others | (int) checked("extraTierBulks", count, MASK_24));
    }

    @Override
    public long getFirstFreeTierIndex() {
        return bytesStore().readLong(offset() + FIRST_FREE_TIER_OFFSET) & MASK_40;
    }

    @Override
    public void setFirstFreeTierIndex(final long index) {
        write40("firstFreeTierIndex", FIRST_FREE_TIER_OFFSET, index);
    }

    @Override
    public long getExtraTiersInUse() {
        return bytesStore().readLong(offset() + EXTRA_TIERS_OFFSET) & MASK_40;
    }

    @Override
    public void setExtraTiersInUse(final long count) {
        write40("extraTiersInUse", EXTRA_TIERS_OFFSET, count);
    }

    @Override
    public long getSegmentHeadersOffset() {
        return bytesStore().readInt(offset() + SEGMENT_HEADERS_OFFSET) & MASK_32;
    }

    @Override
    public void setSegmentHeadersOffset(final long headersOffset) {
        bytesStore().writeInt(offset() + SEGMENT_HEADERS_OFFSET, (int)
                checked("segmentHeadersOffset", headersOffset, MASK_32));
    }

    @Override
    public long getDataStoreSize() {
        return bytesStore().readLong(offset() + STORE_LENGTH_OFFSET);
    }

    @Override
    public void setDataStoreSize(final long length) {
        bytesStore().writeLong(offset() + STORE_LENGTH_OFFSET, checked("dataStoreSize", length, Long.MAX_VALUE));
    }

    @Override
    public long addDataStoreSize(final long addition) {
        final long sum = getDataStoreSize() + addition;
        setDataStoreSize(sum);
        return sum;
    }

    private void write40(final String name, final int fieldOffset, final long value) {
        final long others = bytesStore().readLong(offset() + fieldOffset) & ~MASK_40;
        bytesStore().writeLong(offset() + fieldOffset, others | checked(name, value, MASK_40));
    }

    private static long checked(final String name, final long value, final long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + '=' + value + ", expected 0.." + max);
        }
        return value;
    }
}
