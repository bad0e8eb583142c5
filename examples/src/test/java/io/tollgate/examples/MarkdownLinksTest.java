package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each link of a document to a file leads to a file, and to a heading if it names one. */
final class MarkdownLinksTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CODE = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static Stream<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldLeadToFilesAndHeadings(final Path document) throws IOException {
        LINK.matcher(text(document))
                .results()
                .filter(link -> !link.group(1).contains(":"))
                .forEach(link -> {
                    final Path target = link.group(1).isEmpty()
                            ? document
                            : document.resolveSibling(link.group(1)).normalize();
                    assertTrue(Files.exists(target), () -> document + " links to " + target + ", which does not exist");
                    if (link.group(2) != null && target.toString().endsWith(".md")) {
                        assertTrue(
                                anchors(target).contains(link.group(2)),
                                () -> document + " links to #" + link.group(2) + ", which " + target + " lacks");
                    }
                });
    }

    private static String text(final Path document) {
        try {
            return CODE.matcher(Files.readString(document)).replaceAll("");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The anchors that GitHub makes of headings. */
    private static Set<String> anchors(final Path document) {
        return HEADING.matcher(text(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .strip()
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
