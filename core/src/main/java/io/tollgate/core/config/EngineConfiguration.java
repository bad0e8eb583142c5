package io.tollgate.core.config;

import org.jspecify.annotations.NullMarked;

/** Options as a program sets them: an {@code EngineContext}. The engine takes them over as {@link EngineOptions}. */
@NullMarked
public abstract class EngineConfiguration {
    /** Nothing is set yet. */
    protected EngineConfiguration() {}

    /**
     * Checks all options.
     *
     * @return the options as they are set now; what is set later does not change them.
     * @throws IllegalArgumentException naming the option, its value, and what was expected.
     */
    protected abstract EngineOptions conclude();
}
