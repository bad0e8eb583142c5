package io.tollgate.api.panel;

import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.series.StepSeries;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The rate on one product from its layers. Which composition holds may change with time and be revised, as when it is
 * decided that two measures do not add up, back to a day in the past: then a series says it. Immutable.
 *
 * @param compositions one at least, with rates of one unit and scale.
 * @param selector     whose level is the place of the composition in force in the list, from 0; of scale 0; empty if
 *                     there is one only.
 * @param missing      what becomes of a layer whose rate is not known: FAIL, or AS_ZERO, by which a rate that is not
 *                     known counts as 0, and a layer adds nothing of which the share is not known.
 */
public record Stack(List<Composition> compositions, Optional<StepSeries> selector, MissingPolicy missing) {
    /**
     * Checks that the parts belong together.
     *
     * @param compositions one at least, with rates of one unit and scale.
     * @param selector     whose level is the place of the composition in force in the list, from 0; of scale 0; empty
     *                     if there is one only.
     * @param missing      what becomes of a layer whose rate is not known: FAIL, or AS_ZERO.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public Stack {
        Objects.requireNonNull(compositions, "compositions");
        compositions = List.copyOf(compositions);
        Objects.requireNonNull(selector, "selector");
        if (compositions.isEmpty() || compositions.size() > 1 && selector.isEmpty()) {
            throw new IllegalArgumentException("compositions=" + compositions.size()
                    + ", expected one, or a series that says which one is in force");
        }
        if (selector.isPresent() && selector.get().definition().scale() != 0) {
            throw new IllegalArgumentException("selector=" + selector.get().key() + " scale="
                    + selector.get().definition().scale() + ", expected 0: its level is a place in a list");
        }
        if (missing == MissingPolicy.DROP_AND_RENORMALISE) {
            throw new IllegalArgumentException("missing=" + missing
                    + ", expected FAIL or AS_ZERO: a stack is a sum, there is nothing to renormalise");
        }
        Objects.requireNonNull(missing, "missing");
        final Composition first = compositions.get(0);
        for (final Composition composition : compositions) {
            if (!composition.unit().equals(first.unit()) || composition.scale() != first.scale()) {
                throw new IllegalArgumentException("composition unit=" + composition.unit() + " scale="
                        + composition.scale() + ", expected unit=" + first.unit() + " scale=" + first.scale());
            }
        }
    }

    /**
     * A stack of one composition for all time.
     *
     * @param composition of its layers.
     * @return the stack, which fails where the rate of a layer is not known.
     */
    public static Stack of(final Composition composition) {
        Objects.requireNonNull(composition, "composition");
        return new Stack(List.of(composition), Optional.empty(), MissingPolicy.FAIL);
    }

    /**
     * A stack whose composition changes with time.
     *
     * @param selector     whose level is the place of the composition in force, from 0.
     * @param compositions with rates of one unit and scale.
     * @return the stack, which fails where the rate of a layer is not known.
     * @throws IllegalArgumentException naming what does not suit.
     */
    public static Stack of(final StepSeries selector, final Composition... compositions) {
        Objects.requireNonNull(compositions, "compositions");
        Objects.requireNonNull(selector, "selector");
        return new Stack(List.of(compositions), Optional.of(selector), MissingPolicy.FAIL);
    }

    /**
     * The same with another policy for layers whose rate is not known.
     *
     * @param policy FAIL, or AS_ZERO.
     * @return the changed stack.
     * @throws IllegalArgumentException if it is another one.
     */
    public Stack withMissing(final MissingPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        return new Stack(compositions, selector, policy);
    }
}
