package io.tollgate.bench.machine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something measured in a JVM of its own, which prints one line with its result. What else it prints is of interest
 * where it has none.
 */
public final class ForkedRun {
    /** What that line begins with. */
    public static final String RESULT = "result: ";

    private ForkedRun() {}

    /**
     * Runs a class, with the flags that engines need, and waits for it.
     *
     * @param main      the class.
     * @param flags     further flags of the JVM.
     * @param libraries class path beside that of this JVM; may be empty.
     * @param arguments of the class.
     * @return what stands behind {@value #RESULT}; empty if there is no such line: then all that it printed is on
     *     standard error.
     * @throws IOException          if the JVM cannot be started.
     * @throws InterruptedException if this thread is interrupted.
     */
    public static Optional<String> result(
            final Class<?> main, final List<String> flags, final String libraries, final List<String> arguments)
            throws IOException, InterruptedException {
        final String classPath = System.getProperty("java.class.path");
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                libraries.isEmpty() ? classPath : classPath + File.pathSeparator + libraries));
        command.addAll(JvmFlags.all());
        command.addAll(flags);
        command.add(main.getName());
        command.addAll(arguments);
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        final Optional<String> result = output.lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> line.substring(RESULT.length()))
                .findFirst();
        if (result.isEmpty()) {
            System.err.print(output);
        }
        return result;
    }
}
