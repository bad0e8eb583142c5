package io.tollgate.bench.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.workload.Workload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the databases with the oracle; needs a build with the profile peers. */
@Tag("nightly")
class DatabasePeersTest {
    private static final long POINTS = 10_000;

    @ParameterizedTest
    @CsvSource({"duckdb, W1:2", "duckdb, W2:1000", "duckdb, W3:2", "questdb, W1:2", "questdb, W2:1000", "questdb, W3:2"
    })
    void shouldBeRightAfterTheOutlierHasLeft(final String name, final String load) throws Exception {
        final Workload workload = Workload.named(load);
        try (Peer peer = Peers.open(name, workload)) {
            final String result = new PeerRun(workload, peer).run(POINTS);
            assertTrue(result.endsWith(" right"), result);
        }
    }
}
