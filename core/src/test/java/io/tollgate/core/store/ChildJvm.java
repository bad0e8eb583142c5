package io.tollgate.core.store;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM as a user would start it: this class path without the libraries of tests, and no flags but those given. */
final class ChildJvm {
    private ChildJvm() {}

    record Result(int exitCode, List<String> output, List<String> errors) {}

    static ProcessBuilder builder(final List<String> flags, final Class<?> main, final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(junit|opentest4j|apiguardian|surefire|archunit|slf4j-nop).*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Result run(final Path scratch, final ProcessBuilder builder) throws IOException, InterruptedException {
        final Path output = Files.createTempFile(scratch, "child", ".out");
        final Path errors = Files.createTempFile(scratch, "child", ".err");
        final Process process = builder.redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        final int exitCode = process.waitFor();
        return new Result(
                exitCode,
                Files.readAllLines(output, StandardCharsets.UTF_8),
                Files.readAllLines(errors, StandardCharsets.UTF_8));
    }
}
