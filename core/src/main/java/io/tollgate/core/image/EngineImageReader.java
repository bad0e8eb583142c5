package io.tollgate.core.image;

import static io.tollgate.core.image.EngineImageDescriptor.MIN_REGISTRATION_LENGTH;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKey;
import io.tollgate.api.series.WindowRegistration;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads the header of the image of an engine, laid out by {@link EngineImageDescriptor}. Any thread. */
public final class EngineImageReader {
    private EngineImageReader() {}

    /**
     * Reads the header at the start of a stream.
     *
     * @param in the stream, after the call at the first image of a series.
     * @return the header.
     * @throws IllegalArgumentException if it is damaged.
     * @throws io.tollgate.api.UnsupportedVersionException if another version wrote it.
     * @throws java.io.UncheckedIOException if the stream cannot be read.
     */
    public static EngineImage read(final InputStream in) {
        final ImageInput image = ImageFrame.open(ImageFrame.read(in, ImageFrame.Type.ENGINE), ImageFrame.Type.ENGINE);
        try {
            return read(image);
        } catch (final IllegalArgumentException e) {
            throw image.damage(e);
        }
    }

    private static EngineImage read(final ImageInput in) {
        final ClockMode mode = ClockMode.of(in.nextInt("clockMode"));
        final long nowNs = in.requireInstant("now", in.nextLong("now"), false);
        final long seriesCount = in.nextLong("seriesCount");
        in.require(seriesCount >= 0, "seriesCount", Long.toString(seriesCount), "0 or more");
        final int count = in.nextCount("registrationCount", MIN_REGISTRATION_LENGTH, ImageFrame.MAX_LENGTH);
        final List<WindowRegistration> registrations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final boolean keepsShapes = in.nextFlag("keepsShapes");
            final int windowCount = in.nextByte("windowCount");
            in.require(
                    windowCount >= 0 && windowCount <= SeriesDefinition.MAX_WINDOWS,
                    "windowCount",
                    Integer.toString(windowCount),
                    "0 to " + SeriesDefinition.MAX_WINDOWS);
            final String pattern = in.nextText("pattern", SeriesKey.MAX_LENGTH);
            in.require(
                    i == 0 || registrations.get(i - 1).pattern().compareTo(pattern) < 0,
                    "pattern",
                    pattern,
                    "patterns in their order, each once");
            registrations.add(new WindowRegistration(pattern, ImageWindows.read(in, windowCount), keepsShapes));
        }
        in.requireEnd();
        return new EngineImage(mode, nowNs, seriesCount, registrations);
    }
}
