package io.tollgate.api.series;

import java.util.List;
import java.util.Objects;

/**
 * Registers windows for all series whose keys match a pattern, existing and future ones. Immutable; the {@code with}
 * methods return a changed copy.
 *
 * <pre>{@code
 * engine.series().register(WindowRegistration.of("tariff.US.*").withWindows(Window.sliding(Duration.ofDays(30))));
 * }</pre>
 *
 * @param pattern     pattern of the keys, see {@link SeriesPattern}.
 * @param windows     windows to register, as in {@link SeriesDefinition}.
 * @param keepsShapes true to keep sums for shapes, as in {@link SeriesDefinition}.
 */
public record WindowRegistration(String pattern, List<Window> windows, boolean keepsShapes) {
    /**
     * Checks the registration.
     *
     * @param pattern     pattern of the keys.
     * @param windows     windows to register.
     * @param keepsShapes true to keep sums for shapes.
     * @throws IllegalArgumentException if a value is invalid; the message names it.
     */
    public WindowRegistration {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(windows, "windows");
        SeriesPattern.validate(pattern);
        windows = RegisteredWindows.copyOf("pattern=", pattern, windows);
    }

    /**
     * Creates a registration without windows.
     *
     * @param pattern pattern of the keys, see {@link SeriesPattern}.
     * @return the registration.
     * @throws IllegalArgumentException if the pattern is invalid; the message names the broken rule.
     */
    public static WindowRegistration of(final String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        return new WindowRegistration(pattern, List.of(), false);
    }

    /**
     * Returns a copy with other windows.
     *
     * @param windows at most {@link SeriesDefinition#MAX_WINDOWS} different windows.
     * @return the copy.
     * @throws IllegalArgumentException if there are too many windows, two are equal, or a zone cannot be stored.
     */
    public WindowRegistration withWindows(final Window... windows) {
        Objects.requireNonNull(windows, "windows");
        return new WindowRegistration(pattern, List.of(windows), keepsShapes);
    }

    /** {@return a copy that keeps the sums for skew, kurtosis, slope and intercept} */
    public WindowRegistration withShapes() {
        return new WindowRegistration(pattern, windows, true);
    }
}
