package io.tollgate.core.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.core.fixture.TestJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process with a private mount. If mounting is not permitted, the test is skipped. */
public final class MountedProcess {
    /** The property that requires mounting: a failed mount then fails the test. */
    private static final String EXPECTED = "tollgate.test.mountExpected";

    private static final int MAX_SECONDS = 300;

    private final Path directory;
    private final Path output;
    private final String mount;

    /**
     * Prepares a process without mounting anything.
     *
     * @param directory the mount point.
     * @param output    output of the process.
     * @param mount     shell commands; {@code $0} is the directory.
     */
    public MountedProcess(final Path directory, final Path output, final String mount) {
        this.directory = directory;
        this.output = output;
        this.mount = mount;
    }

    /** Runs the main method of a class with the directory as its first argument, and requires exit code 0. */
    public void run(final Class<?> main, final String... arguments) throws InterruptedException {
        final boolean isPermitted = exitCodeOf(shell(mount)) == 0;
        assertTrue(isPermitted || !Boolean.getBoolean(EXPECTED), () -> "not mounted: " + output());
        assumeTrue(isPermitted, "not permitted");
        final List<String> command = shell(mount + " && exec \"$@\"");
        command.addAll(TestJvm.command(main));
        command.add(directory.toString());
        command.addAll(List.of(arguments));
        assertEquals(0, exitCodeOf(command), this::output);
    }

    private List<String> shell(final String script) {
        return new ArrayList<>(List.of("unshare", "-Urm", "sh", "-c", script, directory.toString()));
    }

    private int exitCodeOf(final List<String> command) throws InterruptedException {
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return process.waitFor(MAX_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : kill(process);
        } catch (final IOException e) {
            // The command does not exist.
            return -1;
        }
    }

    private static int kill(final Process process) {
        process.destroyForcibly();
        return -1;
    }

    private String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
