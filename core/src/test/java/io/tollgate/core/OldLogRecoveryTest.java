package io.tollgate.core;

import static io.tollgate.core.Stretches.begin;
import static io.tollgate.core.Stretches.context;
import static io.tollgate.core.Stretches.define;
import static io.tollgate.core.Stretches.feed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recover makes of a directory whose old log is gone, and with it what says how to read the rest. */
class OldLogRecoveryTest {
    private static final int STRETCHES = 4;

    @TempDir
    private Path temporary;

    private Path data;

    @BeforeEach
    void nameDirectories() {
        data = temporary.resolve("data");
    }

    /** The first segment says what moves the clock. */
    @Test
    void shouldWriteNothingWhereNothingIsToBeRecovered() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(data, 1).clockMode(ClockMode.EVENT))) {
            for (int i = 0; i < STRETCHES; i++) {
                feed(engine, define(engine, "events"), i);
            }
        }
        assertTrue(begin(data, 0) > 1, "begin=" + begin(data, 0));
        final List<String> before = DirectoryCheck.of(data).shards();
        assertFalse(DirectoryRecovery.recover(context(data, 1)).isPromiseBroken());
        assertEquals(before, DirectoryCheck.of(data).shards());
    }
}
