package io.tollgate.core;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM like that of the test: of the same JDK, with the packages opened to it, and compiling as that does. */
public final class TestJvm {
    private TestJvm() {}

    /**
     * The command that runs a class with what this JVM finds classes in.
     *
     * @param main  the class.
     * @param flags of that JVM, before what it has from this one.
     * @return the command, to which arguments can be added.
     */
    public static List<String> command(final Class<?> main, final String... flags) {
        return command(System.getProperty("java.class.path"), main, flags);
    }

    /**
     * The command that runs a class with what is found elsewhere.
     *
     * @param classPath where classes are.
     * @param main      the class.
     * @param flags     of that JVM, before what it has from this one.
     * @return the command, to which arguments can be added.
     */
    public static List<String> command(final String classPath, final Class<?> main, final String... flags) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", classPath, main.getName()));
        return command;
    }
}
