package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final int MOST_LINES = 180;
    private static final Path README = Path.of("..", "README.md");
    private static final Path SOURCE = Path.of("src/main/java/io/tollgate/examples/FirstSteps.java");

    /** Without org.slf4j, which is a library. */
    private static final Pattern MODULES = Pattern.compile("--add-modules=(\\S+),org\\.slf4j");

    private static final Pattern MODULES_OF_IMAGE = Pattern.compile("--add-modules (\\S+)");

    @Test
    void shouldShowTheFirstExampleWordForWord() throws IOException {
        final String source = Files.readString(SOURCE);
        final String example = source.substring(
                        source.indexOf("// readme:begin\n") + "// readme:begin\n".length(),
                        source.indexOf("        // readme:end"))
                .lines()
                .map(line -> line.replaceFirst("^ {8}", ""))
                .collect(Collectors.joining("\n", "```java\n", "\n```\n"));
        assertTrue(Files.readString(README).contains(example), "README.md lacks the example:\n" + example);
    }

    @Test
    void shouldPrintWhatTheReadmePromises() throws IOException {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream standardOut = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            FirstSteps.main(new String[0]);
        } finally {
            System.setOut(standardOut);
        }
        final String line = printed.toString(StandardCharsets.UTF_8).strip();
        assertEquals("94.65562386156648 OK", line);
        assertTrue(Files.readString(README).contains("prints `" + line + "`"), line);
    }

    @Test
    void shouldNameTheVersionOfTheBuild() throws IOException {
        final String version = ModulePom.root().xml().text("/project/version");
        assertTrue(Files.readString(README).contains("<version>" + version + "</version>"), version);
    }

    @Test
    void shouldNameNoModuleThatTheImageLacks() throws IOException {
        final Matcher modules = MODULES.matcher(Files.readString(README));
        assertTrue(modules.find());
        final List<String> image = List.of(MODULES_OF_IMAGE
                .matcher(Files.readString(Path.of("Dockerfile")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .split(","));
        for (final String module : modules.group(1).split(",")) {
            assertTrue(image.contains(module), module + " is not in " + image);
        }
    }

    @Test
    void shouldBeShort() throws IOException {
        final int lines = Files.readAllLines(README).size();
        assertTrue(lines <= MOST_LINES, "README.md has " + lines + " lines, expected at most " + MOST_LINES);
    }
}
