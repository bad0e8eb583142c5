package io.tollgate.examples.messages;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryBackup;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryRecovery;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.file.FileSeal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The exceptions of data directories: in use, missing, damaged, of another version. */
final class DirectoryMessages {
    private static final long NOON = Instants.parse("2025-04-09T12:00:00Z");
    private static final int MANIFEST_PAGE_LENGTH = 4_096;
    private static final int OTHER_VERSION = 99;

    private DirectoryMessages() {}

    static void addTo(final MessageTable table, final Path temporary) throws IOException {
        table.section("Data directories");
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2));
            engine.publisher().apply(rate, NOON, 8_400);
            table.thrown("directory in use", () -> launch(data));
            copy(data, temporary.resolve("killed"));
        }
        missing(table, temporary);
        targets(table, temporary, data);
        damaged(table, temporary, data);
        killed(table, temporary);
    }

    private static EngineContext context(final Path directory) {
        return OfferMessages.stepped(ClockMode.MANUAL).directory(directory).logSegmentLength(1 << 16);
    }

    private static void launch(final Path directory) {
        TollgateEngine.launch(context(directory)).close();
    }

    private static void missing(final MessageTable table, final Path temporary) throws IOException {
        final Path file = Files.writeString(temporary.resolve("file"), "text");
        final Path empty = Files.createDirectory(temporary.resolve("empty"));
        final Path none = temporary.resolve("none");
        table.thrown("launch with a file", () -> launch(file));
        table.thrown("view of a file", () -> DirectoryView.open(file));
        table.thrown("view of no directory", () -> DirectoryView.open(none));
        table.thrown("view of an empty directory", () -> DirectoryView.open(empty));
        table.thrown("check of no directory", () -> DirectoryCheck.of(none));
        table.thrown("backup of no directory", () -> DirectoryBackup.make(context(none), temporary.resolve("b")));
        table.thrown(
                "recovery of no directory", () -> DirectoryRecovery.recover(context(none), temporary.resolve("r")));
        table.thrown(
                "recovery in memory", () -> DirectoryRecovery.recover(new EngineContext(), temporary.resolve("r")));
    }

    private static void targets(final MessageTable table, final Path temporary, final Path data) {
        table.thrown("backup into the directory", () -> DirectoryBackup.make(context(data), data.resolve("backup")));
        table.thrown("backup onto a file", () -> DirectoryBackup.make(context(data), temporary.resolve("file")));
        table.thrown(
                "recovery onto a directory that is not empty",
                () -> DirectoryRecovery.recover(context(data), temporary.resolve("killed")));
    }

    private static void damaged(final MessageTable table, final Path temporary, final Path data) throws IOException {
        final Path manifest = copy(data, temporary.resolve("manifest-damaged")).resolve("manifest");
        Files.write(manifest, new byte[(int) Files.size(manifest)]);
        table.thrown("manifest overwritten", () -> launch(manifest.getParent()));
        final Path lost = copy(data, temporary.resolve("manifest-lost"));
        Files.delete(lost.resolve("manifest"));
        table.thrown("manifest deleted", () -> launch(lost));
        final Path store = copy(data, temporary.resolve("store-damaged"));
        flip(files(store.resolve("store"))
                .filter(file -> file.endsWith("header"))
                .findFirst()
                .orElseThrow());
        table.thrown("byte of the store changed", () -> launch(store));
        table.thrown("view of a changed store", () -> DirectoryView.open(store).close());
        final Path log = copy(data, temporary.resolve("log-lost"));
        for (final Path segment : files(log.resolve("log")).toList()) {
            Files.delete(segment);
        }
        table.thrown("log deleted", () -> launch(log));
        final Path other = copy(data, temporary.resolve("other-version"));
        putVersion(other.resolve("manifest"));
        table.thrown("directory of another version", () -> launch(other));
        table.thrown("check of another version", () -> DirectoryCheck.of(other));
        final Path linked = copy(data, temporary.resolve("linked"));
        Files.delete(linked.resolve("manifest"));
        Files.createSymbolicLink(linked.resolve("manifest"), data.resolve("manifest"));
        table.thrown("symbolic link in the directory", () -> launch(linked));
    }

    private static void killed(final MessageTable table, final Path temporary) throws IOException {
        final Path killed = temporary.resolve("killed");
        table.thrown(
                "view of a copy of an open directory",
                () -> DirectoryView.open(killed).close());
        final Path log = copy(killed, temporary.resolve("log-damaged"));
        flip(files(log.resolve("log")).sorted().findFirst().orElseThrow());
        table.thrown("byte of the log changed", () -> launch(log));
    }

    private static Stream<Path> files(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }

    /** Changes a byte after the header of a file. */
    private static void flip(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
    }

    private static void putVersion(final Path manifest) throws IOException {
        final byte[] bytes = Files.readAllBytes(manifest);
        for (final int start : List.of(0, MANIFEST_PAGE_LENGTH)) {
            final byte[] page = Arrays.copyOfRange(bytes, start, start + MANIFEST_PAGE_LENGTH);
            final long magic =
                    ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
            FileSeal.seal(page, magic, OTHER_VERSION);
            System.arraycopy(page, 0, bytes, start, page.length);
        }
        Files.write(manifest, bytes);
    }

    private static Path copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (final Path path : all.toList()) {
                final Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return to;
    }
}
