package io.tollgate.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code pom.xml} of a module.
 *
 * @param path the directory of the module, relative to the root of the project.
 * @param xml  the file.
 */
record ModulePom(String path, XmlFile xml) {
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    static ModulePom root() throws IOException {
        return of(".");
    }

    private static ModulePom of(final String path) throws IOException {
        return new ModulePom(path, new XmlFile(PROJECT.resolve(path).resolve("pom.xml")));
    }

    /** All modules but the root. */
    static List<ModulePom> modules() throws IOException {
        final List<ModulePom> modules = new ArrayList<>();
        for (final String path : root().xml.texts("/project/modules/module")) {
            modules.add(of(path));
        }
        return modules;
    }

    /** The modules that a release publishes. */
    static List<ModulePom> published() throws IOException {
        return modules().stream()
                .filter(module -> !module.property("maven.deploy.skip").equals("true"))
                .toList();
    }

    /** The published modules that have a jar. */
    static List<ModulePom> publishedJars() throws IOException {
        return published().stream()
                .filter(module -> !module.xml.text("/project/packaging").equals("pom"))
                .toList();
    }

    String artifactId() {
        return xml.text("/project/artifactId");
    }

    String property(final String name) {
        return xml.text("/project/properties/" + name);
    }

    @Override
    public String toString() {
        return path;
    }
}
