package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tollgate.api.Engine;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that its user does not trust, and a store whose header has an unknown clock mode. */
class ForgedStoreTest {
    private static final int LANES = 4;
    private static final int OPERATIONS = 600;

    @TempDir
    private Path temporary;

    @BeforeEach
    void make() {
        try (Engine engine = TollgateEngine.launch(context(temporary.resolve("whole")))) {
            final Lanes lanes = new Lanes(engine, LANES);
            lanes.feedAll(0, OPERATIONS);
            engine.updates()
                    .subscribe(Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
        }
    }

    /** A user who does not trust a store deletes it, because the log has all operations. */
    @Test
    void shouldMakeAStoreOfTheLogAlone() throws IOException {
        final Path directory = temporary.resolve("whole");
        for (final Path file : new DirectoryFiles(directory).storeFiles()) {
            Files.delete(file);
        }
        final RecoveryReport report = InPlaceRecovery.recover(context(directory));
        assertFalse(report.isPromiseBroken(), () -> "" + report.lines());
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            Lanes.requireNumbers(engine, LANES, OPERATIONS, "found");
            Lanes.requireSame(engine, LANES, "made of the log");
        }
    }

    private static EngineContext context(final Path directory) {
        return Lanes.stepped(directory).errorHandler(error -> {});
    }
}
