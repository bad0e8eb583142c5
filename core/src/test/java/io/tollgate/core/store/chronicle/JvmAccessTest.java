package io.tollgate.core.store.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.ChildJvm;
import io.tollgate.core.store.StoreProbe;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmAccessTest {
    @TempDir
    private Path directory;

    private ChildJvm.Result probe(final List<String> flags) throws IOException, InterruptedException {
        final Path data = Files.createDirectories(directory.resolve("data"));
        return ChildJvm.run(directory, ChildJvm.builder(flags, StoreProbe.class, data.toString()));
    }

    @Test
    void shouldRefuseAClosedJvmWithTheLineThatOpensIt() throws IOException, InterruptedException {
        final Path home = Files.createDirectory(directory.resolve("home"));
        final ChildJvm.Result refused = probe(List.of());
        assertNotEquals(0, refused.exitCode());
        assertTrue(
                refused.errors().get(0).contains("found packages of java.base closed, expected them open"),
                refused.toString());
        final String line = refused.errors().stream()
                .filter(text -> text.startsWith("--add-opens"))
                .collect(Collectors.joining());
        assertEquals(String.join(" ", JvmFlags.required()), line);

        final List<String> flags = new ArrayList<>(List.of(line.split(" ")));
        flags.add("-Duser.home=" + home);
        final ChildJvm.Result opened = probe(flags);
        assertEquals(0, opened.exitCode(), opened.toString());
        assertEquals(List.of(), opened.errors(), "chatter");
        final List<String> expected = List.of("42", "background~resource~releaser,main");
        assertEquals(expected, opened.output(), "the answer, and the threads: one of Chronicle's, none of analytics");
        try (var files = Files.list(home)) {
            assertEquals(List.of(), files.toList(), "files in the home directory");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang", "java.lang.reflect", "sun.nio.ch", "jdk.internal.misc"})
    void shouldRefuseAJvmThatIsStillClosedInOnePackage(final String packageName)
            throws IOException, InterruptedException {
        final List<String> flags = new ArrayList<>(JvmFlags.required());
        assertTrue(flags.remove("--add-opens=java.base/" + packageName + "=ALL-UNNAMED"), flags.toString());
        final ChildJvm.Result refused = probe(flags);
        assertNotEquals(0, refused.exitCode());
        assertTrue(refused.errors().contains(String.join(" ", JvmFlags.required())), refused.toString());
    }

    @Test
    void shouldRefuseAnotherVersionOfChronicleMap() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("map.version"), "2026.2\n");
        final ProcessBuilder builder = ChildJvm.builder(
                JvmFlags.required(),
                StoreProbe.class,
                Files.createDirectories(directory.resolve("data")).toString());
        final int classPath = builder.command().indexOf("-cp") + 1;
        builder.command()
                .set(
                        classPath,
                        directory + File.pathSeparator + builder.command().get(classPath));
        final ChildJvm.Result refused = ChildJvm.run(directory, builder);
        assertNotEquals(0, refused.exitCode());
        final String message = refused.errors().get(0);
        assertTrue(message.contains("found version 2026.2, expected chronicle-map 2026.1"), refused.toString());
        assertTrue(message.contains("put these on the class path"), refused.toString());
    }

    @Test
    void shouldNameTheModulesToAddToAJvmThatIsLimited() throws IOException, InterruptedException {
        final List<String> flags = new ArrayList<>(JvmFlags.required());
        flags.addAll(List.of(
                "--limit-modules", "java.management,java.logging,java.security.sasl,java.compiler,jdk.unsupported"));
        final ChildJvm.Result refused = probe(flags);
        assertNotEquals(0, refused.exitCode());
        final String line = refused.errors().get(1);
        assertTrue(line.contains(" --add-modules=java.naming,jdk.compiler"), refused.toString());
        flags.addAll(List.of(line.split(" ")));
        final ChildJvm.Result opened = probe(flags);
        assertEquals(0, opened.exitCode(), opened.toString());
    }
}
