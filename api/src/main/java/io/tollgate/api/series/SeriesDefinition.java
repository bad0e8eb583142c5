package io.tollgate.api.series;

import io.tollgate.api.SeriesCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Defines a series: key, kind, unit, scale, policies and registered windows. Immutable; the {@code with} methods return
 * a changed copy.
 *
 * <pre>{@code
 * SeriesDefinition rate = SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2)
 *         .withWindows(Window.sliding(Duration.ofDays(30)))
 *         .withHeartbeat(Duration.ofDays(400));
 * }</pre>
 *
 * <p>Kind, unit, scale and policies of a defined series never change. To change them,
 * {@linkplain SeriesCatalog#close close} the series and define a successor.
 *
 * <p>The state of a registered sliding window that is closed on the right is updated with each point, so reading it is
 * fastest. All other windows, registered or not, are computed from the summaries of the series in O(log n), with
 * bit-identical answers.
 *
 * <p>{@link #withKey} defines many series alike; such definitions share all but the key.
 */
public final class SeriesDefinition {
    /** The largest number of registered windows of a series, including those registered by pattern. */
    public static final int MAX_WINDOWS = 28;

    private final String key;
    private final SeriesTerms terms;

    /**
     * Creates a definition.
     *
     * @param key         key of the series, see {@link SeriesKey}.
     * @param kind        STEP or FLOW.
     * @param unit        unit of the values.
     * @param scale       number of digits after the decimal point, 0 to 9.
     * @param policies    treatment of points.
     * @param windows     registered windows, at most {@link #MAX_WINDOWS}.
     * @param keepsShapes true to keep sums for skew, kurtosis, slope and intercept in the summaries.
     * @throws IllegalArgumentException if a value is invalid; the message names it.
     */
    public SeriesDefinition(
            final String key,
            final SeriesKind kind,
            final Unit unit,
            final int scale,
            final SeriesPolicies policies,
            final List<Window> windows,
            final boolean keepsShapes) {
        this(SeriesKey.validate(key), SeriesTerms.of(key, kind, unit, scale, policies, windows, keepsShapes));
    }

    /** Creates the definition of a valid key and valid terms. */
    SeriesDefinition(final String key, final SeriesTerms terms) {
        this.key = key;
        this.terms = terms;
    }

    /**
     * Creates the definition of a STEP series without registered windows.
     *
     * @param key   key of the series, see {@link SeriesKey}.
     * @param unit  unit of the values.
     * @param scale number of digits after the decimal point, 0 to 9.
     * @return the definition.
     * @throws IllegalArgumentException if a value is invalid; the message names it.
     */
    public static SeriesDefinition step(final String key, final Unit unit, final int scale) {
        Objects.requireNonNull(key, "key");
        return new SeriesDefinition(
                key, SeriesKind.STEP, unit, scale, SeriesPolicies.defaultOf(SeriesKind.STEP), List.of(), false);
    }

    /**
     * Creates the definition of a FLOW series without registered windows, whose life starts at its first point.
     *
     * @param key   key of the series, see {@link SeriesKey}.
     * @param unit  unit of the values.
     * @param scale number of digits after the decimal point, 0 to 9.
     * @return the definition.
     * @throws IllegalArgumentException if a value is invalid; the message names it.
     */
    public static SeriesDefinition flow(final String key, final Unit unit, final int scale) {
        Objects.requireNonNull(key, "key");
        return new SeriesDefinition(
                key, SeriesKind.FLOW, unit, scale, SeriesPolicies.defaultOf(SeriesKind.FLOW), List.of(), false);
    }

    /** {@return the key of the series} */
    public String key() {
        return key;
    }

    /** {@return STEP or FLOW} */
    public SeriesKind kind() {
        return terms.kind();
    }

    /** {@return the unit of the values} */
    public Unit unit() {
        return terms.unit();
    }

    /** {@return the number of digits after the decimal point, 0 to 9} */
    public int scale() {
        return terms.scale();
    }

    /** {@return the treatment of points} */
    public SeriesPolicies policies() {
        return terms.policies();
    }

    /** {@return the registered windows, unmodifiable} */
    public List<Window> windows() {
        return terms.windows();
    }

    /**
     * Returns true if the summaries keep sums for skew, kurtosis, slope and intercept. These metrics then cost O(log n)
     * too. Each point costs about 50 to 100 ns more, and a late point at least 32 times as much. Without these sums, a
     * read visits every point of the window, with bit-identical answers.
     *
     * @return true if they do.
     */
    public boolean keepsShapes() {
        return terms.keepsShapes();
    }

    SeriesTerms terms() {
        return terms;
    }

    /**
     * Returns a copy with another key.
     *
     * @param newKey key of the series, see {@link SeriesKey}.
     * @return the copy.
     * @throws IllegalArgumentException if the key is invalid.
     */
    public SeriesDefinition withKey(final String newKey) {
        Objects.requireNonNull(newKey, "newKey");
        return new SeriesDefinition(SeriesKey.validate(newKey), terms);
    }

    /**
     * Returns a copy with other registered windows.
     *
     * @param windows at most {@link #MAX_WINDOWS} different windows.
     * @return the copy.
     */
    public SeriesDefinition withWindows(final Window... windows) {
        Objects.requireNonNull(windows, "windows");
        return new SeriesDefinition(
                key, SeriesTerms.of(key, kind(), unit(), scale(), policies(), List.of(windows), keepsShapes()));
    }

    /** {@return a copy that keeps the sums for skew, kurtosis, slope and intercept} */
    public SeriesDefinition withShapes() {
        return new SeriesDefinition(key, new SeriesTerms(kind(), unit(), scale(), policies(), windows(), true));
    }

    /**
     * Returns a copy with a declared start of life.
     *
     * @param startNs instant in ns from which the absence of events means zero.
     * @return the copy.
     * @throws IllegalArgumentException if this is not a FLOW.
     */
    public SeriesDefinition withLifeStart(final long startNs) {
        return with(policies().withLifeStart(Instants.requireInRange(startNs)));
    }

    /**
     * Returns a copy with another duplicate policy.
     *
     * @param duplicates policy; ALL and SUM only for a FLOW.
     * @return the copy.
     * @throws IllegalArgumentException if the policy does not suit the kind.
     */
    public SeriesDefinition withDuplicates(final DuplicatePolicy duplicates) {
        return with(policies().withDuplicates(duplicates));
    }

    /**
     * Returns a copy with a heartbeat: the level becomes unknown if no newer point follows within this time. Without a
     * heartbeat the last level continues. As seen from t, the heartbeat applies only to the last point at or before t;
     * if a newer point follows up to t, the earlier level is known until then, however long that took. An expired
     * heartbeat is not a point and not a change.
     *
     * @param heartbeat above 0, at most 292 years.
     * @return the copy.
     * @throws IllegalArgumentException if this is not a STEP, or the heartbeat is out of range.
     */
    public SeriesDefinition withHeartbeat(final Duration heartbeat) {
        Objects.requireNonNull(heartbeat, "heartbeat");
        try {
            if (heartbeat.isNegative() || heartbeat.isZero()) {
                throw new IllegalArgumentException("heartbeat=" + heartbeat + ", expected above 0");
            }
            return with(policies().withHeartbeat(heartbeat.toNanos()));
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("heartbeat=" + heartbeat + ", expected at most 292 years", e);
        }
    }

    /**
     * Returns a copy with a reporting period: each point is the amount of the period that ends at its valid time.
     *
     * @param period the period.
     * @return the copy.
     * @throws IllegalArgumentException if this is not a FLOW.
     */
    public SeriesDefinition withPeriod(final ReportingPeriod period) {
        Objects.requireNonNull(period, "period");
        return with(policies().withPeriod(period));
    }

    private SeriesDefinition with(final SeriesPolicies changed) {
        return new SeriesDefinition(
                key, SeriesTerms.of(key, kind(), unit(), scale(), changed, windows(), keepsShapes()));
    }

    /**
     * Returns a hash of key, kind, unit and scale. All engines and processes of one version compute the same hash. It
     * is not stored in any file.
     *
     * @return any number except 0.
     */
    public long identity() {
        return terms.identityOf(key);
    }

    void require(final SeriesKind expected) {
        if (kind() != expected) {
            throw new IllegalArgumentException("series=" + key + " kind=" + kind() + ", expected " + expected);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof final SeriesDefinition that && key.equals(that.key) && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + terms.hashCode();
    }

    /** {@return the definition without default values} */
    @Override
    public String toString() {
        return key + ' ' + kind() + ' ' + unit() + " scale=" + scale()
                + policies().text(kind())
                + (windows().isEmpty() ? "" : " windows=" + windows())
                + (keepsShapes() ? " with shapes" : "");
    }
}
