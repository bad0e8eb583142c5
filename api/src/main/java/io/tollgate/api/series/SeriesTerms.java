package io.tollgate.api.series;

import java.util.List;
import java.util.Objects;

/**
 * The terms of a definition: all of it except the key. Series with equal terms share one object. Immutable.
 *
 * @param kind        STEP or FLOW.
 * @param unit        unit of the values.
 * @param scale       number of digits after the decimal point, 0 to 9.
 * @param policies    treatment of points.
 * @param windows     registered windows, unmodifiable.
 * @param keepsShapes true to keep sums for skew, kurtosis, slope and intercept.
 */
record SeriesTerms(
        SeriesKind kind, Unit unit, int scale, SeriesPolicies policies, List<Window> windows, boolean keepsShapes) {
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /** Creates the terms of a series after a check. The messages name the key. */
    static SeriesTerms of(
            final String key,
            final SeriesKind kind,
            final Unit unit,
            final int scale,
            final SeriesPolicies policies,
            final List<Window> windows,
            final boolean keepsShapes) {
        Objects.requireNonNull(policies, "policies");
        Objects.requireNonNull(windows, "windows");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(unit, "unit");
        Decimals.requireScale(scale);
        policies.requireSuits(key, kind);
        return new SeriesTerms(
                kind, unit, scale, policies, RegisteredWindows.copyOf("series=", key, windows), keepsShapes);
    }

    /** {@return the identity of the series with these terms and a key, see {@link SeriesDefinition#identity()}} */
    long identityOf(final String key) {
        long hash = mixed(MIX + (kind.code() << Byte.SIZE | scale));
        hash = mixed(unit.name(), hash);
        hash = mixed(key, hash);
        return hash == 0 ? MIX : hash;
    }

    /** Hashes a text; its length keeps adjacent texts apart. */
    private static long mixed(final String text, final long before) {
        long hash = mixed(before ^ text.length());
        for (int i = 0; i < text.length(); i++) {
            hash = mixed(hash ^ text.charAt(i));
        }
        return hash;
    }

    /** The finalizer of SplitMix64: each input bit changes about half of the output bits. */
    private static long mixed(final long word) {
        long mixed = (word ^ word >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
