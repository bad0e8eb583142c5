package io.tollgate.core.store.chronicle;

import java.io.File;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.core.OS;

/**
 * Checks the requirements of the store on the JVM before the first class of Chronicle runs. Otherwise Chronicle would
 * fail with an internal error that names neither the cause nor the remedy.
 *
 * <p>Any thread may call it.
 */
public final class JvmAccess {
    /** Initialised only after the module of loggers was found. */
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
     * analytics host, announcements, and warnings about itself. Once per JVM it checks the version of Chronicle Map.
     *
     * @throws io.tollgate.api.MissingModulesException if the Java runtime lacks modules
     * @throws IllegalStateException with the line of flags to pass to the JVM, if any is missing; or if Chronicle Map
     *     has another version
     */
    public static void requireOpen() {
        JvmFlags.require();
        quieten();
        load();
        PosixCalls.install();
    }

    /**
     * Checks the version of Chronicle, and loads it once with our system calls installed. One of its classes creates a
     * directory "target" in the directory for temporary files, unless one exists above the working directory. It is not
     * used here, so it is deleted at once.
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
            // The deletion fails, as intended, if the directory has content by now.
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
