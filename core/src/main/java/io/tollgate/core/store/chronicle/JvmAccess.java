package io.tollgate.core.store.chronicle;

import java.io.File;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.core.OS;

/**
 * What the store needs of the JVM, checked before the first class of Chronicle runs: otherwise it would fail with an
 * error from its depths that names neither the cause nor the remedy.
 *
 * <p>Any thread may call it.
 */
public final class JvmAccess {
    /** Made only after the module of loggers is found. */
    private static final class Loggers {
        /** Held here, as a logger that nobody holds forgets its level. */
        private static final Logger CLEANER =
                Logger.getLogger("net.openhft.chronicle.core.internal.cleaner.ReflectionBasedByteBufferCleanerService");

        private static void quieten() {
            CLEANER.setLevel(Level.OFF);
        }
    }

    private static boolean isLoaded;

    private JvmAccess() {}

    /**
     * Checks the modules and the flags of this JVM. Then turns off what Chronicle does beyond its task: reports to an
     * analytics host, announcements, and warnings about itself. Once per JVM it checks the version of Chronicle Map.
     *
     * @throws io.tollgate.api.MissingModulesException if the Java runtime lacks modules
     * @throws IllegalStateException with the line of flags to give to the JVM, if it lacks any of them; if Chronicle
     *     Map has another version
     */
    public static void requireOpen() {
        JvmFlags.require();
        quieten();
        load();
        PosixCalls.install();
    }

    /**
     * Checks the version of Chronicle, and loads it with our own calls in it, once. One of its classes makes a
     * directory "target" in that for temporary files, unless there is one above the working directory. Nothing here
     * uses it: it goes at once.
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
            // Not where somebody else has put something into it meanwhile.
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
