package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.Instants;
import io.tollgate.examples.impact.ImpactStudy;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.source.Zone;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job with two subtasks and one failure gives the table of averages of the command impact. */
class ImpactJobTest {
    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheTableOfImpact() throws Exception {
        final List<PointRecord> points = ImpactJob.points();
        final StreamExecutionEnvironment environment = LocalCluster.environment(2, "hashmap", directory);
        final Failure<PointRecord> failure = new Failure<>(points.size() / 2);
        final Collected<RateAnswer> answers = new Collected<>();
        ImpactJob.averages(ImpactJob.source(environment, points).map(failure).setParallelism(1))
                .sinkTo(answers);
        try (LocalCluster cluster = new LocalCluster()) {
            cluster.run(environment);
        }
        assertTrue(failure.hasHappened());
        final Map<String, String> table = new TreeMap<>();
        answers.elements().stream()
                .sorted(Comparator.comparingLong(RateAnswer::sequence))
                .forEach(answer -> table.put(
                        answer.series() + ' ' + answer.window(),
                        Long.toHexString(Double.doubleToRawLongBits(answer.value())) + ' ' + answer.status()));
        final Map<String, String> expected = new TreeMap<>();
        ImpactStudy.run().metrics().stream()
                .filter(row -> row.section().equals("averages") && row.metric().equals("mean"))
                .filter(row -> !row.window().equals("61d"))
                .forEach(row -> expected.put(
                        row.series() + ' ' + date(row) + ' ' + row.window(),
                        Long.toHexString(Double.doubleToRawLongBits(Double.parseDouble(row.value())))
                                + ' '
                                + row.status()));
        assertEquals(24, expected.size());
        table.keySet().retainAll(expected.keySet());
        assertEquals(expected, table);
        answers.elements().stream()
                .filter(answer -> table.containsKey(answer.series() + ' ' + answer.window()))
                .sorted(Comparator.comparing(RateAnswer::series).thenComparingLong(RateAnswer::sequence))
                .forEach(answer ->
                        table.put(answer.series() + ' ' + answer.window(), answer.value() + "% " + answer.status()));
        System.out.println(points.size() + " points, 2 subtasks, 1 failure:");
        table.forEach((row, value) -> System.out.println(row + "  " + value));
    }

    private static String date(final MetricRow row) {
        final Zone zone = row.series().startsWith("tariff.US.") ? Zone.NEW_YORK : Zone.SHANGHAI;
        return zone.dateOf(Instants.parse(row.at()) - 1).toString();
    }
}
