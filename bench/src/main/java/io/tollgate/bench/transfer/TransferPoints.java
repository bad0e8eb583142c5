package io.tollgate.bench.transfer;

import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Points of levels with revisions, series by series: the order in which a load applies them. Immutable. */
final class TransferPoints {
    private static final long START_NS = 1_600_000_000_000_000_000L;
    private static final long STEP_NS = 60_123_456_789L;
    private static final int SCALE = 4;
    private static final int POINTS_BETWEEN_REVISIONS = 10;

    private final int seriesCount;
    private final int rowsOfSeries;
    private final long[] values;

    /** Creates points; the number of rows is rounded down to a multiple of the number of series. */
    TransferPoints(final int seriesCount, final int rows) {
        this.seriesCount = seriesCount;
        rowsOfSeries = rows / seriesCount;
        values = new Random(1).longs(rowsOfSeries, 0, 1_000_000_000).toArray();
    }

    long rows() {
        return (long) seriesCount * rowsOfSeries;
    }

    /** Offers all points, and waits until they are applied. */
    void feed(final Engine engine) {
        final List<SeriesDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < seriesCount; i++) {
            definitions.add(SeriesDefinition.step("tariff.US.CN.85" + (1_000 + i), Unit.PERCENT, SCALE));
        }
        final Publisher publisher = engine.publisher();
        long last = 0;
        for (final Series series : engine.series().define(definitions)) {
            for (int row = 0; row < rowsOfSeries; row++) {
                last = offer(publisher.point(series), row);
            }
        }
        engine.awaitApplied(last);
    }

    /** Each tenth row revises the point of five rows before. */
    private long offer(final PointEncoder point, final int row) {
        final boolean isRevision = row % POINTS_BETWEEN_REVISIONS == POINTS_BETWEEN_REVISIONS - 1;
        final int place = isRevision ? row - POINTS_BETWEEN_REVISIONS / 2 : row;
        point.validAt(START_NS + place * STEP_NS)
                .knownAt(START_NS + row * STEP_NS)
                .reference(row)
                .value(values[row]);
        long ticket = point.offer();
        while (ticket == Publisher.BACK_PRESSURED) {
            Thread.onSpinWait();
            ticket = point.offer();
        }
        return ticket;
    }
}
