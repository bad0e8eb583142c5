package io.tollgate.api.panel;

import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * What several sources say of one level, held side by side: a series for each of them, with points of its own, so that
 * none overwrites what another one says. By custom their keys differ in the last segment, which names the source
 * ({@code tariff.US.CN.add-on.law}, {@code tariff.US.CN.add-on.tracker}), and the reference of a point says where the
 * source says so. {@link ComparisonReading} tells when they differ, and by how much. Immutable.
 *
 * @param sources their series, of one unit and scale, in the order in which they are told apart.
 */
public record Comparison(List<StepSeries> sources) {
    /** Most sources. */
    public static final int MAX_SOURCES = 64;

    /**
     * Checks the sources.
     *
     * @param sources their series, of one unit and scale, in the order in which they are told apart.
     * @throws IllegalArgumentException naming what does not suit: fewer than two, too many, one of them twice, or of
     *                                  another unit or scale.
     */
    public Comparison {
        Objects.requireNonNull(sources, "sources");
        sources = List.copyOf(sources);
        if (sources.size() < 2 || sources.size() > MAX_SOURCES) {
            throw new IllegalArgumentException(
                    "sources=" + sources.size() + ", expected 2 to " + MAX_SOURCES + ": one alone does not differ");
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
                        + " as of " + expected.key() + ": what is compared is alike");
            }
        }
    }

    /**
     * A comparison of sources.
     *
     * @param sources their series, of one unit and scale, in the order in which they are told apart.
     * @return the comparison.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public static Comparison of(final StepSeries... sources) {
        Objects.requireNonNull(sources, "sources");
        return new Comparison(Arrays.asList(sources));
    }
}
