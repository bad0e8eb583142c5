package io.tollgate.core.config;

import io.tollgate.core.file.FilePermissions;
import org.agrona.BitUtil;

/** What the options of an engine may be. */
public final class OptionBounds {
    /** The shortest ring, in bytes. */
    public static final int MIN_RING_LENGTH = 1 << 12;

    /** The fewest entries of a first map. */
    public static final int MIN_FIRST_MAP_ENTRIES = 1 << 7;

    private static final int MAX_RING_LENGTH = 1 << 30;
    private static final int MIN_LOG_SEGMENT_LENGTH = 1 << 16;
    private static final int MAX_LOG_SEGMENT_LENGTH = 1 << 30;
    private static final int MAX_FIRST_MAP_ENTRIES = 1 << 20;

    private OptionBounds() {}

    /**
     * Checks all of them, as {@link EngineOptions#conclude()} does.
     *
     * @param context  the options.
     * @param audience that the options ask for: an access of one's own has to be for it.
     */
    public static void require(final EngineOptions context, final FilePermissions audience) {
        requirePowerOfTwo("ringLength", context.ringLength(), MIN_RING_LENGTH, MAX_RING_LENGTH);
        requirePowerOfTwo(
                "logSegmentLength", context.logSegmentLength(), MIN_LOG_SEGMENT_LENGTH, MAX_LOG_SEGMENT_LENGTH);
        requirePowerOfTwo("firstMapEntries", context.firstMapEntries(), MIN_FIRST_MAP_ENTRIES, MAX_FIRST_MAP_ENTRIES);
        if (audience == FilePermissions.GROUP && !context.groupMayRead()) {
            throw new IllegalArgumentException("groupMayRead=true beside a fileAccess whose audience="
                    + context.fileAccess().audience() + ", expected " + audience + "; have it say so");
        }
    }

    private static void requirePowerOfTwo(final String name, final int value, final int min, final int max) {
        if (value < min || value > max || !BitUtil.isPowerOfTwo(value)) {
            throw new IllegalArgumentException(
                    name + "=" + value + ", expected a power of two from " + min + " to " + max);
        }
    }
}
