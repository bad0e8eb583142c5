package io.tollgate.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The references between types of the modules, from their sources. Sources show constants that the compiler inlines. A
 * sealed type and its permitted types count as one.
 */
final class SourceGraph {
    private static final String ROOT = "io.tollgate.";
    private static final List<String> MODULES = List.of("api", "core", "core/data", "core/duckdb", "examples", "bench");
    private static final Pattern NO_CODE = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])*+'|//[^\n]*+|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern IMPORT =
            Pattern.compile("^import (static )?(io\\.tollgate\\.[\\w.]+);", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z]\\w*+");
    private static final Pattern QUALIFIED = Pattern.compile("\\bio\\.tollgate\\.[\\w.]+");
    private static final Pattern NESTED = Pattern.compile("\\b(?:class|interface|enum|record) (\\w+)");
    private static final Pattern PERMITS = Pattern.compile("\\bpermits ([\\w., \n]+)\\{");

    private final Map<String, Set<String>> uses = new TreeMap<>();
    private final Map<String, String> families = new HashMap<>();

    /** Reads the main sources of all modules below a directory. */
    static SourceGraph read(final Path root) throws IOException {
        final Map<String, String> sources = new TreeMap<>();
        for (final String module : MODULES) {
            final Path directory = root.resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.find(directory, 20, (path, found) -> isType(path))) {
                for (final Path file : files.toList()) {
                    final String code = codeOf(file);
                    final Matcher found = PACKAGE.matcher(code);
                    if (found.find()) {
                        sources.put(found.group(1) + '.' + nameOf(file), code);
                    }
                }
            }
        }
        return new SourceGraph(sources);
    }

    /** Returns a source without its comments and string literals. */
    static String codeOf(final Path file) throws IOException {
        return NO_CODE.matcher(Files.readString(file)).replaceAll(" ");
    }

    private static boolean isType(final Path file) {
        return file.toString().endsWith(".java") && !file.endsWith("package-info.java");
    }

    private static String nameOf(final Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private SourceGraph(final Map<String, String> sources) {
        final Map<String, Set<String>> byPackage =
                sources.keySet().stream().collect(Collectors.groupingBy(SourceGraph::packageOf, Collectors.toSet()));
        sources.forEach((type, code) -> {
            uses.put(type, usedBy(type, code, sources.keySet(), byPackage));
            PERMITS.matcher(code)
                    .results()
                    .forEach(permitted -> NAME.matcher(permitted.group(1))
                            .results()
                            .forEach(name -> families.put(packageOf(type) + '.' + name.group(), type)));
        });
    }

    private static Set<String> usedBy(
            final String type, final String code, final Set<String> all, final Map<String, Set<String>> byPackage) {
        final Set<String> used = new TreeSet<>();
        final Set<String> hidden = new TreeSet<>();
        final String body = IMPORT.matcher(code).replaceAll("").replaceFirst("package [\\w.]+;", "");
        final Set<String> names =
                NAME.matcher(body).results().map(name -> name.group()).collect(Collectors.toSet());
        IMPORT.matcher(code).results().forEach(imported -> {
            final String name = simpleName(imported.group(2));
            if (imported.group(1) != null) {
                used.add(outermost(imported.group(2), all));
            } else {
                hidden.add(name);
                if (names.contains(name)) {
                    used.add(outermost(imported.group(2), all));
                }
            }
        });
        NESTED.matcher(body).results().forEach(nested -> hidden.add(nested.group(1)));
        byPackage.get(packageOf(type)).stream()
                .filter(other -> names.contains(simpleName(other)) && !hidden.contains(simpleName(other)))
                .forEach(used::add);
        QUALIFIED.matcher(body).results().forEach(found -> used.add(outermost(found.group(), all)));
        used.removeIf(other -> other.equals(type) || !all.contains(other));
        return used;
    }

    /** Returns the outermost type at the start of a qualified name, else the name itself. */
    private static String outermost(final String qualified, final Set<String> all) {
        String name = qualified;
        while (!all.contains(name) && name.length() > ROOT.length()) {
            name = packageOf(name);
        }
        return all.contains(name) ? name : qualified;
    }

    private static String simpleName(final String qualified) {
        return qualified.substring(qualified.lastIndexOf('.') + 1);
    }

    private static String packageOf(final String qualified) {
        return qualified.substring(0, qualified.lastIndexOf('.'));
    }

    /** Returns the number of types of each package, without the prefix {@code io.tollgate}. */
    Map<String, Long> sizes() {
        return uses.keySet().stream()
                .collect(Collectors.groupingBy(type -> shortPackage(type), TreeMap::new, Collectors.counting()));
    }

    private static String shortPackage(final String type) {
        return packageOf(type).substring(ROOT.length());
    }

    Map<String, Set<String>> packages() {
        final Map<String, Set<String>> packages = new TreeMap<>();
        uses.forEach((type, used) -> {
            final Set<String> others = packages.computeIfAbsent(shortPackage(type), name -> new TreeSet<>());
            used.stream().map(SourceGraph::shortPackage).forEach(others::add);
            others.remove(shortPackage(type));
        });
        return packages;
    }

    /** Returns the cycles of packages. */
    List<Set<String>> cyclesOfPackages() {
        return cycles(packages(), 1);
    }

    /** Returns the cycles inside packages that have more than so many types. */
    List<Set<String>> cyclesOfTypes(final int most) {
        final Map<String, Set<String>> families = new TreeMap<>();
        uses.forEach((type, used) -> {
            final Set<String> others = families.computeIfAbsent(familyOf(type), name -> new TreeSet<>());
            used.stream().map(this::familyOf).forEach(others::add);
            others.remove(familyOf(type));
        });
        return cycles(families, most);
    }

    private String familyOf(final String type) {
        final String parent = families.get(type);
        return parent == null || parent.equals(type) ? type : familyOf(parent);
    }

    /** Returns the types of the selected packages with the types that they use. */
    List<String> usesOf(final Predicate<String> from, final Predicate<String> to) {
        final List<String> found = new ArrayList<>();
        uses.forEach((type, used) -> {
            if (from.test(shortPackage(type))) {
                used.stream()
                        .filter(other -> to.test(shortPackage(other)))
                        .forEach(other -> found.add(type + " -> " + other));
            }
        });
        return found;
    }

    private static List<Set<String>> cycles(final Map<String, Set<String>> graph, final int most) {
        return new Components(graph)
                .found.stream().filter(component -> component.size() > most).toList();
    }

    /** Tarjan's strongly connected components. */
    private static final class Components {
        private final Map<String, Set<String>> graph;
        private final Map<String, Integer> index = new HashMap<>();
        private final Map<String, Integer> low = new HashMap<>();
        private final Deque<String> stack = new ArrayDeque<>();
        private final Collection<Set<String>> found = new ArrayList<>();

        Components(final Map<String, Set<String>> graph) {
            this.graph = graph;
            graph.keySet().stream().filter(node -> !index.containsKey(node)).forEach(this::visit);
        }

        private void visit(final String node) {
            final int number = index.size();
            index.put(node, number);
            low.put(node, number);
            stack.push(node);
            for (final String next : graph.getOrDefault(node, Set.of())) {
                if (!index.containsKey(next)) {
                    visit(next);
                    low.merge(node, low.get(next), Math::min);
                } else if (stack.contains(next)) {
                    low.merge(node, index.get(next), Math::min);
                }
            }
            if (low.get(node) == number) {
                final Set<String> component = new TreeSet<>();
                do {
                    component.add(stack.pop());
                } while (!component.contains(node));
                found.add(component);
            }
        }
    }
}
