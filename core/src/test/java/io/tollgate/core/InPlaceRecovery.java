package io.tollgate.core;

import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recovers a directory and puts the recovered one in its place, as an operator does. */
public final class InPlaceRecovery {
    private InPlaceRecovery() {}

    /** Recovers the directory of a context; if that is refused, the directory stays as it was. */
    public static RecoveryReport recover(final EngineContext context) {
        final Path directory = context.directory().orElseThrow();
        final Path recovered = directory.resolveSibling(directory.getFileName() + ".recovered");
        try {
            final RecoveryReport report = DirectoryRecovery.recover(context, recovered);
            FileTree.delete(new SystemFileAccess(), directory);
            Files.move(recovered, directory);
            return report;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
