package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the owner may list a data directory and read its files, unless the group may read. */
@DisabledOnOs(OS.WINDOWS)
class DirectoryPermissionsTest {
    private static final String OTHERS_MAY_READ = "rwxr-xr-x";

    @TempDir
    private Path temporary;

    private Path directory;

    /** The permissions of a directory without restrictions. */
    private String unrestricted;

    @BeforeEach
    void nameDirectory() throws IOException {
        directory = temporary.resolve("data");
        unrestricted = permissions(Files.createDirectory(temporary.resolve("unrestricted")));
    }

    @Test
    void shouldLetOnlyTheOwnerReadFilesWithData() throws IOException {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            makeAll(engine, temporary.resolve("backup"));
            requireOwnerOnly(directory);
        }
        requireOwnerOnly(directory);
        requireOwnerOnly(temporary.resolve("backup"));
        final Path segment = new DirectoryFiles(directory).segment(0);
        FileDamage.flip(segment, FileDamage.usedLength(segment) * 2 / 3, 1);
        InPlaceRecovery.recover(context(directory));
        requireOwnerOnly(directory);
    }

    /** The process has another umask than this one. */
    @ParameterizedTest
    @CsvSource({
        "000, false, rwxrwxrwx, rwx------, rw-------",
        "077, false, rwx------, rwx------, rw-------",
        "000, true, rwxrwxrwx, rwxr-x---, rw-r-----",
        "027, true, rwxr-x---, rwxr-x---, rw-r-----",
        "077, true, rwx------, rwx------, rw-------"
    })
    void shouldMakeNothingWiderThanTheUmask(
            final String umask,
            final boolean groupMayRead,
            final String above,
            final String ofDirectories,
            final String ofFiles)
            throws IOException, InterruptedException {
        directory = temporary.resolve("above/data");
        final Path backup = temporary.resolve("backup");
        assertEquals(0, runUnder(umask, directory, backup, groupMayRead));
        assertEquals(above, permissions(directory.getParent()));
        requireAll(directory, ofDirectories, ofFiles);
        requireAll(backup, ofDirectories, ofFiles);
    }

    /** Makes both directories in another process. */
    private static int runUnder(final String umask, final Path directory, final Path backup, final boolean groupMayRead)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("sh", "-c", "umask \"$0\" && exec \"$@\"", umask));
        command.addAll(TestJvm.command(DirectoryPermissionsTest.class));
        command.addAll(List.of(directory.toString(), backup.toString(), Boolean.toString(groupMayRead)));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** Runs in the other process. */
    public static void main(final String... arguments) {
        final EngineContext context = context(Path.of(arguments[0])).groupMayRead(Boolean.parseBoolean(arguments[2]));
        try (Engine engine = TollgateEngine.launch(context)) {
            makeAll(engine, Path.of(arguments[1]));
        }
    }

    static void makeAll(final Engine engine, final Path backup) {
        offerSome(engine);
        engine.updates()
                .subscribe(
                        Subscription.of("all", "*").withMetrics(WatchedMetric.of(Window.slidingNs(40), Metric.COUNT)),
                        QueueOptions.DEFAULT);
        engine.admin().checkpoint();
        engine.admin().backup(backup);
    }

    /** The parent directories contain only the name of the data directory. */
    @Test
    void shouldRestrictNoDirectoryAboveItsOwn() throws IOException {
        final Path data = temporary.resolve("of-data/data");
        final Path backup = temporary.resolve("of-backup/backup");
        final Path restored = temporary.resolve("of-restored/restored");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            offerSome(engine);
            engine.admin().backup(backup);
        }
        DirectoryBackup.make(context(backup), restored);
        for (final Path made : List.of(data, backup, restored)) {
            requireOwnerOnly(made);
            assertEquals(unrestricted, permissions(made.getParent()), made::toString);
        }
    }

    @Test
    void shouldLeaveADirectoryThatIsThereAsItsOwnerHasMadeIt() throws IOException {
        final Path backup = temporary.resolve("backup");
        for (final Path made : List.of(directory, backup)) {
            Files.createDirectory(made);
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(OTHERS_MAY_READ));
        }
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            offerSome(engine);
            engine.admin().backup(backup);
        }
        for (final Path made : List.of(directory, backup)) {
            assertEquals(OTHERS_MAY_READ, permissions(made), made::toString);
            requireOwnerOnly(made.resolve("store"));
        }
    }

    static void requireOwnerOnly(final Path directory) throws IOException {
        requireAll(directory, "rwx------", "rw-------");
    }

    static void requireAll(final Path directory, final String ofDirectories, final String ofFiles) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.toList()) {
                assertEquals(Files.isDirectory(path) ? ofDirectories : ofFiles, permissions(path), path::toString);
            }
        }
    }

    static String permissions(final Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void offerSome(final Engine engine) {
        final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
        for (int i = 0; i < 5; i++) {
            engine.awaitApplied(engine.publisher().offer(events, i, 1));
        }
    }

    static EngineContext context(final Path directory) {
        return TestContext.stepped(ClockMode.MANUAL, directory).logSegmentLength(1 << 16);
    }
}
