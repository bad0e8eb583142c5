package io.tollgate.bench;

/** The JVM flags that forks need: what Chronicle Map and Agrona open, and bounds checks off as in production. */
final class JvmFlags {
    static final String LANG = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    static final String REFLECT = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
    static final String NIO = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";
    static final String MISC = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";
    static final String NO_BOUNDS_CHECKS = "-Dagrona.disable.bounds.checks=true";

    private JvmFlags() {}
}
