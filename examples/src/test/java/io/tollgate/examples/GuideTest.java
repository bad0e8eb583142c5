package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Publisher;
import io.tollgate.api.TollgateException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Status;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide shows code and output of the small programs as they are. {@link SmallProgramsTest} runs the programs. */
final class GuideTest {
    private static final Path GUIDE = Path.of("..", "core", "docs", "guide");
    private static final Pattern PROGRAM_OR_BLOCK = Pattern.compile(
            "\\[(\\w+)\\.java\\]\\([^)]*/examples/\\w+\\.java\\)|```(java|text)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldShowProgramsWordForWord(final Path page) throws IOException {
        final Map<String, List<String>> outputs = SmallProgramsTest.programs()
                .collect(Collectors.toMap(SmallProgramsTest.Program::name, SmallProgramsTest.Program::output));
        final Matcher matcher = PROGRAM_OR_BLOCK.matcher(Files.readString(page));
        String program = "";
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                program = matcher.group(1);
                continue;
            }
            assertTrue(outputs.containsKey(program), page + " shows a block before it names a program");
            final List<String> shown = stripped(matcher.group(3));
            if (matcher.group(2).equals("text")) {
                assertEquals(outputs.get(program), shown, "output of " + program);
            } else {
                final List<String> source = stripped(Files.readString(SmallProgramsTest.source(program)));
                assertNotEquals(-1, Collections.indexOfSubList(source, shown), program + " lacks the lines " + shown);
            }
        }
    }

    private static List<String> stripped(final String text) {
        return text.lines().map(String::strip).toList();
    }

    @Test
    void shouldNameTheVersionOfTheBuild() throws IOException {
        assertEquals(firstVersion(Path.of("..", "pom.xml")), firstVersion(GUIDE.resolve("first-program.md")));
    }

    @Test
    void shouldGiveARemedyForEachRefusal() throws IOException, IllegalAccessException {
        final String page = Files.readString(GUIDE.resolve("refusals.md"));
        for (final RefusalReason reason : RefusalReason.values()) {
            assertTrue(page.contains("\n| " + reason + " | "), reason::name);
        }
        for (final Field constant : Publisher.class.getFields()) {
            if (constant.getLong(null) < 0 && !constant.getName().equals("NO_REFERENCE")) {
                assertTrue(page.contains("\n| " + constant.getName() + " | "), constant::getName);
            }
        }
        for (final Class<?> exception : TollgateException.class.getPermittedSubclasses()) {
            assertTrue(page.contains("\n| `" + exception.getSimpleName() + "` | "), exception::getSimpleName);
        }
    }

    @Test
    void shouldExplainEachStatusAndPolicy() throws IOException {
        final String windows = Files.readString(GUIDE.resolve("windows-and-metrics.md"));
        for (final Status status : Status.values()) {
            assertTrue(windows.contains("\n| " + status + " | "), status::name);
        }
        final String series = Files.readString(GUIDE.resolve("series.md"));
        for (final DuplicatePolicy policy : DuplicatePolicy.values()) {
            assertTrue(series.contains("\n| " + policy + " | "), policy::name);
        }
        final String time = Files.readString(GUIDE.resolve("time.md"));
        for (final ClockMode mode : ClockMode.values()) {
            assertTrue(time.contains("\n| " + mode + " "), mode::name);
        }
    }

    private static String firstVersion(final Path file) throws IOException {
        return VERSION.matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }
}
