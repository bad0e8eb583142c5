package io.tollgate.core;

import io.tollgate.core.store.DirectoryLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A data directory as it was made one day, and the answers that it gave then. Those of every format that ever landed
 * stay readable; an archive is made once, for a new format or for what is new in one, and never changed.
 *
 * @param name of the archive and the answers among the resources.
 */
record GoldenArchive(String name) {
    /** The answers of the day it was made. */
    String answers() throws IOException {
        try (InputStream in = open(".csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void unpack(final Path directory) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(open(".zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                final Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
    }

    /** Makes the archive and the answers of a new name. */
    void make(final Path resources, final Path directory, final String answers) throws IOException {
        Files.writeString(resources.resolve(name + ".csv"), answers);
        make(resources, directory);
    }

    /** Makes the archive of a new name, whose answers are those of another one. */
    void make(final Path resources, final Path directory) throws IOException {
        try (OutputStream out = Files.newOutputStream(resources.resolve(name + ".zip"));
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(DirectoryLock.FILE_NAME))
                    .sorted()
                    .toList()) {
                final ZipEntry entry = new ZipEntry(directory.relativize(file).toString());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(Files.readAllBytes(file));
            }
        }
    }

    private InputStream open(final String ending) {
        return GoldenArchive.class.getResourceAsStream("/golden/" + name + ending);
    }
}
