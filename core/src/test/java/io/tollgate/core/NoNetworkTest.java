package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An engine opens no socket, and makes no file outside its data directory, in a JVM without the libraries of tests. */
class NoNetworkTest {
    @TempDir
    private Path temporary;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldOpenNoSocketAndNoFileElsewhere() throws IOException, InterruptedException {
        final Path home = Files.createDirectories(temporary.resolve("home"));
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String opened : new String[] {"java.lang", "java.lang.reflect", "sun.nio.ch", "jdk.internal.misc"}) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        final String classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(":"))
                .filter(entry -> !entry.matches(".*(junit|opentest4j|apiguardian|surefire|archunit)[^/]*\\.jar"))
                .collect(Collectors.joining(":"));
        command.addAll(List.of(
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary.resolve("tmp")),
                "-cp",
                classPath,
                NoNetworkTest.class.getName(),
                temporary.resolve("data").toString()));
        final Path output = temporary.resolve("output");
        final Process process = new ProcessBuilder(command)
                .directory(Files.createDirectories(temporary.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(output));
        assertEquals(
                "sockets=[]", read(output).lines().reduce((first, last) -> last).orElse(""));
        for (final String empty : new String[] {"home", "work", "tmp"}) {
            assertEquals(List.of(), list(temporary.resolve(empty)), empty);
        }
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> list(final Path directory) throws IOException {
        final List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
        return names;
    }

    /** Works an engine, and prints the sockets that this process has open meanwhile. */
    public static void main(final String[] arguments) throws IOException {
        final EngineContext context =
                new EngineContext().directory(Path.of(arguments[0])).clockMode(ClockMode.EVENT);
        final List<String> sockets = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(context)) {
            final var events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            engine.awaitDurable(engine.publisher().offer(events, 1, 1));
            try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
                for (final Path descriptor : descriptors) {
                    final String target = Files.isSymbolicLink(descriptor)
                            ? Files.readSymbolicLink(descriptor).toString()
                            : "";
                    if (target.startsWith("socket:") && isOfNetwork(target.replaceAll("[^0-9]", ""))) {
                        sockets.add(target);
                    }
                }
            }
        }
        System.out.println("sockets=" + sockets);
    }

    /** Java closes channels through a pair of sockets of its own; those of the network stand in these tables. */
    private static boolean isOfNetwork(final String inode) throws IOException {
        for (final String table : new String[] {"tcp", "tcp6", "udp", "udp6", "raw", "raw6"}) {
            final Path file = Path.of("/proc/self/net", table);
            if (Files.exists(file) && Files.readString(file).matches("(?s).*\\s" + inode + "\\s.*")) {
                return true;
            }
        }
        return false;
    }
}
