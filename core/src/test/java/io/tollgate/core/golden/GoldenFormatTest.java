package io.tollgate.core.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.series.Series;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.fixture.DefinitionAnswers;
import io.tollgate.core.fixture.PanelAnswers;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.report.OpeningReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The formats on disk do not change. Directories and images of each version so far give their answers, and this version
 * writes the bytes of the newest one. See {@link GoldenFiles} for a change on purpose.
 */
class GoldenFormatTest {
    private static final String CHANGED =
            ": other bytes than those of version %s, from offset %d; formats on disk are frozen, see CONTRIBUTING.md";

    @TempDir
    private static Path writing;

    private static WrittenToday today;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void write() throws IOException {
        today = WrittenToday.in(writing);
    }

    static Stream<GoldenFiles> versions() {
        return GoldenFiles.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldOpenAClosedDirectoryWithoutARebuild(final GoldenFiles golden) throws IOException {
        final Path points = golden.unpack(WrittenToday.POINTS, temporary.resolve("points"));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(points).state());
        requirePoints(golden, points, OpeningReport.Origin.CLOSED);
        DefinitionAnswers.require(golden.unpack(WrittenToday.DEFINITIONS, temporary.resolve("definitions")));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldReplayTheLogOfAKilledEngine(final GoldenFiles golden) throws IOException {
        final Path killed = golden.unpack(WrittenToday.KILLED_POINTS, temporary.resolve("killed"));
        requirePoints(golden, killed, OpeningReport.Origin.LOG);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldOpenACheckpointAndReplayTheLogAfterIt(final GoldenFiles golden) throws IOException {
        final Path killed = golden.unpack(WrittenToday.KILLED_PANELS, temporary.resolve("killed"));
        PanelAnswers.require(killed, OpeningReport.Origin.CHECKPOINT);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldReadAClosedDirectoryInAView(final GoldenFiles golden) throws IOException {
        final Path points = golden.unpack(WrittenToday.POINTS, temporary.resolve("points"));
        try (DirectoryView view = DirectoryView.open(points)) {
            requireAnswers(golden, PointAnswers.of(view::find, new TestReader(view.newReader())));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldLoadImages(final GoldenFiles golden) throws IOException {
        final Map<String, byte[]> images = golden.files(WrittenToday.IMAGES);
        try (Engine engine = TollgateEngine.launch(ExamplePoints.context())) {
            engine.images().loadAll(new ByteArrayInputStream(images.get(WrittenToday.ENGINE_IMAGE)));
            requireAnswers(golden, PointAnswers.of(engine.series()::find, new TestReader(engine.newReader())));
        }
        try (Engine engine = TollgateEngine.launch(ExamplePoints.context())) {
            final Series series = engine.images().load(images.get(WrittenToday.SERIES_IMAGE));
            assertEquals(ExamplePoints.imaged(engine).key(), series.key());
            assertArrayEquals(
                    images.get(WrittenToday.SERIES_IMAGE), engine.images().write(series));
        }
    }

    private static void requirePoints(final GoldenFiles golden, final Path directory, final OpeningReport.Origin origin)
            throws IOException {
        try (TollgateEngine engine = TollgateEngine.launch(ExamplePoints.context(directory))) {
            assertEquals(origin, engine.opening().orElseThrow().origin());
            requireAnswers(golden, PointAnswers.of(engine.series()::find, new TestReader(engine.newReader())));
        }
    }

    private static void requireAnswers(final GoldenFiles golden, final List<String> found) throws IOException {
        final List<String> expected = golden.answers();
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            final int line = i + 1;
            assertEquals(expected.get(i), found.get(i), () -> golden + " points.txt line " + line);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WrittenToday.DEFINITIONS,
                WrittenToday.KILLED_PANELS,
                WrittenToday.POINTS,
                WrittenToday.KILLED_POINTS,
                WrittenToday.IMAGES
            })
    void shouldWriteTheSameBytesAsTheNewestVersion(final String zip) throws IOException {
        final Map<String, byte[]> golden = WrittenToday.comparable(GoldenFiles.NEWEST.files(zip), new TreeSet<>());
        final Map<String, byte[]> written = WrittenToday.comparable(today.zips().get(zip), new TreeSet<>());
        assertEquals(golden.keySet(), written.keySet());
        golden.forEach((file, bytes) -> {
            final int offset = Arrays.mismatch(bytes, written.get(file));
            assertEquals(
                    -1, offset, () -> zip + '/' + file + String.format(CHANGED, GoldenFiles.NEWEST.name(), offset));
        });
    }

    /** No engine writes the others, except a loss, which a recovery records. */
    @Test
    void shouldHoldEachOperationOfALog() {
        final Set<Integer> expected = new TreeSet<>();
        for (int type = 1; type <= OperationDescriptor.LAST_TYPE; type++) {
            expected.add(type);
        }
        expected.removeAll(List.of(
                OperationDescriptor.BATCH_ABORT,
                OperationDescriptor.CHECKPOINT_MARK,
                OperationDescriptor.PAD,
                OperationDescriptor.LOSS));
        assertEquals(expected, WrittenToday.types(today.zips()));
    }

    /** Writes the golden files of a new version, see {@link GoldenFiles}. */
    @Test
    @EnabledIfSystemProperty(named = GoldenFiles.RECORD, matches = ".+")
    void recordsANewVersion() throws IOException {
        new GoldenFiles(System.getProperty(GoldenFiles.RECORD)).record(today.zips(), today.answers());
    }
}
