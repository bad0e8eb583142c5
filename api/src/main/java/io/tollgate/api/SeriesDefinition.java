package io.tollgate.api;

import java.util.List;
import java.util.Objects;

/**
 * How a series is defined. Immutable; the {@code with} methods return a changed copy.
 *
 * @param key         see {@link SeriesKey}.
 * @param kind        STEP or FLOW.
 * @param unit        unit of its values.
 * @param scale       digits behind the decimal point that are kept, 0 to 9.
 * @param lifeStartNs FLOW: the instant from which the absence of events means zero, {@link Publisher#NONE} for the
 *                    first point. Always NONE for STEP.
 * @param windows     the windows whose state is kept up to date with each point, so that reading them is fastest.
 *                    Any other window is answered too, with the same bits.
 */
public record SeriesDefinition(
        String key, SeriesKind kind, Unit unit, int scale, long lifeStartNs, List<Window> windows) {
    /** Most windows that one series may register. */
    public static final int MAX_WINDOWS = 28;

    /**
     * Checks the definition.
     *
     * @param key         see {@link SeriesKey}.
     * @param kind        STEP or FLOW.
     * @param unit        unit of its values.
     * @param scale       digits behind the decimal point that are kept, 0 to 9.
     * @param lifeStartNs FLOW: the instant from which the absence of events means zero, {@link Publisher#NONE} for the
     *                    first point. Always NONE for STEP.
     * @param windows     the windows whose state is kept up to date with each point, so that reading them is fastest.
     *                    Any other window is answered too, with the same bits.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public SeriesDefinition {
        SeriesKey.validate(key);
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(unit, "unit");
        Decimals.requireScale(scale);
        windows = List.copyOf(windows);
        if (windows.size() > MAX_WINDOWS) {
            throw new IllegalArgumentException(
                    "series=" + key + " windows=" + windows.size() + ", expected at most " + MAX_WINDOWS);
        }
        if (windows.stream().distinct().count() != windows.size()) {
            throw new IllegalArgumentException("series=" + key + " windows=" + windows + ", expected no duplicates");
        }
        for (final Window window : windows) {
            if (!(window instanceof Window.Sliding sliding) || sliding.closed() != Closed.RIGHT) {
                throw new IllegalArgumentException("series=" + key + " window=" + window
                        + ", expected a sliding window closed on the right; all others are read without registering");
            }
        }
        if (lifeStartNs != Publisher.NONE) {
            Instants.requireInRange(lifeStartNs);
        }
        if (kind == SeriesKind.STEP && lifeStartNs != Publisher.NONE) {
            throw new IllegalArgumentException("series=" + key + " lifeStartNs=" + lifeStartNs
                    + ", expected none: only a FLOW has a declared start of life");
        }
    }

    /**
     * A STEP series without registered windows.
     *
     * @param key   see {@link SeriesKey}.
     * @param unit  unit of its values.
     * @param scale digits behind the decimal point, 0 to 9.
     * @return the definition.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public static SeriesDefinition step(final String key, final Unit unit, final int scale) {
        return new SeriesDefinition(key, SeriesKind.STEP, unit, scale, Publisher.NONE, List.of());
    }

    /**
     * A FLOW series without registered windows, whose life starts at its first point.
     *
     * @param key   see {@link SeriesKey}.
     * @param unit  unit of its values.
     * @param scale digits behind the decimal point, 0 to 9.
     * @return the definition.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public static SeriesDefinition flow(final String key, final Unit unit, final int scale) {
        return new SeriesDefinition(key, SeriesKind.FLOW, unit, scale, Publisher.NONE, List.of());
    }

    /**
     * The same with other registered windows.
     *
     * @param windows to register, at most {@link #MAX_WINDOWS}, each once.
     * @return the changed definition.
     */
    public SeriesDefinition withWindows(final Window... windows) {
        return new SeriesDefinition(key, kind, unit, scale, lifeStartNs, List.of(windows));
    }

    /**
     * The same with a declared start of life.
     *
     * @param startNs the instant from which the absence of events means zero.
     * @return the changed definition.
     * @throws IllegalArgumentException if this is not a FLOW.
     */
    public SeriesDefinition withLifeStart(final long startNs) {
        return new SeriesDefinition(key, kind, unit, scale, Instants.requireInRange(startNs), windows);
    }

    void require(final SeriesKind expected) {
        if (kind != expected) {
            throw new IllegalArgumentException("series=" + key + " kind=" + kind + ", expected " + expected);
        }
    }
}
