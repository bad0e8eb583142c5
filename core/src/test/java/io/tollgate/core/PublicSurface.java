package io.tollgate.core;

import io.tollgate.api.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public types of the packages that the API exports. */
final class PublicSurface {
    private PublicSurface() {}

    static List<Class<?>> types() throws IOException, URISyntaxException, ClassNotFoundException {
        final Path root = Path.of(
                Engine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(root)) {
            return types(root);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + root.toUri()), Map.of())) {
            return types(jar.getPath("/"));
        }
    }

    private static List<Class<?>> types(final Path root) throws IOException, ClassNotFoundException {
        final Set<String> exported;
        try (InputStream descriptor = Files.newInputStream(root.resolve("module-info.class"))) {
            exported = ModuleDescriptor.read(descriptor).exports().stream()
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        }
        final List<String> names;
        try (Stream<Path> files = Files.walk(root)) {
            names = files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> file.replace(".class", "").replaceAll("[/\\\\]", "."))
                    .sorted()
                    .toList();
        }
        final List<Class<?>> types = new ArrayList<>();
        for (final String name : names) {
            final Class<?> type = Class.forName(name);
            if (exported.contains(type.getPackageName())
                    && Modifier.isPublic(type.getModifiers())
                    && isPublicAround(type)) {
                types.add(type);
            }
        }
        return types;
    }

    private static boolean isPublicAround(final Class<?> type) {
        final Class<?> around = type.getEnclosingClass();
        return around == null || Modifier.isPublic(around.getModifiers()) && isPublicAround(around);
    }
}
