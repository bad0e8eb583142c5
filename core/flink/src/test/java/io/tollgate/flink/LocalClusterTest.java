package io.tollgate.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {
    @TempDir
    private Path directory;

    @Test
    void shouldRunAJob() throws Exception {
        final Collected<Long> out = new Collected<>();
        try (LocalCluster cluster = new LocalCluster()) {
            final StreamExecutionEnvironment environment = LocalCluster.environment(2, "rocksdb", directory);
            environment.fromSequence(1, 100).sinkTo(out);
            cluster.run(environment);
        }
        assertEquals(5_050, out.elements().stream().mapToLong(Long::longValue).sum());
    }
}
