package io.tollgate.bench.machine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A measurement in a separate JVM, which prints its result on one line. The rest of its output is shown only if that
 * line is missing.
 */
public final class ForkedRun {
    /** Prefix of the result line. */
    public static final String RESULT = "result: ";

    private ForkedRun() {}

    /**
     * Runs a class with the flags that engines need, and waits for it to end.
     *
     * @param main      the class.
     * @param flags     further flags of the JVM.
     * @param libraries class path in addition to that of this JVM; may be empty.
     * @param arguments of the class.
     * @return the text after {@value #RESULT}. It is empty if there is no such line; the output is then on standard
     *     error.
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
