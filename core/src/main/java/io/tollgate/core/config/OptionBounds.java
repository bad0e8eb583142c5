package io.tollgate.core.config;

import io.tollgate.core.file.FilePermissions;
import org.agrona.BitUtil;

/** The valid ranges of the options of an engine. */
public final class OptionBounds {
    private static final int MIN_LOG_SEGMENT_LENGTH = 1 << 16;
    private static final int MAX_LOG_SEGMENT_LENGTH = 1 << 30;

    private OptionBounds() {}

    /**
     * Checks all options.
     *
     * @param options  of an engine.
     * @param audience the requested read permissions; a custom file access must have the same.
     */
    public static void require(final EngineOptions options, final FilePermissions audience) {
        requirePowerOfTwo(
                "logSegmentLength", options.logSegmentLength(), MIN_LOG_SEGMENT_LENGTH, MAX_LOG_SEGMENT_LENGTH);
        if (audience == FilePermissions.GROUP && options.fileAccess().audience() != audience) {
            throw new IllegalArgumentException("groupMayRead=true with fileAccess audience="
                    + options.fileAccess().audience() + ", expected " + audience + "; set the same audience for both");
        }
    }

    private static void requirePowerOfTwo(final String name, final int value, final int min, final int max) {
        if (value < min || value > max || !BitUtil.isPowerOfTwo(value)) {
            throw new IllegalArgumentException(
                    name + "=" + value + ", expected a power of two from " + min + " to " + max);
        }
    }
}
