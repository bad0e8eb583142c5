package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.fixture.ChildJvm;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine in a JVM of its own, without the module of the flight recorder, and with a recording from the start. */
class FlightRecorderTest {
    private static final String MODULES_WITHOUT =
            "java.logging,java.management,java.naming,jdk.compiler,jdk.unsupported";

    @TempDir
    private Path directory;

    /** Applies one point. */
    static final class Program {
        private Program() {}

        public static void main(final String[] arguments) {
            try (Engine engine = TollgateEngine.launch(TestContext.plain().directory(Path.of(arguments[0])))) {
                final FlowSeries series = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
                engine.awaitApplied(engine.publisher().offer(series, 1, 1));
                engine.admin().checkpoint();
                System.out.println(engine.admin().statistics().appliedCount());
                System.out.println(ModuleLayer.boot().findModule("jdk.jfr").isPresent());
            }
        }
    }

    private List<String> output(final String flag) throws IOException, InterruptedException {
        final List<String> flags = new ArrayList<>(TollgateEngine.requiredFlags());
        flags.add(flag);
        final String data = directory.resolve("data").toString();
        final ChildJvm.Result result = ChildJvm.run(directory, ChildJvm.builder(flags, Program.class, data));
        assertEquals(0, result.exitCode(), result::toString);
        assertEquals(List.of(), result.errors());
        return result.output();
    }

    @Test
    void shouldRunWithoutTheModuleOfTheFlightRecorder() throws IOException, InterruptedException {
        assertEquals(List.of("1", "false"), output("--limit-modules=" + MODULES_WITHOUT));
    }

    @Test
    void shouldRecordWithTheSettingsFileAsOnTheCommandLine() throws IOException, InterruptedException {
        final Path settings = Path.of("target/classes/tollgate.jfc").toAbsolutePath();
        final Path file = directory.resolve("app.jfr");
        final List<String> output =
                output("-XX:StartFlightRecording:settings=default,settings=" + settings + ",filename=" + file);
        assertTrue(output.containsAll(List.of("1", "true")), output::toString);
        final List<String> names = RecordingFile.readAllEvents(file).stream()
                .map(RecordedEvent::getEventType)
                .map(type -> type.getName())
                .toList();
        assertTrue(names.contains("io.tollgate.Opening"));
        assertTrue(names.contains("io.tollgate.Checkpoint"));
        assertTrue(names.contains("jdk.JVMInformation"));
    }
}
