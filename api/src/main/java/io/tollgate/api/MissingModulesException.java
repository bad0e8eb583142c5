package io.tollgate.api;

import java.util.List;
import java.util.Objects;

/**
 * The Java runtime lacks modules of the JDK that an engine needs: it is an image that was made without them. A launcher
 * can name them, or start a whole JDK instead.
 */
public final class MissingModulesException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** An array, as a list need not be serializable. */
    private final String[] modules;

    /**
     * Names what is missing.
     *
     * @param modules names of modules.
     */
    public MissingModulesException(final List<String> modules) {
        super("javaVersion=" + Runtime.version() + ": found no modules " + Objects.requireNonNull(modules, "modules")
                + " in "
                + System.getProperty("java.home")
                + ", expected them; run on a whole JDK, or build the image with jlink --add-modules="
                + String.join(",", modules));
        this.modules = modules.toArray(String[]::new);
    }

    /**
     * The modules that are missing.
     *
     * @return their names, at least one.
     */
    public List<String> modules() {
        return List.of(modules);
    }
}
