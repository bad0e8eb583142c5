package io.tollgate.core.store;

import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A seal that fits the files of a store as they are now, whatever they were when the store was closed. */
public final class ForgedSeal {
    private ForgedSeal() {}

    /** Replaces the seal of a store, and returns its checksum. */
    public static int write(final Path store) throws IOException {
        final StoreSeal seal = StoreSeal.read(store).orElseThrow();
        final List<StoreFile> files = new ArrayList<>();
        for (final StoreFile found : seal.files()) {
            files.add(found.sealed(store));
        }
        return new StoreSeal(seal.appliedSequence(), seal.directoryId(), files).write(new SystemFileAccess(), store);
    }
}
