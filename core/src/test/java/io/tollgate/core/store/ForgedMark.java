package io.tollgate.core.store;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The mark of a clean close that says of the files of a store what they are now, whatever they were when it closed. */
public final class ForgedMark {
    private ForgedMark() {}

    /** Puts it in the place of the mark in the directory of a store. */
    public static void write(final Path store) throws IOException {
        final Path file = store.resolve(StoreDirectory.CLEAN_FILE);
        final CleanMark mark = CleanMark.read(file).orElseThrow();
        final List<StoreFile> files = new ArrayList<>();
        for (final StoreFile found : mark.files()) {
            files.add(found.sealed(store));
        }
        Files.delete(file);
        new CleanMark(mark.appliedSequence(), mark.bootId(), mark.directoryId(), files)
                .write(new SystemFileAccess(), file);
    }
}
