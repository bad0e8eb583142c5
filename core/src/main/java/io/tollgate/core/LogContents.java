package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Instants;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.DamagedFrame;
import io.tollgate.core.log.LogDamage;
import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.store.ForeignStore;
import io.tollgate.core.store.ShardPlace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.MutableDirectBuffer;

/**
 * What a survey of a log learns from its records: what moves its clock, what surrounds that which is lost, and whether
 * they are those of its shard.
 */
final class LogContents implements OperationHandler {
    private final ShardPlace place;
    private final Map<Long, String> keys = new HashMap<>();
    /** Knowledge times on both sides of each gap, by the last sequence before it. */
    private final TreeMap<Long, long[]> gaps = new TreeMap<>();

    private final PointOperation point = new PointOperation();
    private final ClockOperation clock = new ClockOperation();
    private final SeriesDefinitionOperation definition = new SeriesDefinitionOperation();
    private long lastSequence;
    private long lastKnowledgeTime = Instants.MIN;
    /** The first gap behind which there is no point yet, -1 where there is none. */
    private long openGap = -1;

    private int modeCode = ClockOperation.SAME_MODE;
    private long modeSequence;
    private final RecordedLosses accepted = new RecordedLosses();
    private final HalfBatch half = new HalfBatch();

    /** The first operation on a series of another shard. */
    private Optional<String> foreign = Optional.empty();

    /**
     * Of no log yet.
     *
     * @param place of the shard.
     */
    LogContents(final ShardPlace place) {
        this.place = place;
    }

    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        if (sequence > lastSequence + 1) {
            openGap(lastSequence);
        }
        lastSequence = sequence;
        half.onOperation(buffer, offset, length, sequence);
        accepted.onOperation(buffer, offset, length, sequence);
        if (foreign.isEmpty() && ForeignOperation.isAt(buffer, offset, place)) {
            foreign = Optional.of(ForeignOperation.describe(buffer, offset, place, sequence));
        }
        final int type = OperationDescriptor.type(buffer, offset);
        if (OperationDescriptor.isPoint(type)) {
            lastKnowledgeTime = point.wrap(buffer, offset).knowledgeTime();
            if (openGap >= 0) {
                gaps.tailMap(openGap).values().forEach(times -> times[1] = lastKnowledgeTime);
                openGap = -1;
            }
        } else if (type == OperationDescriptor.DEFINE_SERIES) {
            definition.wrap(buffer, offset);
            keys.put(definition.seriesNumber(), definition.key());
        } else if (type == OperationDescriptor.CLOCK) {
            // One that there is not is refused where it is applied.
            final int code = clock.wrap(buffer, offset).modeCode();
            if (ClockMode.isCode(code)) {
                modeCode = code;
                modeSequence = sequence;
            }
        } else if (type == OperationDescriptor.LOSS) {
            openGap(sequence - 1);
            lastSequence = LossOperation.lastSequence(buffer, offset);
        }
    }

    private void openGap(final long sequence) {
        openGap = openGap < 0 ? sequence : openGap;
        gaps.put(sequence, new long[] {lastKnowledgeTime, Instants.MAX});
    }

    /** The batch that the log ends with, if it does with one that is not all there. */
    HalfBatch half() {
        return half;
    }

    /** The code of the mode that moves the clock at the end, {@link ClockOperation#SAME_MODE} if none is logged. */
    int modeCode() {
        return modeCode;
    }

    /** Where that is logged, 0 if it is not. */
    long modeSequence() {
        return modeSequence;
    }

    /** An operation on a series of another shard, the first one. */
    Optional<String> foreign() {
        return foreign;
    }

    /** How many operations were lost earlier, and their loss accepted. */
    long acceptedCount() {
        return accepted.ranges().stream()
                .mapToLong(range -> range.lastSequence() - range.firstSequence() + 1)
                .sum();
    }

    /** What was lost earlier, and its loss accepted: of this a checkpoint may have had the only copy. */
    RecordedLosses accepted() {
        return accepted;
    }

    /** Learns the keys of a store that is whole: the log may have let their definitions go. */
    void learnKeys(final Path directory) {
        try (ForeignStore store = new ForeignStore(directory, false)) {
            final long count = store.seriesCount();
            for (long position = 0; position < count; position++) {
                final String key = store.keyAt(position);
                if (!key.isEmpty()) {
                    keys.putIfAbsent(place.number(position), key);
                }
            }
        }
    }

    /** Describes a stretch of sequences that is lost, or a part of one. */
    Loss describe(final LostRange range, final ShardCheck check, final FileAccess files, final boolean isCovered) {
        final long[] times = knowledgeTimesAround(range);
        final TreeSet<String> series = new TreeSet<>();
        final long[] valid = {Instants.MAX, Instants.MIN};
        for (final LogDamage damage : check.damagesBehind(range)) {
            DamagedFrame.read(files, damage, (buffer, offset, length, sequence) -> {
                if (OperationDescriptor.isPoint(OperationDescriptor.type(buffer, offset))
                        && length == PointOperation.LENGTH) {
                    takeIn(point.wrap(buffer, offset), series, valid);
                }
            });
        }
        return new Loss(
                place.index(),
                range.firstSequence(),
                range.lastSequence(),
                range.firstSequence() <= check.promisedSequence(),
                isCovered,
                times[0],
                times[1],
                valid[0],
                valid[1],
                List.copyOf(series));
    }

    /** On both sides of the gap that a stretch is in; it may be a part of that, or lie behind all that was read. */
    private long[] knowledgeTimesAround(final LostRange range) {
        final Map.Entry<Long, long[]> gap = gaps.floorEntry(range.firstSequence() - 1);
        return gap == null || range.firstSequence() > lastSequence
                ? new long[] {lastKnowledgeTime, Instants.MAX}
                : gap.getValue();
    }

    private void takeIn(final PointOperation lost, final TreeSet<String> series, final long[] valid) {
        final String key = keys.get(lost.seriesNumber());
        if (lost.validTime() >= Instants.MIN && lost.validTime() <= Instants.MAX) {
            if (key != null) {
                series.add(key);
            }
            valid[0] = Math.min(valid[0], lost.validTime());
            valid[1] = Math.max(valid[1], lost.validTime());
        }
    }
}
