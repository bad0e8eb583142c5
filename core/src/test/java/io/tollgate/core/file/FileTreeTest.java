package io.tollgate.core.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    private Path temporary;

    private final List<Path> made = new ArrayList<>();
    private final List<Path> forced = new ArrayList<>();
    private final SystemFileAccess system = new SystemFileAccess();
    private final FileAccess files = (FileAccess) Proxy.newProxyInstance(
            FileAccess.class.getClassLoader(), new Class<?>[] {FileAccess.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "createPublicDirectory" -> made.add((Path) arguments[0]);
                    case "forceDirectory" -> forced.add((Path) arguments[0]);
                    default -> {
                        // Not needed in this test.
                    }
                }
                return method.invoke(system, arguments);
            });

    @Test
    void shouldForceTheNameOfEachDirectoryThatItMakesAndOfTheOneThatWasThere() throws IOException {
        final Path deeper = temporary.resolve("a/b");
        FileTree.make(files, deeper);
        assertTrue(Files.isDirectory(deeper));
        assertEquals(List.of(temporary.resolve("a"), deeper), made);
        final Path above = temporary.toRealPath().getParent();
        assertEquals(List.of(above, temporary, temporary.resolve("a")), forced);
        FileTree.make(files, deeper);
        assertEquals(2, made.size(), "it was there");
        assertEquals(temporary.toRealPath().resolve("a"), forced.get(3));
        assertEquals(4, forced.size());
    }

    @Test
    void shouldRestrictTheLastDirectoryAloneToItsOwner() throws IOException {
        final Path umask = Files.createDirectory(temporary.resolve("umask"));
        final Path deeper = temporary.resolve("a/b/c");
        FileTree.makeRestricted(files, deeper);
        assertEquals(temporary.resolve("a/b"), forced.get(forced.size() - 1));
        assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(deeper));
        for (final Path above : List.of(deeper.getParent(), temporary.resolve("a"))) {
            assertEquals(Files.getPosixFilePermissions(umask), Files.getPosixFilePermissions(above));
            FileTree.makeRestricted(files, above);
            assertEquals(Files.getPosixFilePermissions(umask), Files.getPosixFilePermissions(above), "it was there");
        }
    }

    @Test
    void shouldRefuseToMakeADirectoryIfAFileHasTheName() throws IOException {
        final Path file = Files.writeString(temporary.resolve("file"), "no directory");
        assertThrows(FileAlreadyExistsException.class, () -> FileTree.make(system, file));
    }

    @Test
    void shouldDeleteLinksAndNotTheirTargets() throws IOException {
        final Path kept = Files.createDirectories(temporary.resolve("kept"));
        final Path file = Files.writeString(kept.resolve("file"), "kept");
        final Path deleted = temporary.resolve("deleted");
        FileTree.make(files, deleted.resolve("deeper"));
        Files.createSymbolicLink(deleted.resolve("deeper/link"), kept);
        FileTree.delete(files, deleted);
        assertFalse(Files.exists(deleted));
        assertTrue(Files.exists(file));
        FileTree.delete(files, deleted);
    }

    @Test
    void shouldNameTheTargetOfAPath() throws IOException {
        final Path real = Files.createDirectory(temporary.toRealPath().resolve("real"));
        final Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("real"));
        final Path ahead = Files.createSymbolicLink(real.resolve("ahead"), Path.of("new"));
        assertEquals(real, FileTree.realPath(link));
        for (final Path path : List.of(
                real.resolve("new"),
                link.resolve("new"),
                ahead,
                link.resolve("ahead"),
                link.resolve("../real/new"),
                temporary.resolve("missing/../link/ahead"))) {
            assertEquals(real.resolve("new"), FileTree.realPath(path), path::toString);
        }
        assertEquals(real.resolve("new/below"), FileTree.realPath(ahead.resolve("below")));
        assertEquals(temporary.toRealPath().resolve("new"), FileTree.realPath(link.resolve("../new")));
    }

    /** The link has no end, and the walk must not follow it for ever. */
    @Test
    void shouldComeToAnEndOfLinksThatLeadBack() throws IOException {
        final Path one = temporary.resolve("one");
        final Path other = Files.createSymbolicLink(temporary.resolve("other"), Path.of("one/deeper"));
        Files.createSymbolicLink(one, Path.of("other/deeper"));
        for (final Path path : List.of(one, other, one.resolve("below"))) {
            assertTrue(FileTree.realPath(path).startsWith(temporary.toRealPath()), path::toString);
        }
    }
}
