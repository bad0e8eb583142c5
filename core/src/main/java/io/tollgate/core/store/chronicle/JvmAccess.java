package io.tollgate.core.store.chronicle;

import java.io.File;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.core.OS;

/**
 * Checks that the JVM meets the requirements of the store, before the first class of Chronicle runs. Otherwise
 * Chronicle would fail with an internal error that names neither the cause nor the remedy.
 *
 * <p>Any thread may call it.
 */
public final class JvmAccess {
    /** A separate class, so that loggers are used only after the module java.logging was found. */
    private static final class Loggers {
        /** A strong reference, because a garbage-collected logger loses its level. */
        private static final Logger CLEANER =
                Logger.getLogger("net.openhft.chronicle.core.internal.cleaner.ReflectionBasedByteBufferCleanerService");

        private static void quieten() {
            CLEANER.setLevel(Level.OFF);
        }
    }

    private static boolean isLoaded;

    private JvmAccess() {}

    /**
     * Checks the modules and the flags of this JVM. Then turns off side activities of Chronicle: reports to an
     * analytics host, announcements, and warnings about itself. The first call checks the version of Chronicle Map.
     *
     * @throws io.tollgate.api.MissingModulesException if the Java runtime lacks modules
     * @throws IllegalStateException if a flag is missing, with the line of flags to pass to the JVM; or if Chronicle
     *     Map has another version
     */
    public static void requireOpen() {
        JvmFlags.require();
        quieten();
        load();
        PosixCalls.install();
    }

    /**
     * Checks the version of Chronicle, and loads it with our system calls installed. Only the first call does this.
     * Chronicle's class {@link OS} creates a directory "target" in the directory for temporary files, unless such a
     * directory exists above the working directory. The new directory is not used, so it is deleted immediately.
     */
    private static synchronized void load() {
        if (isLoaded) {
            return;
        }
        ChronicleVersion.require();
        final File made = new File(System.getProperty("java.io.tmpdir"), "target");
        final boolean wasThere = made.exists();
        PosixCalls.install();
        OS.getTarget();
        if (!wasThere && made.isDirectory()) {
            // The deletion fails if the directory is not empty. This is intended.
            made.delete();
        }
        isLoaded = true;
    }

    private static void quieten() {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        Loggers.quieten();
        final ClassLoader loader = JvmAccess.class.getClassLoader();
        final boolean logging = loader.getResource("META-INF/services/org.slf4j.spi.SLF4JServiceProvider") != null;
        if (!logging && System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }
}
