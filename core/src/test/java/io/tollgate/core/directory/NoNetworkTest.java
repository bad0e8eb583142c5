package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestJvm;
import io.tollgate.core.report.OpeningReport;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine opens no socket, leaves no file outside its data directory, and loads no avoidable native library. The JVM
 * runs without the test libraries. The same holds for a backup, for a rebuild after a kill, and for a restore.
 */
class NoNetworkTest {
    private static final Pattern OF_NETWORK =
            Pattern.compile("java\\.net\\.(Inet|Inet4|Inet6|InetSocket)Address|java\\.net\\.(Datagram|Server)?Socket"
                    + "|java\\.net\\.NetworkInterface|java\\.net\\.http\\..*|sun\\.net\\.www\\.protocol\\.https?\\..*"
                    + "|sun\\.nio\\.ch\\.(Net|.*(Socket|Datagram)Channel.*)");

    private static final String LIBRARY = "com.kenai.jffi.";

    private static final int SERIES = 8;
    private static final String KEY = "events.";

    @TempDir
    private Path temporary;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldOpenNoSocketAndLeaveNoFileElsewhere() throws IOException, InterruptedException {
        final String classes = run(TestContext.plain().limits().firstMapEntries());
        assertFalse(classes.contains(LIBRARY), "an avoidable native library was unpacked");
    }

    /** Maps of more than 16 MiB are preallocated by a call for which a native library exists. */
    @Test
    @Tag("ci")
    @EnabledOnOs(OS.LINUX)
    void shouldOpenNoSocketAndLeaveNoFileElsewhereWithLargeMaps() throws IOException, InterruptedException {
        final String classes = run(1 << 14);
        assertTrue(classes.contains(LIBRARY), "no map was large");
        assertFalse(classes.contains("jnr.ffi."), "a class with all calls is generated, for the two that are made");
    }

    /** Runs a process with all operations, and returns its loaded classes. */
    private String run(final int firstMapEntries) throws IOException, InterruptedException {
        final Path home = Files.createDirectories(temporary.resolve("home"));
        final String classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(":"))
                .filter(entry -> !entry.matches(".*(junit|opentest4j|apiguardian|surefire|archunit)[^/]*\\.jar"))
                .collect(Collectors.joining(":"));
        final Path classes = temporary.resolve("classes");
        final List<String> command = TestJvm.command(
                classPath,
                NoNetworkTest.class,
                "-Xlog:class+load:file=" + classes + ":none",
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary.resolve("tmp")));
        command.addAll(List.of(temporary.toString(), Integer.toString(firstMapEntries)));
        final Path output = temporary.resolve("output");
        final Process process = new ProcessBuilder(command)
                .directory(Files.createDirectories(temporary.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(output));
        assertEquals(
                "sockets=[]", read(output).lines().reduce((first, last) -> last).orElse(""));
        // A refused or closed connection would also have loaded these classes.
        assertEquals(
                List.of(),
                read(classes)
                        .lines()
                        .map(line -> line.replaceFirst(" .*", ""))
                        .filter(name -> OF_NETWORK.matcher(name).matches())
                        .toList());
        assertTrue(read(classes).contains(TollgateEngine.class.getName() + " "), "no classes are listed");
        assertEquals(
                Set.of("home", "tmp", "work", "data", "backup", "killed", "restored", "output", "classes"),
                Set.copyOf(list(temporary)));
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

    /** Runs all operations on directories, and prints the sockets that this process has open meanwhile. */
    public static void main(final String[] arguments) throws IOException {
        final Path directory = Path.of(arguments[0]);
        final Path data = directory.resolve("data");
        final Path backup = directory.resolve("backup");
        final Path killed = directory.resolve("killed");
        final Path restored = directory.resolve("restored");
        final int firstMapEntries = Integer.parseInt(arguments[1]);
        final Set<String> sockets = new TreeSet<>();
        try (Engine engine = TollgateEngine.launch(context(data, firstMapEntries))) {
            offerToAll(engine, 1);
            engine.admin().checkpoint();
            engine.admin().backup(backup);
            try (DirectoryView view = DirectoryView.open(data)) {
                requirePoints(new TestReader(view.newReader()), view::find, 1);
            }
            addSockets(sockets);
        }
        // The engine is stepped, so its files stay the same during the copy, as after a kill.
        try (Engine engine =
                TollgateEngine.launch(context(data, firstMapEntries).threadingMode(ThreadingMode.STEPPED))) {
            offerToAll(engine, 2);
            new DamagedDirectory(data).copyTo(killed);
        }
        try (TollgateEngine engine = TollgateEngine.launch(context(killed, firstMapEntries))) {
            requireRebuilt(List.of(engine.opening().orElseThrow()));
            requirePoints(new TestReader(engine.newReader()), engine.series()::find, 2);
            addSockets(sockets);
        }
        DirectoryBackup.make(context(backup, firstMapEntries), restored);
        try (Engine engine = TollgateEngine.launch(context(restored, firstMapEntries))) {
            requirePoints(new TestReader(engine.newReader()), engine.series()::find, 1);
            addSockets(sockets);
        }
        DirectoryCheck.of(data);
        InPlaceRecovery.recover(context(data, firstMapEntries));
        System.out.println("sockets=" + sockets);
    }

    private static EngineContext context(final Path directory, final int firstMapEntries) {
        return TestContext.of(ClockMode.EVENT)
                .directory(directory)
                .limits(Limits.DEFAULT.withFirstMapEntries(firstMapEntries));
    }

    private static void offerToAll(final Engine engine, final long atNs) {
        for (int i = 0; i < SERIES; i++) {
            final var events = engine.defineFlow(SeriesDefinition.flow(KEY + i, Unit.COUNT, 0));
            engine.awaitDurable(engine.publisher().offer(events, atNs, 1));
        }
    }

    private static void requirePoints(
            final TestReader reader, final Function<String, Optional<Series>> finder, final long expected) {
        for (int i = 0; i < SERIES; i++) {
            final long found = PointCount.of(reader, finder.apply(KEY + i).orElseThrow());
            if (found != expected) {
                throw new IllegalStateException("series=" + KEY + i + " points=" + found + ", expected " + expected);
            }
        }
    }

    private static void requireRebuilt(final List<OpeningReport> openings) {
        final boolean isRebuilt = openings.stream()
                .allMatch(report -> report.origin() == OpeningReport.Origin.CHECKPOINT && report.readCount() > 0);
        if (openings.size() != 1 || !isRebuilt) {
            throw new IllegalStateException("openings=" + openings + ", expected one from checkpoint and log");
        }
    }

    private static void addSockets(final Set<String> sockets) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (final Path descriptor : descriptors) {
                final String target = target(descriptor);
                if (target.startsWith("socket:") && isOfNetwork(target.replaceAll("[^0-9]", ""))) {
                    sockets.add(target);
                }
            }
        }
    }

    /** Returns the target, empty if another thread has closed the descriptor since the listing. */
    private static String target(final Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (final NoSuchFileException e) {
            return "";
        }
    }

    /** Java closes channels through a pair of local sockets. Network sockets are in these tables. */
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
