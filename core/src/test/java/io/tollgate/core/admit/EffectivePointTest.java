package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.PointTree;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.LangUtil;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events of one instant, with references and without. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EffectivePointTest {
    private static final long TIME = 5;
    private static final long NONE = OperationDescriptor.MISSING;

    private static final StagedPoints NO_POINTS = new StagedPoints() {
        @Override
        public int first(final long seriesNumber) {
            return StagedPoints.NONE;
        }

        @Override
        public int next(final int offset) {
            return StagedPoints.NONE;
        }
    };

    @AutoClose
    private final SeriesStore store = SeriesStore.anonymous(1_024, LangUtil::rethrowUnchecked);

    static List<List<Long>> references() {
        return List.of(
                List.of(),
                List.of(7L),
                List.of(Long.MIN_VALUE + 1),
                List.of(7L, 8L),
                List.of(NONE),
                List.of(NONE, 7L),
                List.of(NONE, NONE + 1, 7L),
                List.of(NONE, NONE),
                List.of(NONE, NONE, NONE, 7L));
    }

    @ParameterizedTest
    @MethodSource("references")
    void shouldFindTheOnlyOne(final List<Long> references) {
        store.addSeries("events", SeriesKind.FLOW.code(), 0, "COUNT", Long.MIN_VALUE)
                .policies((byte) 0, (byte) 0, 0, 0);
        store.nameSeries();
        final SeriesRecord series = new SeriesRecord().wrap(store.recordAddress(0));
        final PointTree tree = new PointTree(store.blocks());
        tree.put(series, TIME - 1, 1, 1, 3, 1);
        for (final long reference : references) {
            tree.put(series, TIME, 1, 1, reference, 1);
        }
        final EffectivePoint upcoming = new EffectivePoint(store.blocks(), null, NO_POINTS);
        assertEquals(references.size() == 1, upcoming.findOnly(series, TIME));
        if (references.size() == 1) {
            assertEquals(references.get(0), upcoming.reference());
        }
    }
}
