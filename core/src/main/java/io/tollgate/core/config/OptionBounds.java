package io.tollgate.core.config;

import io.tollgate.core.file.FilePermissions;
import org.agrona.BitUtil;

/** What the options of an engine may be. */
public final class OptionBounds {
    private static final int MIN_LOG_SEGMENT_LENGTH = 1 << 16;
    private static final int MAX_LOG_SEGMENT_LENGTH = 1 << 30;

    private OptionBounds() {}

    /**
     * Checks all of them.
     *
     * @param options  of an engine.
     * @param audience that the options ask for: an access of one's own has to be for it.
     */
    public static void require(final EngineOptions options, final FilePermissions audience) {
        requirePowerOfTwo(
                "logSegmentLength", options.logSegmentLength(), MIN_LOG_SEGMENT_LENGTH, MAX_LOG_SEGMENT_LENGTH);
        if (audience == FilePermissions.GROUP && options.fileAccess().audience() != audience) {
            throw new IllegalArgumentException("groupMayRead=true beside a fileAccess whose audience="
                    + options.fileAccess().audience() + ", expected " + audience + "; have it say so");
        }
    }

    private static void requirePowerOfTwo(final String name, final int value, final int min, final int max) {
        if (value < min || value > max || !BitUtil.isPowerOfTwo(value)) {
            throw new IllegalArgumentException(
                    name + "=" + value + ", expected a power of two from " + min + " to " + max);
        }
    }
}
