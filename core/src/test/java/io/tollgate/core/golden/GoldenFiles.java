package io.tollgate.core.golden;

import io.tollgate.core.fixture.DirectoryFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Files that some version of Tollgate wrote, in {@code src/test/resources/golden/NAME}. They are never written again:
 * each version must open those of all versions before it.
 *
 * <p>Files of a new format get a new name: {@code mvn test -pl core -am -Dtest=GoldenFormatTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dtollgate.golden.record=NAME} writes them. Then add the name to
 * {@link #ALL}, as the last one. CONTRIBUTING lists what else a change of a format takes.
 *
 * @param name of the version that wrote them.
 */
record GoldenFiles(String name) {
    /** All golden files, the oldest first. */
    static final List<GoldenFiles> ALL = List.of(new GoldenFiles("v1"));

    static final GoldenFiles NEWEST = ALL.get(ALL.size() - 1);

    /** The property with the name under which files are recorded. */
    static final String RECORD = "tollgate.golden.record";

    private static final Path RESOURCES = Path.of("src/test/resources/golden");
    private static final String ANSWERS = "points.txt";

    /** Returns the files of a zip by their names in it. */
    Map<String, byte[]> files(final String zip) throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(open(zip + ".zip"))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    /** Makes a directory of the files of a zip. */
    Path unpack(final String zip, final Path target) throws IOException {
        for (final Map.Entry<String, byte[]> file : files(zip).entrySet()) {
            final Path path = target.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return target;
    }

    /** Returns the answers of {@link ExamplePoints}. */
    List<String> answers() throws IOException {
        try (InputStream in = open(ANSWERS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private InputStream open(final String file) {
        return GoldenFiles.class.getResourceAsStream("/golden/" + name + '/' + file);
    }

    /**
     * Returns the files of a data directory that hold data. The store of a directory that was not closed is left out,
     * because an opening deletes it.
     */
    static Map<String, byte[]> filesOf(final Path directory) throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        final boolean isClosed = new DirectoryFiles(directory).isClosed();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.filter(Files::isRegularFile).toList()) {
                final String file = directory.relativize(path).toString();
                if (!file.equals("counters")
                        && !file.equals("engine.lock")
                        && (isClosed || !file.startsWith("store"))) {
                    files.put(file, Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    /** Writes files under a new name. A name that exists is refused. */
    void record(final Map<String, Map<String, byte[]>> zips, final List<String> answers) throws IOException {
        final Path directory = RESOURCES.resolve(name);
        Files.createDirectories(RESOURCES);
        Files.createDirectory(directory);
        for (final Map.Entry<String, Map<String, byte[]>> zip : zips.entrySet()) {
            write(directory.resolve(zip.getKey() + ".zip"), zip.getValue());
        }
        Files.write(directory.resolve(ANSWERS), answers);
    }

    private static void write(final Path zip, final Map<String, byte[]> files) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.setLevel(Deflater.BEST_COMPRESSION);
            for (final Map.Entry<String, byte[]> file : files.entrySet()) {
                final ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
                out.putNextEntry(entry);
                out.write(file.getValue());
                out.closeEntry();
            }
        }
    }
}
