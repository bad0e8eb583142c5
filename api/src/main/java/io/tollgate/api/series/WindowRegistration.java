package io.tollgate.api.series;

import java.util.List;
import java.util.Objects;

/**
 * Windows to be registered over all series whose key fits a pattern, those that exist and those to come. Immutable; the
 * {@code with} methods return a changed copy.
 *
 * @param pattern     see {@link SeriesPattern}.
 * @param windows     to be registered, as in {@link SeriesDefinition}.
 * @param keepsShapes whether shapes are to be kept, as in {@link SeriesDefinition}.
 */
public record WindowRegistration(String pattern, List<Window> windows, boolean keepsShapes) {
    /**
     * Checks the registration.
     *
     * @param pattern     see {@link SeriesPattern}.
     * @param windows     to be registered, as in {@link SeriesDefinition}.
     * @param keepsShapes whether shapes are to be kept, as in {@link SeriesDefinition}.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public WindowRegistration {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(windows, "windows");
        SeriesPattern.validate(pattern);
        windows = RegisteredWindows.copyOf("pattern=" + pattern, windows);
    }

    /**
     * A registration of nothing yet.
     *
     * @param pattern see {@link SeriesPattern}.
     * @return the registration.
     * @throws IllegalArgumentException naming the rule that the pattern breaks.
     */
    public static WindowRegistration of(final String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        return new WindowRegistration(pattern, List.of(), false);
    }

    /**
     * The same with other windows.
     *
     * @param windows to register, at most {@link SeriesDefinition#MAX_WINDOWS}, each once.
     * @return the changed registration.
     * @throws IllegalArgumentException if there are too many, one twice, or one that cannot be stored.
     */
    public WindowRegistration withWindows(final Window... windows) {
        Objects.requireNonNull(windows, "windows");
        return new WindowRegistration(pattern, List.of(windows), keepsShapes);
    }

    /**
     * The same with shapes kept.
     *
     * @return the changed registration.
     */
    public WindowRegistration withShapes() {
        return new WindowRegistration(pattern, windows, true);
    }
}
