package io.tollgate.api.panel;

import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.series.StepSeries;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The rate on one product as a stack of layers. The composition in force may change with time, and may be revised for
 * the past, for example by a ruling that two measures do not add up. A selector series says which composition is in
 * force. Immutable.
 *
 * <pre>{@code
 * Stack steel = Stack.of(Composition.of(Layer.add("base", base), Layer.add("s232", s232)));
 * StackReading reading = reader.stack(steel).read(engine.now());
 * System.out.println(reading.rate() + " of which " + reading.rate(1));
 * }</pre>
 *
 * @param compositions at least one composition; all rates have one unit and scale.
 * @param selector     a series of scale 0 whose level is the index of the composition in force, from 0; empty if there
 *                     is only one composition.
 * @param missing      the policy for layers whose rate is unknown: FAIL, or AS_ZERO, which also treats a layer whose
 *                     share is unknown as 0.
 */
public record Stack(List<Composition> compositions, Optional<StepSeries> selector, MissingPolicy missing) {
    /**
     * Checks that the parts suit each other.
     *
     * @param compositions at least one composition.
     * @param selector     a series of scale 0 whose level is the index of the composition in force, from 0.
     * @param missing      the policy for layers whose rate is unknown: FAIL, or AS_ZERO, which also treats a layer
     *                     whose share is unknown as 0.
     * @throws IllegalArgumentException if they do not; the message says why.
     */
    public Stack {
        Objects.requireNonNull(compositions, "compositions");
        compositions = List.copyOf(compositions);
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(missing, "missing");
        if (compositions.isEmpty() || compositions.size() > 1 && selector.isEmpty()) {
            throw new IllegalArgumentException(
                    "compositions=" + compositions.size() + ", expected one, or a selector series for several");
        }
        if (selector.isPresent() && selector.get().definition().scale() != 0) {
            throw new IllegalArgumentException("selector=" + selector.get().key() + " scale="
                    + selector.get().definition().scale() + ", expected 0: its level is an index");
        }
        if (missing == MissingPolicy.DROP_AND_RENORMALISE) {
            throw new IllegalArgumentException(
                    "missing=" + missing + ", expected FAIL or AS_ZERO: a stack is a sum and cannot be renormalised");
        }
        final Composition first = compositions.get(0);
        for (final Composition composition : compositions) {
            if (!composition.unit().equals(first.unit()) || composition.scale() != first.scale()) {
                throw new IllegalArgumentException("composition unit=" + composition.unit() + " scale="
                        + composition.scale() + ", expected unit=" + first.unit() + " scale=" + first.scale());
            }
        }
    }

    /**
     * Returns a stack with one composition and the policy FAIL.
     *
     * @param composition the composition.
     * @return the stack.
     */
    public static Stack of(final Composition composition) {
        Objects.requireNonNull(composition, "composition");
        return new Stack(List.of(composition), Optional.empty(), MissingPolicy.FAIL);
    }

    /**
     * Returns a stack whose composition changes with time, with the policy FAIL.
     *
     * @param selector     a series whose level is the index of the composition in force, from 0.
     * @param compositions the compositions; all rates have one unit and scale.
     * @return the stack.
     * @throws IllegalArgumentException if the parts do not suit each other; the message says why.
     */
    public static Stack of(final StepSeries selector, final Composition... compositions) {
        Objects.requireNonNull(compositions, "compositions");
        Objects.requireNonNull(selector, "selector");
        return new Stack(List.of(compositions), Optional.of(selector), MissingPolicy.FAIL);
    }

    /**
     * Returns a copy with another policy for layers whose rate is unknown.
     *
     * @param policy FAIL or AS_ZERO.
     * @return the changed stack.
     * @throws IllegalArgumentException if it is another policy.
     */
    public Stack withMissing(final MissingPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        return new Stack(compositions, selector, policy);
    }
}
