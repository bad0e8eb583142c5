package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide lists all types by package; each page names the packages of its snippets, and only members that exist. */
final class GuideImportsTest {
    private static final Path GUIDE = Path.of("..", "core", "docs", "guide");
    private static final Path API = Path.of("..", "api", "src", "main", "java");
    private static final Pattern ROW = Pattern.compile("\\| `(io\\.tollgate\\.[\\w.]+)` \\| (.*) \\|");
    private static final Pattern EXPORT = Pattern.compile("exports ([\\w.]+);");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");
    private static final Pattern PACKAGE = Pattern.compile("`(io\\.tollgate\\.[\\w.]+)`");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("(?<![.\\w])[A-Z]\\w*");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern MEMBER = Pattern.compile("(?<![.\\w])([A-Z]\\w*)\\.([a-z]\\w*|[A-Z][A-Z_]+)\\b");
    private static final Pattern INLINE = Pattern.compile("`([^`\n]+)`");
    private static final String PACKAGES = "Packages of the snippets ([imports](imports.md)):";

    /** The package of each type that the guide lists. */
    private final Map<String, String> packages = new TreeMap<>();

    @BeforeEach
    void readTheList() throws IOException {
        final Matcher row = ROW.matcher(Files.readString(GUIDE.resolve("imports.md")));
        while (row.find()) {
            for (final MatchResult type : WORD.matcher(row.group(2)).results().toList()) {
                packages.put(type.group(1), row.group(1));
            }
        }
    }

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void shouldListAllTypesOfTheApiAndOnlyTypesThatExist() throws IOException, ClassNotFoundException {
        final Set<String> missing = new TreeSet<>();
        final Matcher export = EXPORT.matcher(Files.readString(API.resolve("module-info.java")));
        while (export.find()) {
            try (Stream<Path> files = Files.list(API.resolve(export.group(1).replace('.', '/')))) {
                for (final Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    final String name = file.getFileName().toString().replace(".java", "");
                    if (isPublic(export.group(1), name) && !export.group(1).equals(packages.get(name))) {
                        missing.add(export.group(1) + '.' + name);
                    }
                }
            }
        }
        assertEquals(Set.of(), missing);
        for (final Map.Entry<String, String> type : packages.entrySet()) {
            assertTrue(isPublic(type.getValue(), type.getKey()), type::toString);
        }
    }

    private static boolean isPublic(final String packageName, final String name) throws ClassNotFoundException {
        return !name.equals("package-info")
                && Modifier.isPublic(Class.forName(packageName + '.' + name).getModifiers());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldNameThePackagesOfTheSnippets(final Path page) throws IOException {
        final String text = Files.readString(page);
        final String code =
                JAVA.matcher(text).results().map(match -> match.group(1)).collect(Collectors.joining("\n"));
        final Set<String> used = TYPE.matcher(TEXT.matcher(code).replaceAll(""))
                .results()
                .map(type -> packages.get(type.group()))
                .filter(name -> name != null)
                .collect(Collectors.toCollection(TreeSet::new));
        final int line = text.indexOf(PACKAGES);
        final Set<String> named = PACKAGE.matcher(
                        line < 0 ? "" : text.substring(line).split("\n\n")[0])
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(code.contains("import ") ? Set.of() : used, named);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldNameMembersThatExist(final Path page) throws IOException, ClassNotFoundException {
        final String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
        final List<String> unknown = new ArrayList<>();
        for (final MatchResult inline : INLINE.matcher(text).results().toList()) {
            final Matcher member = MEMBER.matcher(inline.group(1));
            while (member.find()) {
                final String owner = packages.get(member.group(1));
                if (owner != null && !hasMember(Class.forName(owner + '.' + member.group(1)), member.group(2))) {
                    unknown.add(member.group());
                }
            }
        }
        assertEquals(List.of(), unknown);
    }

    private static boolean hasMember(final Class<?> type, final String name) {
        return name.equals("class")
                || Stream.<Member>concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getFields()))
                        .anyMatch(member -> member.getName().equals(name));
    }
}
