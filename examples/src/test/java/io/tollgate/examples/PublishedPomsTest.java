package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published modules have all that a central repository asks for, and the BOM lists them. */
final class PublishedPomsTest {
    private static Stream<ModulePom> modules() throws IOException {
        return ModulePom.modules().stream();
    }

    private static Stream<ModulePom> publishedJars() throws IOException {
        return ModulePom.publishedJars().stream();
    }

    @Test
    void shouldListEveryPublishedJarInTheBom() throws IOException {
        final ModulePom bom = ModulePom.published().stream()
                .filter(module -> module.artifactId().equals("tollgate-bom"))
                .findFirst()
                .orElseThrow();
        final String managed = "/project/dependencyManagement/dependencies/dependency/";
        final Set<String> published = publishedJars().map(ModulePom::artifactId).collect(Collectors.toSet());
        assertTrue(published.containsAll(List.of("tollgate-api", "tollgate-core")), published::toString);
        assertEquals(new TreeSet<>(published), new TreeSet<>(bom.xml().texts(managed + "artifactId")));
        assertEquals(Set.of("io.tollgate"), Set.copyOf(bom.xml().texts(managed + "groupId")));
        assertEquals(Set.of("${project.version}"), Set.copyOf(bom.xml().texts(managed + "version")));
    }

    /** The modules inherit these from the root. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url"
            })
    void shouldHaveTheMetadataOfACentralRepository(final String element) throws IOException {
        assertNotEquals("", ModulePom.root().xml().text("/project/" + element));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldHaveANameAndADescription(final ModulePom module) {
        assertNotEquals("", module.xml().text("/project/name"));
        assertNotEquals("", module.xml().text("/project/description"));
    }

    @ParameterizedTest
    @MethodSource("publishedJars")
    void shouldHaveSourcesAndJavadoc(final ModulePom module) {
        final List<String> plugins = module.xml().texts("/project/build/plugins/plugin/artifactId");
        assertTrue(plugins.containsAll(List.of("maven-source-plugin", "maven-javadoc-plugin")), plugins::toString);
    }

    /** The plugin that publishes to a central repository has a property of its own. */
    @ParameterizedTest
    @MethodSource("modules")
    void shouldPublishEverywhereOrNowhere(final ModulePom module) {
        assertEquals(module.property("maven.deploy.skip"), module.property("skipPublishing"));
    }

    @Test
    void shouldNotPublishPrograms() throws IOException {
        final List<String> published =
                ModulePom.published().stream().map(ModulePom::path).toList();
        assertFalse(published.contains("bench"), published::toString);
        assertFalse(published.contains("examples"), published::toString);
    }
}
