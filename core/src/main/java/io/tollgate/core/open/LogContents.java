package io.tollgate.core.open;

import io.tollgate.api.series.Instants;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.DamagedFrame;
import io.tollgate.core.log.LogDamage;
import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.report.Loss;
import io.tollgate.core.store.StoreView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.MutableDirectBuffer;

/** The findings of a survey of a log: the series, the times around its gaps, and the recorded losses. */
public final class LogContents implements OperationHandler {
    private final Map<Long, String> keys = new HashMap<>();
    /** Knowledge times before and after each gap, by the last sequence before the gap. */
    private final TreeMap<Long, long[]> gaps = new TreeMap<>();

    private final PointOperation point = new PointOperation();
    private final SeriesDefinitionOperation definition = new SeriesDefinitionOperation();
    private long lastSequence;
    private long lastKnowledgeTime = Instants.MIN;
    /** The first gap without a later point yet, -1 if there is none. */
    private long openGap = -1;

    private final List<LostRange> recorded = new ArrayList<>();
    private final IncompleteBatch half = new IncompleteBatch();

    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        if (sequence > lastSequence + 1) {
            openGap(lastSequence);
        }
        lastSequence = sequence;
        half.onOperation(buffer, offset, length, sequence);
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
        } else if (type == OperationDescriptor.LOSS) {
            openGap(sequence - 1);
            lastSequence = LossOperation.lastSequence(buffer, offset);
            recorded.add(new LostRange(sequence, lastSequence));
        }
    }

    private void openGap(final long sequence) {
        openGap = openGap < 0 ? sequence : openGap;
        gaps.put(sequence, new long[] {lastKnowledgeTime, Instants.MAX});
    }

    /** Returns the incomplete batch at the end of the log, if any. */
    public IncompleteBatch half() {
        return half;
    }

    /** Returns the losses recorded in the log, in order. */
    public List<LostRange> recorded() {
        return recorded;
    }

    /** Returns the number of operations in recorded losses. */
    public long recordedCount() {
        return recorded.stream()
                .mapToLong(range -> range.lastSequence() - range.firstSequence() + 1)
                .sum();
    }

    /** Adds the keys of a sealed store, because the log may have lost the definitions. */
    public void learnKeys(final Path directory) {
        try (StoreView store = StoreView.open(directory)) {
            final long count = store.namedCount();
            for (long number = 0; number < count; number++) {
                keys.putIfAbsent(number, store.keyOf(number));
            }
        }
    }

    /**
     * Describes a range of lost operations.
     *
     * @param range      of lost operations.
     * @param damages    of the log that lose operations, by their last lost operation.
     * @param isPromised true if the range was acknowledged.
     * @param isCovered  true if an intact store includes it.
     */
    public Loss describe(
            final LostRange range,
            final FileAccess files,
            final NavigableMap<Long, LogDamage> damages,
            final boolean isPromised,
            final boolean isCovered) {
        final long[] times = knowledgeTimesAround(range);
        final TreeSet<String> series = new TreeSet<>();
        final long[] valid = {Instants.MAX, Instants.MIN};
        for (final LogDamage damage :
                damages.tailMap(range.firstSequence(), true).values()) {
            if (damage.firstMissing() > range.lastSequence()) {
                break;
            }
            DamagedFrame.read(files, damage, (buffer, offset, length, sequence) -> {
                if (OperationDescriptor.isPoint(OperationDescriptor.type(buffer, offset))
                        && length == PointOperation.LENGTH) {
                    include(point.wrap(buffer, offset), series, valid);
                }
            });
        }
        return new Loss(
                range.firstSequence(),
                range.lastSequence(),
                isPromised,
                isCovered,
                times[0],
                times[1],
                valid[0],
                valid[1],
                List.copyOf(series));
    }

    /**
     * Returns the knowledge times before and after the gap that contains a range. The range may also be after all
     * records read.
     */
    private long[] knowledgeTimesAround(final LostRange range) {
        final Map.Entry<Long, long[]> gap = gaps.floorEntry(range.firstSequence() - 1);
        return gap == null || range.firstSequence() > lastSequence
                ? new long[] {lastKnowledgeTime, Instants.MAX}
                : gap.getValue();
    }

    private void include(final PointOperation lost, final TreeSet<String> series, final long[] valid) {
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
