package io.tollgate.flink;

import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.SeriesPolicies;
import io.tollgate.api.series.Unit;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Defines all series whose keys match a pattern, when their first point arrives. Immutable. It is part of the graph of
 * a job, and so it can be serialized.
 *
 * @serial exclude
 */
public final class SeriesTemplate implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The code of an absent reporting period, which no period has. */
    private static final long NO_PERIOD = 0;

    private final String pattern;
    private final transient SeriesDefinition definition;

    private SeriesTemplate(final String pattern, final SeriesDefinition definition) {
        this.pattern = SeriesPattern.validate(pattern);
        this.definition = definition;
    }

    /**
     * Returns a template of STEP series.
     *
     * @param pattern pattern of the keys, see {@link SeriesPattern}.
     * @param unit    unit of the values.
     * @param scale   number of digits after the decimal point, 0 to 9.
     * @return the template.
     * @throws IllegalArgumentException if an argument is invalid; the message names it.
     */
    public static SeriesTemplate step(final String pattern, final Unit unit, final int scale) {
        return of(pattern, SeriesDefinition.step("template", unit, scale));
    }

    /**
     * Returns a template of FLOW series.
     *
     * @param pattern pattern of the keys, see {@link SeriesPattern}.
     * @param unit    unit of the values.
     * @param scale   number of digits after the decimal point, 0 to 9.
     * @return the template.
     * @throws IllegalArgumentException if an argument is invalid; the message names it.
     */
    public static SeriesTemplate flow(final String pattern, final Unit unit, final int scale) {
        return of(pattern, SeriesDefinition.flow("template", unit, scale));
    }

    /**
     * Returns a template from a definition.
     *
     * @param pattern    pattern of the keys, see {@link SeriesPattern}.
     * @param definition the definition of all the series, except for the key.
     * @return the template.
     * @throws IllegalArgumentException if the pattern is invalid; the message names it.
     */
    public static SeriesTemplate of(final String pattern, final SeriesDefinition definition) {
        Objects.requireNonNull(pattern, "pattern=null, expected a pattern of keys");
        Objects.requireNonNull(definition, "definition=null, expected the definition of the series");
        return new SeriesTemplate(pattern, definition);
    }

    /** {@return the pattern of the keys} */
    public String pattern() {
        return pattern;
    }

    /** {@return the definition of the series, with another key} */
    public SeriesDefinition definition() {
        return definition;
    }

    /** {@return pattern and definition} */
    @Override
    public String toString() {
        return pattern + ": " + definition;
    }

    private Object writeReplace() {
        final SeriesPolicies policies = definition.policies();
        return new Terms(
                pattern,
                definition.kind(),
                definition.unit().name(),
                definition.scale(),
                policies.duplicates(),
                policies.heartbeatNs(),
                policies.lifeStartNs(),
                policies.period().map(ReportingPeriod::code).orElse(NO_PERIOD),
                WindowTerms.of(definition.windows()),
                definition.keepsShapes());
    }

    private void readObject(final ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("template=without terms, expected the form that writeReplace returns");
    }

    /** The serialized form. */
    private record Terms(
            String pattern,
            SeriesKind kind,
            String unit,
            int scale,
            DuplicatePolicy duplicates,
            long heartbeatNs,
            long lifeStartNs,
            long periodCode,
            WindowTerms[] windows,
            boolean keepsShapes)
            implements Serializable {
        private Object readResolve() {
            final SeriesPolicies policies = new SeriesPolicies(
                    duplicates,
                    heartbeatNs,
                    lifeStartNs,
                    periodCode == NO_PERIOD ? Optional.empty() : Optional.of(ReportingPeriod.ofCode(periodCode)));
            return SeriesTemplate.of(
                    pattern,
                    new SeriesDefinition(
                            "template",
                            kind,
                            new Unit(unit),
                            scale,
                            policies,
                            Arrays.stream(windows).map(WindowTerms::window).toList(),
                            keepsShapes));
        }
    }
}
