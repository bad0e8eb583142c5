package io.tollgate.examples.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.SeriesKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryDirectoryTest {
    @Test
    void shouldBeGoneWithAllInItWhenItIsClosed() throws IOException {
        final Path path;
        try (TemporaryDirectory directory = new TemporaryDirectory()) {
            path = directory.path();
            Files.createDirectories(path.resolve("log"));
            Files.writeString(path.resolve("log/1"), "points");
            assertTrue(Files.isDirectory(path));
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void shouldHoldTheDataOfAnEngineOnAThreadOfItsOwn() {
        final Workload workload = Workload.named("W1:2");
        final PointBatch batch = new PointBatch(workload.roundLength());
        new PointStream(workload).next(batch);
        try (WorkloadEngine engine = new WorkloadEngine(workload, SeriesKind.FLOW, Durability.NONE, false)) {
            engine.offer(batch);
            engine.apply();
            assertEquals(2, engine.engine().admin().statistics().appliedCount());
        }
    }

    /** Writes to such a directory endlessly. */
    public static final class Writer {
        private Writer() {}

        public static void main(final String[] arguments) throws IOException {
            final TemporaryDirectory directory = new TemporaryDirectory();
            final Path deep =
                    Files.createDirectories(directory.path().resolve("some").resolve("where"));
            System.out.println(directory.path());
            for (int i = 0; ; i++) {
                Files.writeString(deep.resolve("file" + i % 1_000), "written");
            }
        }
    }

    /** Ctrl-C and a stopped service end a process this way. */
    @Test
    void shouldLeaveNothingWhereTheProcessIsAskedToEnd(@TempDir final Path above) throws Exception {
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + above,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader()) {
            final Path made = Path.of(out.readLine());
            assertEquals(above, made.getParent());
            process.destroy();
            assertEquals(128 + 15, process.waitFor());
            assertTrue(Files.notExists(made));
        } finally {
            process.destroyForcibly();
        }
    }
}
