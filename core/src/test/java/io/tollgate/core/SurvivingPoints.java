package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Series;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All that was logged, without what a recovery calls lost: the oracle is told the rest, and what is left must answer as
 * it does.
 */
final class SurvivingPoints {
    private static final List<Metric> METRICS = List.of(Metric.COUNT, Metric.SUM, Metric.LAST, Metric.MEAN);
    private static final long STEP_NS = 21;

    /**
     * What the logs of a directory have, and what they had before old segments of them were deleted.
     *
     * @param logged now, by their sequences.
     * @param made   whatever was, which is asked for where there is less now.
     */
    record History(NavigableMap<Long, String> logged, Supplier<NavigableMap<Long, String>> made) {
        /** Of logs that have all that there ever was. */
        static History ofWhole(final NavigableMap<Long, String> logged) {
            assertTrue(isWhole(logged), "not all that was made is in the logs");
            return new History(logged, () -> logged);
        }

        /** Requires that what is told as lost, and nothing else, is missing in the answers. */
        void requireRest(
                final Engine engine,
                final List<String> keys,
                final List<Window> windows,
                final RecoveryReport report,
                final String what) {
            final NavigableMap<Long, String> whole = whole();
            assertTrue(isWhole(whole), () -> what + ": no oracle can be told all that was made");
            final SurvivingPoints rest = new SurvivingPoints(whole, report);
            keys.forEach(key -> rest.requireAnswers(engine, key, windows, what));
        }

        private NavigableMap<Long, String> whole() {
            if (isWhole(logged)) {
                return logged;
            }
            final NavigableMap<Long, String> whole = new TreeMap<>(logged);
            whole.values().removeIf(SurvivingPoints::isLoss);
            made.get().forEach(whole::putIfAbsent);
            return whole;
        }
    }

    private final NavigableMap<Long, String> operations;
    private final RecoveryReport report;

    private SurvivingPoints(final NavigableMap<Long, String> operations, final RecoveryReport report) {
        this.operations = new TreeMap<>(operations);
        this.report = report;
        report.losses().stream()
                .filter(loss -> !loss.isCovered())
                .forEach(loss -> this.operations
                        .subMap(loss.firstSequence(), true, loss.lastSequence(), true)
                        .clear());
        if (mayHaveLostMore(report)) {
            this.operations.tailMap(report.log().lastSequence(), true).clear();
        }
    }

    /** True if no position says where the log of a killed engine ended: one operation is told as lost then. */
    private static boolean mayHaveLostMore(final RecoveryReport report) {
        return report.damages().stream().anyMatch(damage -> damage.file().endsWith("manifest"))
                && report.losses().stream()
                        .anyMatch(loss -> loss.lastSequence() == report.log().lastSequence());
    }

    /** Whether these are all that there ever were, so that answers can be told from them. */
    private static boolean isWhole(final NavigableMap<Long, String> operations) {
        return !operations.isEmpty()
                && operations.values().stream().noneMatch(SurvivingPoints::isLoss)
                && operations.size() == operations.lastKey();
    }

    private static boolean isLoss(final String operation) {
        return OperationDescriptor.type(bytes(operation), 0) == OperationDescriptor.LOSS;
    }

    /** Requires the answers of a series; one that is not there must have lost its definition. */
    private void requireAnswers(final Engine engine, final String key, final List<Window> windows, final String what) {
        final OptionalLong defined = numberOf(key);
        assertEquals(
                defined.isPresent(),
                engine.find(key).isPresent(),
                () -> what + ": whether there is " + key + ' ' + report.lines());
        if (defined.isEmpty()) {
            return;
        }
        final Series series = engine.find(key).orElseThrow();
        assertEquals(defined.getAsLong(), series.number(), () -> what + ": " + key);
        final Oracle oracle = oracle(series);
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.newReading();
        for (long at = -30; at < 11L * DamagedDirectory.POINTS; at += STEP_NS) {
            for (final Window window : windows) {
                final String where = what + ": " + key + " at=" + at + ' ' + window + ' ' + report.lines();
                final Oracle.Answer answer = oracle.window(window, at);
                reader.read(series, window, at, reading);
                METRICS.forEach(
                        metric -> OracleComparison.require(answer.metrics().get(metric), metric, reading, () -> where));
            }
        }
        oracle.points()
                .forEach(point -> assertTrue(
                        engine.now() >= point.time(), () -> what + ": now=" + engine.now() + ' ' + report.lines()));
    }

    private OptionalLong numberOf(final String key) {
        return operations.values().stream()
                .map(SurvivingPoints::bytes)
                .filter(record -> OperationDescriptor.type(record, 0) == OperationDescriptor.DEFINE_SERIES)
                .map(record -> new SeriesDefinitionOperation().wrap(record, 0))
                .filter(definition -> definition.key().equals(key))
                .mapToLong(SeriesDefinitionOperation::seriesNumber)
                .findFirst();
    }

    private Oracle oracle(final Series series) {
        final Oracle oracle = new Oracle(series.definition());
        final PointOperation point = new PointOperation();
        for (final String operation : operations.values()) {
            final MutableDirectBuffer record = bytes(operation);
            if (OperationDescriptor.isPoint(OperationDescriptor.type(record, 0))
                    && point.wrap(record, 0).seriesNumber() == series.number()) {
                if (point.type() == OperationDescriptor.WITHDRAW) {
                    oracle.current().withdraw(point.validTime(), point.reference());
                } else {
                    oracle.put(point.validTime(), point.value(), point.knowledgeTime(), point.reference());
                }
            }
        }
        return oracle;
    }

    private static MutableDirectBuffer bytes(final String operation) {
        return new UnsafeBuffer(HexFormat.of().parseHex(operation));
    }
}
