package io.tollgate.api.admin;

import java.util.List;
import java.util.Objects;

/** The Java runtime lacks modules of the JDK that an engine needs: it is an image that was made without them. */
public final class MissingModulesException extends IllegalStateException {
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
