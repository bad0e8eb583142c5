package io.tollgate.core.config;

import org.jspecify.annotations.NullMarked;

/** The options as set by a program: an {@code EngineContext}. The engine reads a copy as {@link EngineOptions}. */
@NullMarked
public abstract class EngineConfiguration {
    /** Creates a configuration without options. */
    protected EngineConfiguration() {}

    /**
     * Checks all options.
     *
     * @return the current options; later changes do not affect them.
     * @throws IllegalArgumentException if an option is out of range; the message names it, its value and the expected
     *     range.
     */
    protected abstract EngineOptions conclude();
}
