package io.tollgate.core.image;

import static io.tollgate.core.image.SeriesImageDescriptor.HAS_REFERENCE;
import static io.tollgate.core.image.SeriesImageDescriptor.MIN_VERSION_LENGTH;
import static io.tollgate.core.image.SeriesImageDescriptor.STATE_MASK;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKey;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.SeriesPolicies;
import io.tollgate.api.series.Unit;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the image of a series, laid out by {@link SeriesImageDescriptor}. The bytes are untrusted: an image that could
 * not be loaded as a whole is refused. Memory is bounded by twice the bytes that are there. Any thread.
 */
public final class SeriesImageReader {
    private final ImageInput in;

    private SeriesImageReader(final ImageInput in) {
        this.in = in;
    }

    /**
     * Reads an image that fills an array.
     *
     * @param image its bytes.
     * @return the series.
     * @throws IllegalArgumentException if the image is damaged.
     * @throws io.tollgate.api.UnsupportedVersionException if another version wrote it.
     */
    public static SeriesImage read(final byte[] image) {
        final ImageInput in = ImageFrame.open(image, ImageFrame.Type.SERIES);
        final SeriesImage series;
        try {
            series = new SeriesImageReader(in).read();
        } catch (final IllegalArgumentException e) {
            throw in.damage(e);
        }
        in.requireEnd();
        return series;
    }

    /**
     * Reads the next image of a stream.
     *
     * @param in the stream.
     * @return the series.
     * @throws IllegalArgumentException if the image is damaged.
     * @throws io.tollgate.api.UnsupportedVersionException if another version wrote it.
     * @throws java.io.UncheckedIOException if the stream cannot be read.
     */
    public static SeriesImage read(final InputStream in) {
        return read(ImageFrame.read(in, ImageFrame.Type.SERIES));
    }

    private SeriesImage read() {
        final int versionCount = in.nextCount("versionCount", MIN_VERSION_LENGTH, ImageFrame.MAX_LENGTH);
        final SeriesKind kind = SeriesKind.of(in.nextByte("kind"));
        final int scale = in.nextByte("scale");
        final byte duplicates = in.nextByte("duplicates");
        in.require(duplicates != 0, "duplicates", "0", "a declared policy");
        final boolean keepsShapes = in.nextFlag("keepsShapes");
        final int windowCount = in.nextCount("windowCount", ImageWindows.LENGTH, SeriesDefinition.MAX_WINDOWS);
        final long heartbeatNs = in.nextLong("heartbeatNs");
        final long lifeStart = in.nextInstant("lifeStart");
        final long periodCode = in.nextLong("periodCode");
        final long lifeEnd = in.nextInstant("lifeEnd");
        final long lifeEndKnownAt = in.nextInstant("lifeEndKnownAt");
        final long successorKnownAt = in.nextInstant("successorKnownAt");
        final long predecessorKnownAt = in.nextInstant("predecessorKnownAt");
        final long horizon = in.nextInstant("horizon");
        final long lastKnowledgeTime = in.nextInstant("lastKnowledgeTime");
        final String key = in.nextText("key", SeriesKey.MAX_LENGTH);
        final Unit unit = new Unit(in.nextText("unit", Unit.MAX_NAME_LENGTH));
        final ImageLife life = new ImageLife(
                lifeEnd,
                lifeEndKnownAt,
                link("successor", key, successorKnownAt),
                link("predecessor", key, predecessorKnownAt));
        final SeriesDefinition definition = new SeriesDefinition(
                key,
                kind,
                unit,
                scale,
                new SeriesPolicies(DuplicatePolicy.of(duplicates, kind), heartbeatNs, lifeStart, period(periodCode)),
                ImageWindows.read(in, windowCount),
                keepsShapes);
        final SeriesImage image = new SeriesImage(definition, life, horizon, lastKnowledgeTime, versions(versionCount));
        new ImageCheck(in, image).check();
        return image;
    }

    private Optional<ImageLife.Link> link(final String name, final String key, final long knownAtNs) {
        final String linked = in.nextText(name, SeriesKey.MAX_LENGTH);
        in.require(
                linked.isEmpty() == (knownAtNs == Instants.NONE),
                name,
                linked,
                "a key and its knowledge time, or none");
        if (linked.isEmpty()) {
            return Optional.empty();
        }
        in.require(!SeriesKey.validate(linked).equals(key), name, linked, "another series");
        return Optional.of(new ImageLife.Link(linked, knownAtNs));
    }

    private Optional<ReportingPeriod> period(final long code) {
        if (code == 0) {
            return Optional.empty();
        }
        final ReportingPeriod period = ReportingPeriod.ofCode(code);
        in.require(period.code() == code, "periodCode", Long.toString(code), Long.toString(period.code()));
        return Optional.of(period);
    }

    private ImageVersions versions(final int count) {
        // The windows lie between the count and the versions, so the count is checked again.
        in.require(
                count <= in.bytesLeft() / MIN_VERSION_LENGTH,
                "versionCount",
                count + " bytesLeft=" + in.bytesLeft(),
                "room for them");
        final ImageVersions versions = new ImageVersions(count);
        for (int i = 0; i < count; i++) {
            final int flags = in.nextByte("flags");
            final int state = flags & STATE_MASK;
            if (state > ImageVersions.WITHDRAWN || (flags & ~(STATE_MASK | HAS_REFERENCE)) != 0) {
                throw in.damage("flags=" + flags, "those of a version");
            }
            versions.add(
                    state,
                    in.nextLong("validTime"),
                    in.nextLong("value"),
                    in.nextLong("knowledgeTime"),
                    (flags & HAS_REFERENCE) == 0 ? Publisher.NO_REFERENCE : in.nextLong("reference"),
                    state == ImageVersions.WITHDRAWN ? in.nextLong("endKnowledgeTime") : Instants.NONE);
            in.require(
                    (flags & HAS_REFERENCE) == 0 || versions.reference(i) != Publisher.NO_REFERENCE,
                    "reference",
                    "none",
                    "a reference, as the flags say");
        }
        return versions;
    }
}
