package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine opens no socket, makes no file outside its data directory, and loads no native library that it can do
 * without, in a JVM without the libraries of tests.
 */
class NoNetworkTest {
    private static final Pattern OF_NETWORK =
            Pattern.compile("java\\.net\\.(Inet|Inet4|Inet6|InetSocket)Address|java\\.net\\.(Datagram|Server)?Socket"
                    + "|java\\.net\\.NetworkInterface|java\\.net\\.http\\..*|sun\\.net\\.www\\.protocol\\.https?\\..*"
                    + "|sun\\.nio\\.ch\\.(Net|.*(Socket|Datagram)Channel.*)");

    @TempDir
    private Path temporary;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldOpenNoSocketAndNoFileElsewhere() throws IOException, InterruptedException {
        final String classes = run(new EngineContext().firstMapEntries());
        assertFalse(classes.contains("jnr.ffi."), "a native library is taken out of its jar where it need not be");
    }

    /** Maps of more than 16 MiB take their room by a call for which there is a native library. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldOpenNoSocketAndLeaveNoFileElsewhereWithLargeMaps() throws IOException, InterruptedException {
        final String classes = run(1 << 14);
        assertTrue(classes.contains("jnr.ffi."), "no map was large");
    }

    /** Runs a process that does all that can be done, and returns the classes that it has loaded. */
    private String run(final int firstMapEntries) throws IOException, InterruptedException {
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
        final Path classes = temporary.resolve("classes");
        command.addAll(List.of(
                "-Xlog:class+load:file=" + classes + ":none",
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary.resolve("tmp")),
                "-cp",
                classPath,
                NoNetworkTest.class.getName(),
                temporary.resolve("data").toString(),
                temporary.resolve("backup").toString(),
                Integer.toString(firstMapEntries)));
        final Path output = temporary.resolve("output");
        final Process process = new ProcessBuilder(command)
                .directory(Files.createDirectories(temporary.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(output));
        assertEquals(
                "sockets=[]", read(output).lines().reduce((first, last) -> last).orElse(""));
        // Not even tried: a connection that was refused, or is closed by now, would have needed these.
        assertEquals(
                List.of(),
                read(classes)
                        .lines()
                        .map(line -> line.replaceFirst(" .*", ""))
                        .filter(name -> OF_NETWORK.matcher(name).matches())
                        .toList());
        assertTrue(read(classes).contains(TollgateEngine.class.getName() + " "), "no classes are told");
        assertEquals(Set.of("home", "tmp", "work", "data", "backup", "output", "classes"), Set.copyOf(list(temporary)));
        for (final String empty : new String[] {"home", "work", "tmp"}) {
            assertEquals(List.of(), list(temporary.resolve(empty)), empty);
        }
        return read(classes);
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

    /** Does all that can be done with a directory, and prints the sockets that this process has open meanwhile. */
    public static void main(final String[] arguments) throws IOException {
        final EngineContext context = new EngineContext()
                .directory(Path.of(arguments[0]))
                .clockMode(ClockMode.EVENT)
                .firstMapEntries(Integer.parseInt(arguments[2]));
        final List<String> sockets = new ArrayList<>();
        try (Engine engine = TollgateEngine.launch(context)) {
            final var events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            engine.awaitDurable(engine.publisher().offer(events, 1, 1));
            engine.checkpoint();
            engine.backup(Path.of(arguments[1]));
            try (DirectoryView view = DirectoryView.open(Path.of(arguments[0]))) {
                if (PointCount.of(view.newReader(), view.find("events").orElseThrow()) != 1) {
                    throw new IllegalStateException("a view without the point");
                }
            }
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
        DirectoryCheck.of(Path.of(arguments[0]));
        DirectoryRecovery.recover(context);
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
