package io.tollgate.api.series;

import io.tollgate.api.SeriesCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a series is defined. Immutable; the {@code with} methods return a changed copy. Kind, unit, scale and policies of
 * a series never change: it can be {@linkplain SeriesCatalog#close closed}, and another one follow it.
 *
 * @param key         see {@link SeriesKey}.
 * @param kind        STEP or FLOW.
 * @param unit        unit of its values.
 * @param scale       digits behind the decimal point that are kept, 0 to 9.
 * @param policies    how its points are to be taken.
 * @param windows     the windows that are registered. Of a sliding window closed on the right a state is kept up to
 *                    date with each point, so that reading it is fastest; all others, registered or not, are summed up
 *                    from the summaries of the series in O(log n), with the same bits.
 * @param keepsShapes whether the summaries keep the sums behind skew, kurtosis, slope and intercept too: then these are
 *                    read in O(log n) as well, at some 50 to 100 ns more a point, and 32 times that or more for a late
 *                    one. Else a reading of them sums up the points of its window one by one, to the same bits.
 */
public record SeriesDefinition(
        String key,
        SeriesKind kind,
        Unit unit,
        int scale,
        SeriesPolicies policies,
        List<Window> windows,
        boolean keepsShapes) {
    /** Most windows that one series may register, those by pattern included. */
    public static final int MAX_WINDOWS = 28;

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /**
     * Checks the definition.
     *
     * @param key         see {@link SeriesKey}.
     * @param kind        STEP or FLOW.
     * @param unit        unit of its values.
     * @param scale       digits behind the decimal point that are kept, 0 to 9.
     * @param policies    how its points are to be taken.
     * @param windows     the windows that are registered.
     * @param keepsShapes whether the summaries keep the sums behind skew, kurtosis, slope and intercept too.
     * @throws IllegalArgumentException naming what is out of range.
     */
    public SeriesDefinition {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(policies, "policies");
        Objects.requireNonNull(windows, "windows");
        SeriesKey.validate(key);
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(unit, "unit");
        Decimals.requireScale(scale);
        windows = RegisteredWindows.copyOf("series=" + key, windows);
        policies.requireSuits(key, kind);
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
        Objects.requireNonNull(key, "key");
        return new SeriesDefinition(
                key, SeriesKind.STEP, unit, scale, SeriesPolicies.defaultOf(SeriesKind.STEP), List.of(), false);
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
        Objects.requireNonNull(key, "key");
        return new SeriesDefinition(
                key, SeriesKind.FLOW, unit, scale, SeriesPolicies.defaultOf(SeriesKind.FLOW), List.of(), false);
    }

    /**
     * The same with other registered windows.
     *
     * @param windows to register, at most {@link #MAX_WINDOWS}, each once.
     * @return the changed definition.
     */
    public SeriesDefinition withWindows(final Window... windows) {
        Objects.requireNonNull(windows, "windows");
        return new SeriesDefinition(key, kind, unit, scale, policies, List.of(windows), keepsShapes);
    }

    /**
     * The same with the sums behind skew, kurtosis, slope and intercept kept.
     *
     * @return the changed definition.
     */
    public SeriesDefinition withShapes() {
        return new SeriesDefinition(key, kind, unit, scale, policies, windows, true);
    }

    /**
     * The same with a declared start of life.
     *
     * @param startNs the instant from which the absence of events means zero.
     * @return the changed definition.
     * @throws IllegalArgumentException if this is not a FLOW.
     */
    public SeriesDefinition withLifeStart(final long startNs) {
        return with(policies.withLifeStart(Instants.requireInRange(startNs)));
    }

    /**
     * The same with another policy for a second point at an instant.
     *
     * @param duplicates ALL and SUM only for a FLOW.
     * @return the changed definition.
     * @throws IllegalArgumentException if the policy does not suit the kind.
     */
    public SeriesDefinition withDuplicates(final DuplicatePolicy duplicates) {
        return with(policies.withDuplicates(duplicates));
    }

    /**
     * The same with a heartbeat: where no newer point comes for so long, the level is unknown from then on. Without
     * one, the last value runs on. As seen from t this concerns the last point at or before t only: a value that a
     * newer point follows up to t is known until then, however long that took. To run out is no point and no change.
     *
     * @param heartbeat above 0, at most 292 years.
     * @return the changed definition.
     * @throws IllegalArgumentException if this is not a STEP, or the heartbeat is out of range.
     */
    public SeriesDefinition withHeartbeat(final Duration heartbeat) {
        Objects.requireNonNull(heartbeat, "heartbeat");
        try {
            if (heartbeat.isNegative() || heartbeat.isZero()) {
                throw new IllegalArgumentException("heartbeat=" + heartbeat + ", expected above 0");
            }
            return with(policies.withHeartbeat(heartbeat.toNanos()));
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("heartbeat=" + heartbeat + ", expected at most 292 years", e);
        }
    }

    /**
     * The same with a reporting period: each point is the amount of the period that ends at its valid time.
     *
     * @param period that each point sums up.
     * @return the changed definition.
     * @throws IllegalArgumentException if this is not a FLOW.
     */
    public SeriesDefinition withPeriod(final ReportingPeriod period) {
        Objects.requireNonNull(period, "period");
        return with(policies.withPeriod(period));
    }

    private SeriesDefinition with(final SeriesPolicies changed) {
        return new SeriesDefinition(key, kind, unit, scale, changed, windows, keepsShapes);
    }

    /**
     * Key, kind, unit and scale in one number, spread over all of its bits: what a series is, and what its values mean.
     * It is the same in all engines and processes of one version, and stands in no file.
     *
     * @return any number but 0.
     */
    public long identity() {
        long hash = mixed(MIX + (kind.code() << Byte.SIZE | scale));
        hash = mixed(unit.name(), hash);
        hash = mixed(key, hash);
        return hash == 0 ? MIX : hash;
    }

    /** One text behind another: its length keeps them apart. */
    private static long mixed(final String text, final long before) {
        long hash = mixed(before ^ text.length());
        for (int i = 0; i < text.length(); i++) {
            hash = mixed(hash ^ text.charAt(i));
        }
        return hash;
    }

    /** The finisher of SplitMix64: each bit changes about half of the others. */
    private static long mixed(final long word) {
        long mixed = (word ^ word >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }

    void require(final SeriesKind expected) {
        if (kind != expected) {
            throw new IllegalArgumentException("series=" + key + " kind=" + kind + ", expected " + expected);
        }
    }

    /** {@return what was declared, without what is as it is by default} */
    @Override
    public String toString() {
        return key + ' ' + kind + ' ' + unit + " scale=" + scale + policies.text(kind)
                + (windows.isEmpty() ? "" : " windows=" + windows) + (keepsShapes ? " with shapes" : "");
    }
}
