package io.tollgate.core.image;

import static io.tollgate.core.image.SeriesImageDescriptor.DUPLICATES_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.HAS_REFERENCE;
import static io.tollgate.core.image.SeriesImageDescriptor.HEARTBEAT_NS_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.HORIZON_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.KEEPS_SHAPES_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.KIND_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.LAST_KNOWLEDGE_TIME_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.LIFE_END_KNOWN_AT_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.LIFE_END_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.LIFE_START_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.MAX_VERSION_LENGTH;
import static io.tollgate.core.image.SeriesImageDescriptor.PERIOD_CODE_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.PREDECESSOR_KNOWN_AT_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.SCALE_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.SUCCESSOR_KNOWN_AT_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.TEXTS_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.VERSION_COUNT_OFFSET;
import static io.tollgate.core.image.SeriesImageDescriptor.WINDOW_COUNT_OFFSET;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesPolicies;
import io.tollgate.core.store.ReadableStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.HistoryHorizon;
import io.tollgate.core.store.tree.SeriesLife;
import io.tollgate.core.store.tree.VersionPath;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes the images of series, laid out by {@link SeriesImageDescriptor}. The same knowledge of a series gives the same
 * bytes in every engine. The engine thread writes between two operations; another process must validate the versions of
 * the series and of those linked to it.
 */
public final class SeriesImageWriter {
    private final ReadableStore store;
    private final SeriesRecord record = new SeriesRecord();
    private final SeriesRecord linked = new SeriesRecord();
    private final VersionPath path;
    private final HistoryHorizon horizon;
    private final SeriesLife life;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    /**
     * Creates a writer for any series of a store.
     *
     * @param store of the series.
     */
    public SeriesImageWriter(final ReadableStore store) {
        this.store = store;
        path = new VersionPath(store.blocks());
        horizon = new HistoryHorizon(store.blocks());
        life = new SeriesLife(store.blocks());
    }

    /**
     * Writes the image of a series.
     *
     * @param series with its present definition.
     * @return the image.
     * @throws io.tollgate.api.LimitExceededException if the image would be longer than a reader accepts.
     */
    public byte[] write(final Series series) {
        record.wrap(store.requireRecord(series.number()));
        ImageFrame.begin(buffer, ImageFrame.Type.SERIES);
        putDefinition(series.definition());
        final ImageLife found = lifeOf(series.number());
        buffer.putLong(LIFE_END_OFFSET, found.endNs());
        buffer.putLong(LIFE_END_KNOWN_AT_OFFSET, found.endKnownAtNs());
        buffer.putLong(SUCCESSOR_KNOWN_AT_OFFSET, knownAt(found.successor()));
        buffer.putLong(PREDECESSOR_KNOWN_AT_OFFSET, knownAt(found.predecessor()));
        buffer.putLong(HORIZON_OFFSET, horizon.of(record));
        buffer.putLong(LAST_KNOWLEDGE_TIME_OFFSET, record.lastKnowledgeTime());
        int position = putText(TEXTS_OFFSET, series.key());
        position = putText(position, series.definition().unit().name());
        position = putText(position, keyOf(found.successor()));
        position = putText(position, keyOf(found.predecessor()));
        position = ImageWindows.put(buffer, position, series.definition().windows());
        return ImageFrame.end(buffer, putVersions(series, position));
    }

    private void putDefinition(final SeriesDefinition definition) {
        final SeriesPolicies policies = definition.policies();
        buffer.putByte(KIND_OFFSET, definition.kind().code());
        buffer.putByte(SCALE_OFFSET, (byte) definition.scale());
        buffer.putByte(DUPLICATES_OFFSET, policies.duplicates().code());
        buffer.putByte(KEEPS_SHAPES_OFFSET, (byte) (definition.keepsShapes() ? 1 : 0));
        buffer.putInt(WINDOW_COUNT_OFFSET, definition.windows().size());
        buffer.putLong(HEARTBEAT_NS_OFFSET, policies.heartbeatNs());
        buffer.putLong(LIFE_START_OFFSET, policies.lifeStartNs());
        buffer.putLong(
                PERIOD_CODE_OFFSET, policies.period().map(ReportingPeriod::code).orElse(0L));
    }

    /** A link is valid only if both series have it. */
    private ImageLife lifeOf(final long number) {
        final long successor = life.successor(record);
        final boolean isFollowed = successor != Series.NO_NUMBER && predecessor(successor) == number;
        final long predecessor = life.predecessor(record);
        final boolean isFollowing = predecessor != Series.NO_NUMBER && successor(predecessor) == number;
        return new ImageLife(
                record.isClosed() ? record.lifeEnd() : Instants.NONE,
                record.isClosed() ? life.endKnownAt(record) : Instants.NONE,
                isFollowed
                        ? Optional.of(new ImageLife.Link(store.keyOf(successor), life.successorKnownAt(record)))
                        : Optional.empty(),
                isFollowing
                        ? Optional.of(new ImageLife.Link(store.keyOf(predecessor), life.successorKnownAt(linked)))
                        : Optional.empty());
    }

    private long predecessor(final long seriesNumber) {
        return life.predecessor(linked.wrap(store.requireRecord(seriesNumber)));
    }

    private long successor(final long seriesNumber) {
        return life.successor(linked.wrap(store.requireRecord(seriesNumber)));
    }

    private static long knownAt(final Optional<ImageLife.Link> link) {
        return link.map(ImageLife.Link::knownAtNs).orElse(Instants.NONE);
    }

    private static String keyOf(final Optional<ImageLife.Link> link) {
        return link.map(ImageLife.Link::key).orElse("");
    }

    private int putText(final int offset, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.putShort(offset, (short) bytes.length);
        buffer.putBytes(offset + Short.BYTES, bytes);
        return offset + Short.BYTES + bytes.length;
    }

    /** Writes all versions and their number, and returns the offset after them. */
    private int putVersions(final Series series, final int offset) {
        int position = offset;
        int count = 0;
        record.requireIntact(path.open(record, Instants.MIN, Instants.MAX));
        while (path.next()) {
            ImageFrame.requireLength(
                    ImageFrame.Type.SERIES, "series=" + series.key(), (long) position + MAX_VERSION_LENGTH);
            position = putVersion(position);
            count++;
        }
        record.requireIntact(path.isIntact() && count == record.pointCount() + record.historyCount());
        buffer.putInt(VERSION_COUNT_OFFSET, count);
        return position;
    }

    private int putVersion(final int offset) {
        final long reference = path.reference();
        final boolean hasReference = reference != Publisher.NO_REFERENCE;
        buffer.putByte(offset, (byte) (state() | (hasReference ? HAS_REFERENCE : 0)));
        int position = putLong(offset + Byte.BYTES, path.time());
        position = putLong(position, path.value());
        position = putLong(position, path.knowledgeTime());
        if (hasReference) {
            position = putLong(position, reference);
        }
        return path.isWithdrawn() ? putLong(position, path.endKnowledgeTime()) : position;
    }

    private int state() {
        if (!path.isEnded()) {
            return ImageVersions.CURRENT;
        }
        return path.isWithdrawn() ? ImageVersions.WITHDRAWN : ImageVersions.REVISED;
    }

    private int putLong(final int offset, final long value) {
        buffer.putLong(offset, value);
        return offset + Long.BYTES;
    }
}
