package io.tollgate.core.store.chronicle;

import java.io.File;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.OS;
import org.agrona.UnsafeApi;

/**
 * What the store needs of the JVM, checked before the first class of Chronicle runs: otherwise it would fail with an
 * error from its depths that names neither the cause nor the remedy.
 *
 * <p>Any thread may call it.
 */
public final class JvmAccess {
    private static final int FIRST_RELEASE_THAT_WARNS = 24;
    private static final String COMPILER_MODULE = "jdk.compiler";

    /** Held here, as a logger that nobody holds forgets its level. */
    private static final Logger CLEANER_LOGGER =
            Logger.getLogger("net.openhft.chronicle.core.internal.cleaner.ReflectionBasedByteBufferCleanerService");

    private static boolean isLoaded;

    private JvmAccess() {}

    /**
     * Checks that Chronicle and Agrona may look into the packages of the JDK that they need, and that there is the
     * module of the compiler, which Chronicle looks for even when it has nothing to compile. Then turns off what
     * Chronicle does beyond its task: reports to an analytics host, announcements, and warnings about itself. Once per
     * JVM it checks the version of Chronicle Map.
     *
     * @throws IllegalStateException with the line of flags to give to the JVM, if it lacks any of them; if Chronicle
     *     Map
     *     has another version
     */
    public static void requireOpen() {
        final Module base = Object.class.getModule();
        final Module chronicle = Jvm.class.getModule();
        final boolean open = base.isOpen("java.lang", chronicle)
                && base.isOpen("java.lang.reflect", chronicle)
                && base.isExported("sun.nio.ch", chronicle)
                && base.isExported("jdk.internal.misc", UnsafeApi.class.getModule());
        if (!open) {
            throw new IllegalStateException("javaVersion=" + Runtime.version()
                    + ": found packages of java.base closed, expected them open; start the JVM with\n" + flags());
        }
        if (ModuleLayer.boot().findModule(COMPILER_MODULE).isEmpty()) {
            throw new IllegalStateException("javaVersion=" + Runtime.version() + ": found no module " + COMPILER_MODULE
                    + ", expected it; run on a whole JDK, or add it with --add-modules=" + COMPILER_MODULE);
        }
        quieten();
        load();
        PosixCalls.install();
    }

    /**
     * Returns the flags to start this JVM with.
     *
     * @return one line
     */
    static String flags() {
        final String needed = opening("java.lang", Jvm.class)
                + opening("java.lang.reflect", Jvm.class)
                + opening("sun.nio.ch", Jvm.class)
                + opening("jdk.internal.misc", UnsafeApi.class);
        final String quiet = Runtime.version().feature() < FIRST_RELEASE_THAT_WARNS
                ? ""
                : "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";
        return (needed + quiet).strip();
    }

    private static String opening(final String packageName, final Class<?> user) {
        final Module module = user.getModule();
        final String target = module.isNamed() ? module.getName() : "ALL-UNNAMED";
        return "--add-opens=java.base/" + packageName + '=' + target + ' ';
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
        CLEANER_LOGGER.setLevel(Level.OFF);
        final ClassLoader loader = JvmAccess.class.getClassLoader();
        final boolean logging = loader.getResource("META-INF/services/org.slf4j.spi.SLF4JServiceProvider") != null;
        if (!logging && System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }
}
