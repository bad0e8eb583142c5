package io.tollgate.api.panel;

import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The layers of a {@link Stack}, in the order in which they take effect. Immutable.
 *
 * @param layers at least one layer; names are unique, and all rates have one unit and scale.
 */
public record Composition(List<Layer> layers) {
    /** The maximum number of layers. */
    public static final int MAX_LAYERS = 64;

    private static final Set<Unit> RATES = Set.of(Unit.PERCENT, Unit.FRACTION, Unit.BASIS_POINT);

    /**
     * Checks the layers.
     *
     * @param layers at least one layer.
     * @throws IllegalArgumentException if the layers do not suit each other; the message says why.
     */
    public Composition {
        Objects.requireNonNull(layers, "layers");
        layers = List.copyOf(layers);
        if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
            throw new IllegalArgumentException("layers=" + layers.size() + ", expected 1 to " + MAX_LAYERS);
        }
        final Set<String> before = new HashSet<>();
        for (final Layer layer : layers) {
            for (final String target : targets(layer)) {
                if (!before.contains(target)) {
                    throw new IllegalArgumentException("layer=" + layer.name() + " refers to " + target
                            + ", expected a layer before it: " + before);
                }
            }
            if (!before.add(layer.name())) {
                throw new IllegalArgumentException("layer=" + layer.name() + " occurs twice, expected unique names");
            }
        }
        final SeriesDefinition expected = firstRate(layers);
        for (final Layer layer : layers) {
            if (layer instanceof Layer.Share share) {
                requireAlike(expected, share.other());
            }
            if (!(layer instanceof Layer.Exempt)) {
                requireAlike(expected, layer.rate());
            }
        }
    }

    /**
     * Returns a composition.
     *
     * @param layers the layers in the order in which they take effect.
     * @return the composition.
     * @throws IllegalArgumentException if the layers do not suit each other; the message says why.
     */
    public static Composition of(final Layer... layers) {
        Objects.requireNonNull(layers, "layers");
        return new Composition(List.of(layers));
    }

    private static SeriesDefinition firstRate(final List<Layer> layers) {
        final SeriesDefinition first = layers.stream()
                .filter(layer -> !(layer instanceof Layer.Exempt))
                .map(layer -> layer.rate().definition())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("layers=exemptions only, expected one with a rate"));
        if (!RATES.contains(first.unit())) {
            throw new IllegalArgumentException("series=" + first.key() + " unit=" + first.unit()
                    + ", expected a rate: PERCENT, FRACTION or BASIS_POINT");
        }
        return first;
    }

    private static void requireAlike(final SeriesDefinition expected, final StepSeries series) {
        final SeriesDefinition found = series.definition();
        if (found.scale() != expected.scale() || !found.unit().equals(expected.unit())) {
            throw new IllegalArgumentException("series=" + series.key() + " unit=" + found.unit() + " scale="
                    + found.scale() + ", expected unit=" + expected.unit() + " scale=" + expected.scale() + " as in "
                    + expected.key() + ": all rates of a composition have one unit and scale");
        }
    }

    /** Returns the names of the layers that a layer refers to. */
    private static List<String> targets(final Layer layer) {
        if (layer instanceof Layer.Floor floor) {
            return floor.base();
        }
        if (layer instanceof Layer.Exempt exempt) {
            return exempt.exempted();
        }
        return layer instanceof Layer.Overriding override ? override.overridden() : List.of();
    }

    /** {@return the unit of the rates: PERCENT, FRACTION or BASIS_POINT} */
    public Unit unit() {
        return firstRate(layers).unit();
    }

    /** {@return the number of decimals of the rates, 0 to 9} */
    public int scale() {
        return firstRate(layers).scale();
    }
}
