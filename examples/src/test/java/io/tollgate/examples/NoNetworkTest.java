package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.TollgateEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs and their libraries load no class that could open a socket or resolve a host name. */
class NoNetworkTest {
    /** Picocli refers to InetAddress and NetworkInterface as types of options, but does not use them. */
    private static final Pattern OF_NETWORK =
            Pattern.compile("java\\.net\\.(Inet|Inet4|Inet6)AddressImpl|java\\.net\\.Inet[46]Address"
                    + "|java\\.net\\.(Datagram|Server)?Socket|java\\.net\\.http\\..*"
                    + "|sun\\.net\\.www\\.protocol\\.https?\\..*|sun\\.nio\\.ch\\.(Net|.*(Socket|Datagram)Channel.*)");

    @TempDir
    private Path directory;

    @Test
    void shouldLoadNothingOfANetwork() throws Exception {
        final Path points =
                Files.writeString(directory.resolve("points.csv"), "series,time,value\na,2025-01-01T00:00Z,1\n");
        final Path data = directory.resolve("data");
        final Path backup = directory.resolve("backup");
        final List<String> loaded = new ArrayList<>(classesOf("impact", "--out", directory.resolve("impact")));
        loaded.addAll(classesOf(
                "replay", "--in", points, "--kind", "STEP", "--windows", "30d", "--metrics", "mean", "--dir", data));
        loaded.addAll(classesOf("backup", data, backup));
        loaded.addAll(classesOf("verify", backup));
        assertTrue(loaded.contains(TollgateEngine.class.getName()), "no classes are told");
        assertEquals(
                List.of(),
                loaded.stream()
                        .filter(name -> OF_NETWORK.matcher(name).matches())
                        .toList());
    }

    /** The classes loaded by a program that succeeds in a separate JVM. */
    private List<String> classesOf(final Object... arguments) throws IOException, InterruptedException {
        final Path classes = directory.resolve("classes");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of("-Xlog:class+load:file=" + classes + ":none", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), Tollgate.class.getName()));
        for (final Object argument : arguments) {
            command.add(argument.toString());
        }
        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(output));
        return read(classes).lines().map(line -> line.replaceFirst(" .*", "")).toList();
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
