package io.tollgate.core.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The state of the pages of mapped files, according to the operating system. Only Linux reports it. */
public final class FilePages {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");

    private FilePages() {}

    /** {@return true if the operating system reports the state of pages} */
    static boolean areReported() {
        return Files.exists(MAPPINGS);
    }

    /** {@return bytes of a file, or of all files below a directory, that are resident in this process} */
    public static long residentBytes(final Path path) throws IOException {
        return bytes(path, "Rss:");
    }

    /** {@return bytes of a file, or of all files below a directory, that are in memory and not yet on disk} */
    static long dirtyBytes(final Path path) throws IOException {
        return bytes(path, "_Dirty:");
    }

    private static long bytes(final Path path, final String fieldEnd) throws IOException {
        final Path mapped = path.toRealPath();
        long kibibytes = 0;
        boolean isOfPath = false;
        for (final String line : Files.readAllLines(MAPPINGS)) {
            final String[] words = line.split("\\s+", 6);
            if (!words[0].endsWith(":")) {
                isOfPath = words.length == 6 && Path.of(words[5]).startsWith(mapped);
            } else if (isOfPath && words[0].endsWith(fieldEnd)) {
                kibibytes += Long.parseLong(words[1]);
            }
        }
        return kibibytes * 1_024;
    }
}
