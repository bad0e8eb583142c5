package io.tollgate.core.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads of an opening of a large directory come from the engine's factory. A stepped engine starts none. */
@Tag("ci")
class OpeningThreadsTest {
    /** Series of about 490 bytes each, more than the 64 MiB from which threads share the checksums. */
    private static final int SERIES = 150_000;

    @TempDir
    private Path directory;

    private final List<Thread> made = Collections.synchronizedList(new ArrayList<>());

    @Test
    void shouldTakeThreadsFromTheFactoryAndNoneIfStepped() {
        fill();
        TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED)).close();
        assertEquals(List.of(), made, "threads of a stepped engine");

        final List<Thread> ended;
        final int engineThreads;
        try (TollgateEngine engine = TollgateEngine.launch(context())) {
            ended = made.stream().filter(thread -> !thread.isAlive()).toList();
            engineThreads = made.size() - ended.size();
            assertEquals(SERIES, engine.admin().statistics().seriesCount());
        }
        assertEquals(Math.min(Runtime.getRuntime().availableProcessors(), 4) - 1, ended.size(), "beside the caller's");
        assertTrue(engineThreads > 0, "no thread of the engine is of the factory");
    }

    private EngineContext context() {
        return TestContext.of(ClockMode.EVENT).directory(directory).threadFactory(runnable -> {
            final Thread thread = new Thread(runnable);
            thread.setDaemon(true);
            made.add(thread);
            return thread;
        });
    }

    private void fill() {
        try (TollgateEngine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.EVENT, directory))) {
            for (int i = 0; i < SERIES; i++) {
                final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("opened.series." + i, Unit.COUNT, 0));
                while (engine.publisher().offer(series, i, 1) < 0) {
                    engine.step();
                }
            }
        }
    }
}
