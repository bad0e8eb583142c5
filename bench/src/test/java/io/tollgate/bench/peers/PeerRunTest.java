package io.tollgate.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.heap.ExactWindows;
import io.tollgate.examples.heap.WindowMetrics;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PeerRunTest {
    private static final long POINTS = 10_000;

    @ParameterizedTest
    @CsvSource({
        "floor, W1:2, wrong: sd",
        "engine-read, W1:2, right",
        // The shortest window contains one point, which is small compared with the rounding error that the outlier
        // leaves.
        "floor, W2:1000, wrong: sum sd",
        "careful, W2:1000, wrong: sum sd",
        "deques, W2:1000, wrong: sum sd",
        "engine-read, W2:1000, right",
        "floor, W3:2, wrong: sd",
        "engine-read, W3:2, right",
        "engine-read, W4:2, right",
        // The outlier's square leaves an error that makes the variance of falling values negative. No answer is not a
        // right answer.
        "floor, W5:2, wrong: sd",
        "engine-read, W5:2, right"
    })
    void shouldSayWhoIsWrongAfterTheOutlierHasLeft(final String name, final String load, final String verdict)
            throws Exception {
        final Workload workload = Workload.named(load);
        try (Peer peer = Peers.open(name, workload)) {
            final String result = new PeerRun(workload, peer).run(POINTS);
            assertTrue(result.matches("[0-9]+ [0-9.]+ [0-9NaNe+.-]+ " + verdict), result);
        }
    }

    @Test
    void shouldReadAllWindowsAfterEachPoint() {
        final Workload workload = Workload.named("W1:2");
        final PointStream stream = new PointStream(workload);
        final PointBatch batch = new PointBatch(1);
        final ExactWindows oracle = new ExactWindows(workload, 2);
        final WindowMetrics expected = new WindowMetrics();
        try (EnginePeer peer = new EnginePeer(workload, true)) {
            for (int i = 0; i < 500; i++) {
                stream.next(batch);
                oracle.addAll(batch);
                peer.add(batch);
                oracle.read(batch.series[0], 2, expected);
                final Verdict verdict = new Verdict(true, true);
                verdict.add(expected, peer.lastRead());
                assertEquals("right", verdict.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, 6, 2, 1, 1, 3, right",
        "2, 6, 2, 1, 1, 3, wrong: count",
        "3, 6.00001, 2, 1, 1, 3, wrong: sum",
        "3, 6, 2, NaN, 1, 3, wrong: sd",
        "4, 7, 2, 2, 1, 4, wrong: count sum sd min-max",
        "3, 6, 2, 1, NaN, NaN, wrong: min-max"
    })
    void shouldNameWhatIsOff(
            final long count,
            final double sum,
            final double mean,
            final double sd,
            final double min,
            final double max,
            final String expected) {
        final Verdict verdict = new Verdict(true, true);
        verdict.add(metrics(3, 6, 2, 1, 1, 3), metrics(count, sum, mean, sd, min, max));
        assertEquals(expected, verdict.toString());
    }

    @Test
    void shouldNotBlameAPeerForWhatItDoesNotHave() {
        final Verdict verdict = new Verdict(false, false);
        verdict.add(metrics(3, 6, 2, 1, 1, 3), metrics(3, 6, 2, Double.NaN, Double.NaN, Double.NaN));
        assertEquals("- right", verdict.sdError() + " " + verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--peers floor,nobody | --peers=[floor, nobody], expected some of [floor, careful, deques, engine,"
                        + " engine-read, duckdb, questdb]",
                "--workloads W1,X1 | Invalid value for option '--workloads' (NAME): workload=X1, expected W1 to W6, or"
                        + " one of them with :SERIES",
                "--points 0 | --points=0, expected 1 or more",
                "--workloads W1,W2:50000 | --points=5000000: workload=W2:50000 measured from 12 to 112 points a"
                        + " series, expected no full block in between, because all series would need another block at"
                        + " once; use more series or fewer points"
            })
    void shouldRefuseWhatItDoesNotKnowBeforeAnythingRuns(final String arguments, final String message) {
        final StringWriter err = new StringWriter();
        final CommandLine command = new CommandLine(new PeersCommand()).setErr(new PrintWriter(err));
        assertEquals(2, command.execute(arguments.split(" ")));
        assertEquals(message, err.toString().lines().findFirst().orElseThrow());
    }

    private static WindowMetrics metrics(
            final long count,
            final double sum,
            final double mean,
            final double sd,
            final double min,
            final double max) {
        final WindowMetrics metrics = new WindowMetrics();
        metrics.count = count;
        metrics.sum = sum;
        metrics.mean = mean;
        metrics.sd = sd;
        metrics.min = min;
        metrics.max = max;
        return metrics;
    }
}
