package io.tollgate.api.panel;

import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Several sources of one level, side by side. Each source has its own series, so no source overwrites another. By
 * convention the last segment of the key names the source ({@code tariff.US.CN.add-on.law},
 * {@code tariff.US.CN.add-on.tracker}), and the reference of a point identifies the passage in the source.
 * {@link ComparisonReading} finds when the sources differ, and by how much. Immutable.
 *
 * <pre>{@code
 * ComparisonReading year =
 *         reader.comparison(Comparison.of(law, tracker), Window.sliding(Duration.ofDays(365)), 1_000);
 * year.read(engine.now());
 * System.out.println(year.lengthNs(Agreement.DISAGREED) + " ns, up to " + year.largestDifference());
 * }</pre>
 *
 * @param sources the series of the sources, of one unit and scale; their order gives their indexes.
 */
public record Comparison(List<StepSeries> sources) {
    /** The maximum number of sources. */
    public static final int MAX_SOURCES = 64;

    /**
     * Checks the sources.
     *
     * @param sources the series of the sources, of one unit and scale.
     * @throws IllegalArgumentException if there are fewer than two or too many, one is repeated, or one has another
     *         unit or scale; the message says which.
     */
    public Comparison {
        Objects.requireNonNull(sources, "sources");
        sources = List.copyOf(sources);
        if (sources.size() < 2 || sources.size() > MAX_SOURCES) {
            throw new IllegalArgumentException("sources=" + sources.size() + ", expected 2 to " + MAX_SOURCES);
        }
        if (new HashSet<>(sources).size() < sources.size()) {
            throw new IllegalArgumentException("sources=" + sources + ", expected each once");
        }
        final SeriesDefinition expected = sources.get(0).definition();
        for (final StepSeries source : sources) {
            final SeriesDefinition found = source.definition();
            if (found.scale() != expected.scale() || !found.unit().equals(expected.unit())) {
                throw new IllegalArgumentException("source=" + source.key() + " unit=" + found.unit() + " scale="
                        + found.scale() + ", expected unit=" + expected.unit() + " scale=" + expected.scale()
                        + " as in " + expected.key() + ": all sources have one unit and scale");
            }
        }
    }

    /**
     * Returns a comparison of sources.
     *
     * @param sources the series of the sources, of one unit and scale.
     * @return the comparison.
     * @throws IllegalArgumentException if the sources do not suit each other; the message says why.
     */
    public static Comparison of(final StepSeries... sources) {
        Objects.requireNonNull(sources, "sources");
        return new Comparison(Arrays.asList(sources));
    }
}
