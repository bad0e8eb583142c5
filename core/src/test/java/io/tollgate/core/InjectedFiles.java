package io.tollgate.core;

import io.tollgate.core.file.FileAccess;

/** Lets tests of other packages inject faults into the files of an engine. */
public final class InjectedFiles {
    private InjectedFiles() {}

    public static EngineContext inject(final EngineContext context, final FileAccess files) {
        return context.fileAccess(files);
    }
}
