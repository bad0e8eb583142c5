package io.tollgate.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The surviving mutants are exactly the listed ones, each with a reason. */
@Tag("mutation")
class SurvivingMutantsTest {
    private static final Path REPORTS = Path.of("target/pit-reports");
    private static final List<String> PACKAGES = List.of("number", "window");
    private static final Path LIST = Path.of("src/test/pit/survivors.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String INDENTATION = "    ";

    @Test
    void shouldBeTheOnesThatAreListed() throws Exception {
        final List<String> survivors = new ArrayList<>();
        for (final String name : PACKAGES) {
            addSurvivors(name, survivors);
        }
        survivors.sort(null);
        final List<String> listed = listed();
        final List<String> unlisted = without(survivors, listed);
        final List<String> stale = without(listed, survivors);
        assertEquals(List.of(), unlisted, "survived, expected a test that fails or a reason in " + LIST);
        assertEquals(List.of(), stale, "listed, but no longer there or noticed by a test: delete from " + LIST);
    }

    private static List<String> without(final List<String> some, final List<String> others) {
        final List<String> rest = new ArrayList<>(some);
        others.forEach(rest::remove);
        return rest;
    }

    /** Formats each surviving mutant as {@code Class.method | mutator | source line}, so that other lines may move. */
    private static void addSurvivors(final String name, final List<String> survivors) throws Exception {
        final NodeList mutants = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(REPORTS.resolve(name).resolve("mutations.xml").toFile())
                .getElementsByTagName("mutation");
        final int mutantCount = mutants.getLength();
        assertTrue(mutantCount > 500, () -> "package=" + name + " mutantCount=" + mutantCount);
        for (int i = 0; i < mutantCount; i++) {
            final Element mutant = (Element) mutants.item(i);
            if (mutant.getAttribute("detected").equals("false")) {
                survivors.add(describe(mutant));
            }
        }
    }

    private static String describe(final Element mutant) throws IOException {
        final String type = text(mutant, "mutatedClass");
        final String mutator = text(mutant, "mutator");
        final int line = Integer.parseInt(text(mutant, "lineNumber"));
        final Path source = SOURCES.resolve(
                        type.substring(0, type.lastIndexOf('.')).replace('.', '/'))
                .resolve(text(mutant, "sourceFile"));
        return String.join(
                " | ",
                type.substring(type.lastIndexOf('.') + 1) + "." + text(mutant, "mutatedMethod"),
                mutator.substring(mutator.lastIndexOf('.') + 1).replace("Mutator", ""),
                Files.readAllLines(source).get(line - 1).strip());
    }

    private static String text(final Element mutant, final String name) {
        return mutant.getElementsByTagName(name).item(0).getTextContent();
    }

    /** Returns the indented lines of the list. Each section gives a reason before them. */
    private static List<String> listed() throws IOException {
        final List<String> listed = new ArrayList<>();
        boolean isExplained = false;
        for (final String line : Files.readAllLines(LIST)) {
            if (line.startsWith(INDENTATION)) {
                assertTrue(isExplained, "mutant=" + line + ", expected a reason in front of it");
                listed.add(line.strip());
            } else if (line.startsWith("#")) {
                isExplained = false;
            } else {
                isExplained |= !line.isBlank();
            }
        }
        return listed;
    }
}
