package io.tollgate.flink;

import io.tollgate.api.series.Instants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.jspecify.annotations.Nullable;

/**
 * The series of one key of the stream: those that share an engine wherever the key is. It knows the operations that
 * its state does not have yet. One thread.
 *
 * <p>The state is a list of entries: for each series first its image, then its operations since. When the operations
 * are longer than a multiple of the images, images of now replace the whole list. So the work of writing images, for
 * each operation, is bounded, and so are the list and the time to load it.
 */
final class Partition {
    private final Map<String, SeriesTrack> tracks = new TreeMap<>();
    private @Nullable Together together;
    private long sequence;
    private long lastKnownAtNs = Instants.NONE;
    private long imageBytes;
    private long operationBytes;
    private long pendingBytes;

    /** Writes the image of a series. */
    @FunctionalInterface
    interface Images {
        byte[] write(SeriesTrack track);
    }

    @Nullable
    SeriesTrack find(final String key) {
        return tracks.get(key);
    }

    /** Returns a series that a timer or an entry of the state names. */
    SeriesTrack track(final String key) {
        final SeriesTrack track = tracks.get(key);
        if (track == null) {
            throw new IllegalStateException("series=" + key
                    + " has no image in the state, expected one; the state is damaged: restore an earlier one");
        }
        return track;
    }

    void add(final String key, final SeriesTrack track) {
        tracks.put(key, track);
    }

    /** Returns the view of queries, which lasts until another series accepts a point. */
    Together together(final String key, final SeriesReadings readings) {
        if (together == null) {
            together = new Together(key, this, readings, Instants.ALL_KNOWN);
        }
        return together;
    }

    /** Returns the number of accepted points and withdrawals of all series. */
    long sequence() {
        return sequence;
    }

    /** Returns the knowledge time of the last accepted point of all series. */
    long lastKnownAtNs() {
        return lastKnownAtNs;
    }

    /** Notes that a series has accepted a point or withdrawal. */
    void accepted(final SeriesTrack track, final long knownAtNs) {
        accepted(track, track.sequence() + 1, track.sequence() == 0 ? knownAtNs : track.firstKnownAtNs(), knownAtNs);
    }

    /** Notes the number of accepted points and withdrawals, and when the first and the last one became known. */
    void accepted(final SeriesTrack track, final long newSequence, final long firstKnownNs, final long lastKnownNs) {
        if (track.sequence() == 0) {
            together = null;
        }
        sequence += newSequence - track.sequence();
        lastKnownAtNs = Math.max(lastKnownAtNs, lastKnownNs);
        track.accepted(newSequence, firstKnownNs, lastKnownNs);
    }

    Collection<SeriesTrack> tracks() {
        return tracks.values();
    }

    /** Returns the bytes of operations that are not in the state yet. */
    long pendingBytes() {
        return pendingBytes;
    }

    void addPending(final int bytes) {
        pendingBytes += bytes;
    }

    /** Notes an entry that the state has. */
    void addEntry(final byte type, final int length) {
        if (type == OperationBuffer.IMAGE) {
            imageBytes += length;
        } else {
            operationBytes += length;
        }
    }

    /** Brings the state up to date. Returns the number of images written. */
    int flush(final ListState<byte[]> state, final Images images, final double imageFactor) throws Exception {
        final boolean isCompacted = operationBytes + pendingBytes > imageFactor * imageBytes;
        final List<byte[]> entries = new ArrayList<>();
        int written = 0;
        if (isCompacted) {
            imageBytes = 0;
            operationBytes = 0;
        }
        for (final SeriesTrack track : tracks.values()) {
            final OperationBuffer pending = track.pending();
            if (track.sequence() == 0) {
                continue;
            }
            if (isCompacted || !track.isInState()) {
                add(OperationBuffer.IMAGE, OperationBuffer.image(track, images.write(track)), entries);
                track.markInState();
                written++;
            } else if (pending.length() > 0) {
                add(OperationBuffer.OPERATIONS, OperationBuffer.operations(track), entries);
            }
            pending.clear();
            if (track.hasNewWatchStates() || isCompacted && !track.watchStates().isInitial()) {
                add(OperationBuffer.WATCHES, OperationBuffer.watches(track), entries);
                track.hasNewWatchStates(false);
            }
        }
        pendingBytes = 0;
        if (isCompacted) {
            state.update(entries);
        } else {
            state.addAll(entries);
        }
        return written;
    }

    private void add(final byte type, final byte[] entry, final List<byte[]> entries) {
        entries.add(entry);
        addEntry(type, entry.length);
    }
}
