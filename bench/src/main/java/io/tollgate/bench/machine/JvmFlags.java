package io.tollgate.bench.machine;

import java.util.List;

/** JVM flags for forks: the packages that Chronicle Map and Agrona open, and Agrona's bounds checks off. */
public final class JvmFlags {
    /** Opens {@code java.lang}. */
    public static final String LANG = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /** Opens {@code java.lang.reflect}. */
    public static final String REFLECT = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";

    /** Opens {@code sun.nio.ch}. */
    public static final String NIO = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

    /** Opens {@code jdk.internal.misc}. */
    public static final String MISC = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

    /** Turns off Agrona's bounds checks, which are on by default. */
    public static final String NO_BOUNDS_CHECKS = "-Dagrona.disable.bounds.checks=true";

    /** Enough for the deques of the wide workload; all forks use the same. */
    public static final String HEAP = "-Xmx6g";

    private JvmFlags() {}

    /**
     * Returns all flags, for a JVM started by hand.
     *
     * @return the flags.
     */
    public static List<String> all() {
        return List.of(LANG, REFLECT, NIO, MISC, NO_BOUNDS_CHECKS, HEAP);
    }
}
