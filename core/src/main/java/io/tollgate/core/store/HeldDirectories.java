package io.tollgate.core.store;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The directories whose locks this JVM holds, whichever class loader loaded the class that took them: system properties
 * tell all of them. Whoever asks or changes it holds {@link #MONITOR}.
 */
final class HeldDirectories {
    /** One object for all class loaders. */
    static final Object MONITOR = HeldDirectories.class.getName().intern();

    /** A child that is given the properties of its parent is not to take them for its own. */
    private static final String KEY =
            "io.tollgate.held." + ProcessHandle.current().pid() + ".";

    /**
     * Ends what this class says, of the moment at which it was loaded: properties that were saved and set again may say
     * it of a lock given up since.
     */
    private static final String MARK = " " + new UUID(System.currentTimeMillis(), System.nanoTime());

    private static final Map<Path, String> OWNERS = new HashMap<>();

    private HeldDirectories() {}

    /** Returns the owner that was named for a directory, or null where this JVM does not hold its lock. */
    static String owner(final Path directory) {
        final String said = System.getProperty(KEY + directory);
        return said == null || said.endsWith(MARK)
                ? OWNERS.get(directory)
                : said.substring(0, said.length() - MARK.length());
    }

    static void add(final Path directory, final String owner) {
        OWNERS.put(directory, owner);
        System.setProperty(KEY + directory, owner + MARK);
    }

    static void remove(final Path directory) {
        OWNERS.remove(directory);
        System.clearProperty(KEY + directory);
    }
}
