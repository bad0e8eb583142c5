package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.BatchCounts;
import io.tollgate.api.admin.CheckpointCounts;
import io.tollgate.api.admin.EngineHealth;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.report.Footprint;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of operations explains each counter, and its sizes and modules are those of the code. */
final class GuideOperationsTest {
    private static final Path PAGE = Path.of("..", "core", "docs", "guide", "operations.md");
    private static final Path MODULES_TEST =
            Path.of("..", "core", "src", "test", "java", "io", "tollgate", "core", "store", "ModulesTest.java");
    private static final Pattern SIZES = Pattern.compile("\\| ([0-9,]+) \\| (\\d+) \\| ([0-9,]+) \\| ([0-9.]+) GB \\|");
    private static final Pattern CODE = Pattern.compile("`([\\w-]+)`");
    private static final Pattern MODULES = Pattern.compile("MODULES = \"([^\"]+)\"");

    private String page;

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(PAGE);
    }

    /** Returns all words in backticks of the cells of one table. */
    private Set<String> words(final String section) {
        return page.split("## " + section + "\n")[1]
                .split("\n## ")[0]
                .lines()
                .filter(line -> line.startsWith("|"))
                .flatMap(line -> CODE.matcher(line).results())
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void shouldExplainEachCounterAndStatistic(@TempDir final Path directory) {
        try (Engine engine = TollgateEngine.launch(new EngineContext().directory(directory))) {
            assertTrue(engine.health().isRunning());
        }
        final Stream<String> labels =
                DirectoryInspection.of(directory).counters().stream().map(DirectoryInspection.Counter::label);
        final Stream<String> names = Stream.of(EngineStatistics.class, BatchCounts.class, CheckpointCounts.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(RecordComponent::getName);
        assertEquals(new TreeSet<>(Stream.concat(labels, names).toList()), new TreeSet<>(words("Counters")));
    }

    @Test
    void shouldExplainEachFieldOfTheHealth() {
        assertEquals(
                Arrays.stream(EngineHealth.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet()),
                words("Health"));
    }

    @Test
    void shouldShowSizesByTheFormula() {
        final List<MatchResult> rows = SIZES.matcher(page).results().toList();
        assertEquals(8, rows.size());
        for (final MatchResult row : rows) {
            final long points = Long.parseLong(row.group(1).replace(",", ""));
            final double bytes = Footprint.bytesPerSeries(points, Integer.parseInt(row.group(2)));
            assertEquals(bytes, Long.parseLong(row.group(3).replace(",", "")), 0.51, row.group());
            assertEquals(bytes / 1_000, Double.parseDouble(row.group(4)), 0.051, row.group());
        }
    }

    @Test
    void shouldShowTheModulesThatAnImageIsTestedWith() throws IOException {
        final Matcher modules = MODULES.matcher(Files.readString(MODULES_TEST));
        assertTrue(modules.find());
        assertTrue(page.contains("jlink --add-modules=" + modules.group(1) + " "), modules.group(1));
    }
}
