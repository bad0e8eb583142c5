package io.tollgate.core.store.chronicle;

import io.tollgate.api.MissingModulesException;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.core.Jvm;
import net.openhft.compiler.CachedCompiler;
import org.agrona.UnsafeApi;

/** The flags that this JVM needs. The flags differ if Chronicle and Agrona are modules. */
public final class JvmFlags {
    private static final int FIRST_RELEASE_THAT_WARNS = 24;

    /** Modules of the JDK that classes of Chronicle and Agrona refer to, even if they are not used. */
    private static final List<String> JDK_MODULES =
            List.of("java.logging", "java.management", "java.naming", "jdk.compiler", "jdk.unsupported");

    /** The only library with a module descriptor. It must be added, because automatic modules do not require it. */
    private static final String LOGGING_MODULE = "org.slf4j";

    private static final Module BASE = Object.class.getModule();

    private JvmFlags() {}

    /**
     * Returns the flags to start this JVM with: all required flags, and flags that suppress warnings of the JDK if it
     * would warn.
     *
     * @return the flags in command-line order.
     */
    public static List<String> required() {
        final Module chronicle = Jvm.class.getModule();
        final Module compiler = CachedCompiler.class.getModule();
        final List<String> flags = new ArrayList<>();
        flags.add(opening("java.lang", chronicle.isNamed() ? name(chronicle) + ',' + name(compiler) : name(chronicle)));
        flags.add(opening("java.lang.reflect", name(chronicle)));
        flags.add(opening("sun.nio.ch", name(chronicle)));
        flags.add(opening("jdk.internal.misc", name(UnsafeApi.class.getModule())));
        final List<String> added = addedModules();
        if (!added.isEmpty()) {
            flags.add("--add-modules=" + String.join(",", added));
        }
        if (Runtime.version().feature() >= FIRST_RELEASE_THAT_WARNS) {
            flags.add("--enable-native-access=" + name(chronicle));
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return List.copyOf(flags);
    }

    /**
     * Returns the modules to add. A modular application resolves only the modules that it requires. An application on
     * the class path resolves all modules by default.
     */
    private static List<String> addedModules() {
        if (!Jvm.class.getModule().isNamed()) {
            return unresolved();
        }
        final List<String> added = new ArrayList<>(JDK_MODULES);
        added.add(LOGGING_MODULE);
        return added;
    }

    private static List<String> unresolved() {
        return JDK_MODULES.stream().filter(name -> !isResolved(name)).toList();
    }

    private static boolean isResolved(final String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }

    /**
     * Checks that this JVM has the modules and was started with the flags.
     *
     * @throws MissingModulesException if the Java runtime lacks modules; names the missing modules.
     * @throws IllegalStateException if a flag is missing, with the line of flags to pass to the JVM.
     */
    static void require() {
        final ModuleFinder system = ModuleFinder.ofSystem();
        final List<String> missing = unresolved().stream()
                .filter(name -> system.find(name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new MissingModulesException(missing);
        }
        if (!unresolved().isEmpty() || Jvm.class.getModule().isNamed() && !isResolved(LOGGING_MODULE)) {
            throw refusal("unresolved modules");
        }
        if (!isOpen()) {
            throw refusal("packages of java.base closed, expected them open");
        }
    }

    private static boolean isOpen() {
        final Module chronicle = Jvm.class.getModule();
        return BASE.isOpen("java.lang", chronicle)
                && BASE.isOpen("java.lang", CachedCompiler.class.getModule())
                && BASE.isOpen("java.lang.reflect", chronicle)
                && BASE.isExported("sun.nio.ch", chronicle)
                && BASE.isExported("jdk.internal.misc", UnsafeApi.class.getModule());
    }

    private static IllegalStateException refusal(final String found) {
        return new IllegalStateException("javaVersion=" + Runtime.version() + ": found " + found
                + "; start the JVM with\n" + String.join(" ", required()));
    }

    private static String opening(final String packageName, final String users) {
        return "--add-opens=java.base/" + packageName + '=' + users;
    }

    private static String name(final Module module) {
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }
}
