package io.tollgate.core.image;

import static io.tollgate.core.image.EngineImageDescriptor.CLOCK_MODE_OFFSET;
import static io.tollgate.core.image.EngineImageDescriptor.NOW_OFFSET;
import static io.tollgate.core.image.EngineImageDescriptor.REGISTRATIONS_OFFSET;
import static io.tollgate.core.image.EngineImageDescriptor.REGISTRATION_COUNT_OFFSET;
import static io.tollgate.core.image.EngineImageDescriptor.SERIES_COUNT_OFFSET;

import io.tollgate.api.series.WindowRegistration;
import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;

/** Writes the header of the image of an engine, laid out by {@link EngineImageDescriptor}. Any thread. */
public final class EngineImageWriter {
    private EngineImageWriter() {}

    /**
     * Writes the header.
     *
     * @param engine the header.
     * @return its bytes; the images of the series come next.
     */
    public static byte[] write(final EngineImage engine) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ImageFrame.begin(buffer, ImageFrame.Type.ENGINE);
        buffer.putInt(CLOCK_MODE_OFFSET, engine.clockMode().code());
        buffer.putLong(NOW_OFFSET, engine.nowNs());
        buffer.putLong(SERIES_COUNT_OFFSET, engine.seriesCount());
        buffer.putInt(REGISTRATION_COUNT_OFFSET, engine.registrations().size());
        int position = REGISTRATIONS_OFFSET;
        for (final WindowRegistration registration : engine.registrations()) {
            final byte[] pattern = registration.pattern().getBytes(StandardCharsets.UTF_8);
            buffer.putByte(position, (byte) (registration.keepsShapes() ? 1 : 0));
            buffer.putByte(position + 1, (byte) registration.windows().size());
            buffer.putShort(position + 2, (short) pattern.length);
            buffer.putBytes(position + 4, pattern);
            position = ImageWindows.put(buffer, position + 4 + pattern.length, registration.windows());
        }
        return ImageFrame.end(buffer, position);
    }
}
