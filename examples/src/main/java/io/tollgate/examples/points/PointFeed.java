package io.tollgate.examples.points;

import io.tollgate.api.DiskFullException;
import io.tollgate.api.Engine;
import io.tollgate.api.LimitExceededException;
import io.tollgate.api.Outcome;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Offers points to an engine that the caller steps, and defines their series when they first appear. */
public final class PointFeed {
    /** A file of points does not contain the unit of its values. */
    public static final Unit UNDECLARED = new Unit("UNDECLARED");

    private final Map<String, Series> seriesByKey = new LinkedHashMap<>();
    private final Map<Series, Long> firstTimesNs = new HashMap<>();
    private final Engine engine;
    private long lastTicket;
    private final Publisher publisher;
    private final UnaryOperator<String> keys;
    private final SeriesKind kind;
    private final DuplicatePolicy duplicates;
    private final int scale;
    private final Window[] windows;

    /**
     * Creates a feed for one file.
     *
     * @param engine     stepped by the caller.
     * @param keys       maps a key in the file to the key in the engine.
     * @param kind       of the series.
     * @param duplicates policy for a second point at an instant.
     * @param scale      digits kept after the decimal point.
     * @param windows    to be registered with each series.
     */
    public PointFeed(
            final Engine engine,
            final UnaryOperator<String> keys,
            final SeriesKind kind,
            final DuplicatePolicy duplicates,
            final int scale,
            final Window... windows) {
        this.engine = engine;
        this.publisher = engine.publisher();
        this.keys = keys;
        this.kind = kind;
        this.duplicates = duplicates;
        this.scale = scale;
        this.windows = windows;
    }

    /**
     * Returns the series of the accepted points by their keys in the file, in order of first appearance.
     *
     * @return a view.
     */
    public Map<String, Series> series() {
        return Collections.unmodifiableMap(seriesByKey);
    }

    /**
     * Returns the first valid time of the accepted points of a series, withdrawn or not.
     *
     * @param series with a point.
     * @return nanoseconds since the epoch.
     */
    public long firstTimeNs(final Series series) {
        return firstTimesNs.get(series);
    }

    /**
     * Returns the ticket of the last point or withdrawal.
     *
     * @return 0 before the first.
     */
    public long lastTicket() {
        return lastTicket;
    }

    /**
     * Offers a point or a withdrawal, and waits until it is applied.
     *
     * @param point of the file.
     * @return its series.
     * @throws IllegalArgumentException if the point is refused; the message says why.
     */
    public Series accept(final PointLine point) {
        final Series known = seriesByKey.get(point.key());
        final Series series = known != null ? known : findOrDefine(point);
        long ticket = offer(series, point);
        while (ticket == Publisher.BACK_PRESSURED) {
            engine.step();
            ticket = offer(series, point);
        }
        if (ticket < 0) {
            final String reason = Publisher.describe(ticket);
            throw new RefusedPointException(reason, "series=" + point.key() + ' ' + reason);
        }
        lastTicket = ticket;
        requireTaken(engine.awaitOutcome(ticket), point);
        if (known == null) {
            seriesByKey.put(point.key(), series);
        }
        firstTimesNs.merge(series, point.validTimeNs(), Math::min);
        return series;
    }

    /** Returns the number of points that repeated the current value. */
    long unchangedCount() {
        return engine.admin().statistics().unchangedCount();
    }

    private long offer(final Series series, final PointLine point) {
        final PointEncoder encoder = publisher
                .point(series)
                .validAt(point.validTimeNs())
                .knownAt(point.knowledgeTimeNs())
                .reference(point.reference());
        if (point.isWithdrawal()) {
            return encoder.withdraw();
        }
        return (point.isUnknown() ? encoder.unknown() : encoder.value(point.value())).offer();
    }

    private Series findOrDefine(final PointLine point) {
        final String key = keys.apply(point.key());
        final SeriesDefinition undeclared = kind == SeriesKind.STEP
                ? SeriesDefinition.step(key, UNDECLARED, scale)
                : SeriesDefinition.flow(key, UNDECLARED, scale);
        final SeriesDefinition wanted = undeclared.withDuplicates(duplicates).withWindows(windows);
        final Series found = engine.series().find(key).orElse(null);
        if (found == null) {
            requireNoWithdrawal(point);
            return define(wanted);
        }
        final SeriesDefinition definition = found.definition();
        final DuplicatePolicy declared = definition.policies().duplicates();
        if (definition.kind() != kind || definition.scale() != scale || declared != duplicates) {
            throw new RefusedPointException(
                    "OTHER_DEFINITION",
                    "series=" + key + " kind=" + kind + " scale=" + scale + " duplicates="
                            + duplicates + ", expected kind=" + definition.kind() + " scale=" + definition.scale()
                            + " duplicates=" + declared + " as in the data directory");
        }
        return found;
    }

    private static void requireTaken(final Outcome outcome, final PointLine point) {
        if (outcome.reason().isPresent()) {
            throw refused(outcome.reason().get(), point);
        }
    }

    private static RefusedPointException refused(final RefusalReason reason, final PointLine point) {
        return new RefusedPointException(reason.name(), "series=" + point.key() + ' ' + RefusalText.of(reason, point));
    }

    /** Refuses a withdrawal in a series without points, as the engine would, but without defining the series. */
    private static void requireNoWithdrawal(final PointLine point) {
        if (point.isWithdrawal()) {
            throw refused(RefusalReason.NO_SUCH_POINT, point);
        }
    }

    /**
     * Defines a series. If its windows cannot be registered, it is defined without them: they save time but do not
     * change an answer.
     */
    private Series define(final SeriesDefinition definition) {
        try {
            return kind == SeriesKind.STEP ? engine.defineStep(definition) : engine.defineFlow(definition);
        } catch (final LimitExceededException | DiskFullException e) {
            if (definition.windows().isEmpty()) {
                throw new RefusedPointException("NO_SPACE", e.getMessage());
            }
            return define(definition.withWindows());
        }
    }
}
