package io.tollgate.api.admin;

import java.util.List;
import java.util.Objects;

/** Thrown if the Java runtime lacks JDK modules that the engine needs: it is a custom image without them. */
public final class MissingModulesException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** An array, because a list need not be serializable. */
    private final String[] modules;

    /**
     * Creates the exception.
     *
     * @param modules the names of the missing modules.
     */
    public MissingModulesException(final List<String> modules) {
        super("javaVersion=" + Runtime.version() + ": found no modules " + Objects.requireNonNull(modules, "modules")
                + " in "
                + System.getProperty("java.home")
                + ", expected them; run on a whole JDK, or build the image with jlink --add-modules="
                + String.join(",", modules));
        this.modules = modules.toArray(String[]::new);
    }

    /** {@return the names of the missing modules, at least one} */
    public List<String> modules() {
        return List.of(modules);
    }
}
