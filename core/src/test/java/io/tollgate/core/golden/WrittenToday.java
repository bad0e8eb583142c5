package io.tollgate.core.golden;

import io.tollgate.api.Engine;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.ExampleDefinitions;
import io.tollgate.core.fixture.ExamplePanels;
import io.tollgate.core.log.LogBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Data directories and images that this version writes, from the operations of the golden files.
 *
 * @param zips    files by zip and name.
 * @param answers of the engine that wrote the points.
 */
record WrittenToday(Map<String, Map<String, byte[]>> zips, List<String> answers) {
    /** A closed directory with {@link ExampleDefinitions}. */
    static final String DEFINITIONS = "definitions";

    /** The directory of an engine with {@link ExamplePanels} that was killed after a checkpoint. */
    static final String KILLED_PANELS = "panels-killed";

    /** A closed directory with {@link ExamplePoints}, and one of an engine that was killed before any checkpoint. */
    static final String POINTS = "points";

    static final String KILLED_POINTS = "points-killed";

    /** The images of {@link ExamplePoints}: that of the engine, and that of a series. */
    static final String IMAGES = "images";

    static final String ENGINE_IMAGE = "engine";
    static final String SERIES_IMAGE = "series";

    private static final int PAGE_LENGTH = 4_096;

    /** Writes all of it below a directory. */
    static WrittenToday in(final Path directory) throws IOException {
        final Map<String, Map<String, byte[]>> zips = new TreeMap<>();
        ExampleDefinitions.fill(directory.resolve(DEFINITIONS));
        zips.put(DEFINITIONS, GoldenFiles.filesOf(directory.resolve(DEFINITIONS)));
        final Path panels = directory.resolve("panels");
        try (ExamplePanels.Filled filled = ExamplePanels.fill(panels)) {
            zips.put(KILLED_PANELS, killed(panels, filled.engine()));
        }
        final List<String> answers;
        final Path points = directory.resolve(POINTS);
        try (Engine engine = TollgateEngine.launch(ExamplePoints.context(points))) {
            ExamplePoints.fill(engine);
            answers = PointAnswers.of(engine.series()::find, new TestReader(engine.newReader()));
            zips.put(IMAGES, images(engine));
            zips.put(KILLED_POINTS, killed(points, engine));
        }
        zips.put(POINTS, GoldenFiles.filesOf(points));
        return new WrittenToday(zips, answers);
    }

    /** Returns the files of an engine as a kill leaves them. */
    private static Map<String, byte[]> killed(final Path directory, final Engine engine) throws IOException {
        engine.step();
        final Path copy = directory.resolveSibling(directory.getFileName() + "-killed");
        new DamagedDirectory(directory).copyTo(copy);
        return GoldenFiles.filesOf(copy);
    }

    private static Map<String, byte[]> images(final Engine engine) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        engine.images().writeAll(all);
        return Map.of(
                ENGINE_IMAGE, all.toByteArray(), SERIES_IMAGE, engine.images().write(ExamplePoints.imaged(engine)));
    }

    /**
     * Returns files without the bytes that each directory has of its own: its identity, its place, the boot, numbers of
     * batches, and checksums over them. Adds the types of all operations to a set.
     */
    static Map<String, byte[]> comparable(final Map<String, byte[]> files, final Set<Integer> types) {
        final Map<String, byte[]> comparable = new TreeMap<>();
        final LogBytes log = new LogBytes(types);
        new TreeMap<>(files).forEach((name, written) -> {
            final byte[] bytes = written.clone();
            if (name.endsWith(".seg")) {
                log.clear(bytes);
            } else if (name.equals("manifest")) {
                for (int page = 0; page < 2; page++) {
                    // The checksum, identity and place, the checksum of the seal, the boot: see ManifestFile.
                    clear(bytes, page * PAGE_LENGTH + 12, 4);
                    clear(bytes, page * PAGE_LENGTH + 24, 24);
                    clear(bytes, page * PAGE_LENGTH + 88, 4);
                    clear(bytes, page * PAGE_LENGTH + 96, 40);
                }
            } else if (name.endsWith("seal")) {
                // The checksum and the identity: see StoreSeal.
                clear(bytes, 12, 4);
                clear(bytes, 24, 8);
            }
            comparable.put(name, bytes);
        });
        return comparable;
    }

    static Set<Integer> types(final Map<String, Map<String, byte[]>> zips) {
        final Set<Integer> types = new TreeSet<>();
        zips.values().forEach(files -> comparable(files, types));
        return types;
    }

    private static void clear(final byte[] bytes, final int offset, final int length) {
        Arrays.fill(bytes, offset, offset + length, (byte) 0);
    }
}
