package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One layer of a {@link Composition}: a rate, and its effect on the layers before it. Immutable.
 *
 * <pre>{@code
 * Composition composition = Composition.of(
 *         Layer.add("base", base), Layer.add("s232", s232), Layer.exempt("usmca", exempt, "s232"));
 * }</pre>
 *
 * <p>A rate is unknown before its first point, after an UNKNOWN point, or after it has expired. The {@link Stack} has a
 * policy for unknown rates. An unknown override or exemption is not in force.
 */
public sealed interface Layer {
    /** {@return the name of the layer, unique in its composition} */
    String name();

    /** {@return the series of the rate that the layer adds, or of its switch} */
    StepSeries rate();

    /** {@return all series of the layer: the rate, and the other two of a {@link Share}} */
    default List<StepSeries> series() {
        return List.of(rate());
    }

    /**
     * The conditions under which goods in transit keep the rate of the day of loading.
     *
     * @return clauses, one of which suffices; empty if the rate of the day of entry always applies.
     */
    List<InTransit> inTransit();

    /**
     * Returns a copy with one more clause for goods in transit.
     *
     * @param clause the clause to add.
     * @return the changed layer.
     */
    Layer withInTransit(InTransit clause);

    /**
     * A clause for goods that were in transit when a rate changed. Goods loaded before one instant and entered before
     * another keep the rate in force at loading.
     *
     * @param loadedBeforeNs  the first instant of loading that is too late, in ns since the epoch.
     * @param enteredBeforeNs the first instant of entry that is too late, in ns since the epoch.
     */
    record InTransit(long loadedBeforeNs, long enteredBeforeNs) {
        /**
         * Returns true if the clause applies.
         *
         * @param entryNs  the instant of entry.
         * @param loadedNs the instant of loading; {@link Instants#NONE} if it is unknown: then the clause does not
         *                 apply.
         * @return true if the rate at loading applies.
         */
        public boolean holds(final long entryNs, final long loadedNs) {
            return loadedNs != Instants.NONE && loadedNs < loadedBeforeNs && entryNs < enteredBeforeNs;
        }
    }

    /**
     * A rate that is added to the others.
     *
     * @param name      the name of the layer.
     * @param rate      the rate to add.
     * @param inTransit clauses for goods in transit.
     */
    record Add(String name, StepSeries rate, List<InTransit> inTransit) implements Layer {
        /**
         * Refuses null.
         *
         * @param name      the name of the layer.
         * @param rate      the rate to add.
         * @param inTransit clauses for goods in transit.
         */
        public Add {
            Objects.requireNonNull(inTransit, "inTransit");
            require(name, rate);
            inTransit = List.copyOf(inTransit);
        }

        @Override
        public Layer withInTransit(final InTransit clause) {
            Objects.requireNonNull(clause, "clause");
            return new Add(name, rate, with(inTransit, clause));
        }
    }

    /**
     * A member of a group of layers of which only the largest rate is added; of equal rates the first.
     *
     * @param name      the name of the layer.
     * @param group     the name of the group.
     * @param rate      the rate to add if it is the largest.
     * @param inTransit clauses for goods in transit.
     */
    record Max(String name, String group, StepSeries rate, List<InTransit> inTransit) implements Layer {
        /**
         * Refuses null.
         *
         * @param name      the name of the layer.
         * @param group     the name of the group.
         * @param rate      the rate to add if it is the largest.
         * @param inTransit clauses for goods in transit.
         */
        public Max {
            Objects.requireNonNull(inTransit, "inTransit");
            require(name, rate);
            Objects.requireNonNull(group, "group");
            inTransit = List.copyOf(inTransit);
        }

        @Override
        public Layer withInTransit(final InTransit clause) {
            Objects.requireNonNull(clause, "clause");
            return new Max(name, group, rate, with(inTransit, clause));
        }
    }

    /**
     * A minimum for the sum of other layers: adds {@code max(0, floor - base)}, with base the sum of what they add.
     *
     * @param name      the name of the layer.
     * @param rate      the floor.
     * @param base      the names of the other layers, which are before it.
     * @param inTransit clauses for goods in transit.
     */
    record Floor(String name, StepSeries rate, List<String> base, List<InTransit> inTransit) implements Layer {
        /**
         * Refuses null.
         *
         * @param name      the name of the layer.
         * @param rate      the floor.
         * @param base      the names of the other layers, which are before it.
         * @param inTransit clauses for goods in transit.
         */
        public Floor {
            Objects.requireNonNull(base, "base");
            Objects.requireNonNull(inTransit, "inTransit");
            require(name, rate);
            base = List.copyOf(base);
            inTransit = List.copyOf(inTransit);
        }

        @Override
        public Layer withInTransit(final InTransit clause) {
            Objects.requireNonNull(clause, "clause");
            return new Floor(name, rate, base, with(inTransit, clause));
        }
    }

    /**
     * Two rates on two parts of the value: adds {@code share x rate + (1 - share) x other}.
     *
     * @param name      the name of the layer.
     * @param share     a FRACTION from 0 to 1; if it is outside, the stack is UNDEFINED.
     * @param rate      the rate on the share.
     * @param other     the rate on the rest.
     * @param inTransit clauses for goods in transit, for all three series.
     */
    record Share(String name, StepSeries share, StepSeries rate, StepSeries other, List<InTransit> inTransit)
            implements Layer {
        /**
         * Checks the unit of the share.
         *
         * @param name      the name of the layer.
         * @param share     a FRACTION from 0 to 1.
         * @param rate      the rate on the share.
         * @param other     the rate on the rest.
         * @param inTransit clauses for goods in transit, for all three series.
         * @throws IllegalArgumentException if it is not FRACTION.
         */
        public Share {
            Objects.requireNonNull(inTransit, "inTransit");
            Objects.requireNonNull(share, "share");
            require(name, rate);
            Objects.requireNonNull(other, "other");
            if (!share.definition().unit().equals(Unit.FRACTION)) {
                throw new IllegalArgumentException("layer=" + name + " share=" + share.key() + " unit="
                        + share.definition().unit() + ", expected FRACTION");
            }
            inTransit = List.copyOf(inTransit);
        }

        @Override
        public List<StepSeries> series() {
            return List.of(share, rate, other);
        }

        @Override
        public Layer withInTransit(final InTransit clause) {
            Objects.requireNonNull(clause, "clause");
            return new Share(name, share, rate, other, with(inTransit, clause));
        }
    }

    /**
     * A switch that exempts from other layers while its level is above 0. The layer itself adds nothing.
     *
     * @param name      the name of the layer.
     * @param rate      the switch, of any unit.
     * @param exempted  the names of the exempted layers, which are before it; empty for all of them.
     * @param inTransit clauses for goods in transit.
     */
    record Exempt(String name, StepSeries rate, List<String> exempted, List<InTransit> inTransit) implements Layer {
        /**
         * Refuses null.
         *
         * @param name      the name of the layer.
         * @param rate      the switch, of any unit.
         * @param exempted  the names of the exempted layers, which are before it.
         * @param inTransit clauses for goods in transit.
         */
        public Exempt {
            Objects.requireNonNull(exempted, "exempted");
            Objects.requireNonNull(inTransit, "inTransit");
            require(name, rate);
            exempted = List.copyOf(exempted);
            inTransit = List.copyOf(inTransit);
        }

        @Override
        public Layer withInTransit(final InTransit clause) {
            Objects.requireNonNull(clause, "clause");
            return new Exempt(name, rate, exempted, with(inTransit, clause));
        }
    }

    /**
     * A rate that replaces other layers while it is known.
     *
     * @param name       the name of the layer.
     * @param rate       the rate that replaces the others.
     * @param overridden the names of the replaced layers, which are before it; empty for all of them.
     * @param inTransit  clauses for goods in transit.
     */
    record Overriding(String name, StepSeries rate, List<String> overridden, List<InTransit> inTransit)
            implements Layer {
        /**
         * Refuses null.
         *
         * @param name       the name of the layer.
         * @param rate       the rate that replaces the others.
         * @param overridden the names of the replaced layers, which are before it.
         * @param inTransit  clauses for goods in transit.
         */
        public Overriding {
            Objects.requireNonNull(inTransit, "inTransit");
            Objects.requireNonNull(overridden, "overridden");
            require(name, rate);
            overridden = List.copyOf(overridden);
            inTransit = List.copyOf(inTransit);
        }

        @Override
        public Layer withInTransit(final InTransit clause) {
            Objects.requireNonNull(clause, "clause");
            return new Overriding(name, rate, overridden, with(inTransit, clause));
        }
    }

    /**
     * Returns a layer that adds a rate to the others.
     *
     * @param name the name of the layer.
     * @param rate the rate to add.
     * @return the layer.
     */
    static Layer add(final String name, final StepSeries rate) {
        return new Add(name, rate, List.of());
    }

    /**
     * Returns a layer that adds its rate if it is the largest of its group.
     *
     * @param name  the name of the layer.
     * @param group the name of the group.
     * @param rate  the rate.
     * @return the layer.
     */
    static Layer max(final String name, final String group, final StepSeries rate) {
        return new Max(name, group, rate, List.of());
    }

    /**
     * Returns a layer that raises the sum of other layers to a floor.
     *
     * @param name  the name of the layer.
     * @param floor the floor.
     * @param base  the names of the other layers, which are before it.
     * @return the layer.
     */
    static Layer floor(final String name, final StepSeries floor, final String... base) {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(floor, "floor");
        return new Floor(name, floor, List.of(base), List.of());
    }

    /**
     * Returns a layer with one rate on a share of the value and another on the rest.
     *
     * @param name  the name of the layer.
     * @param share a FRACTION from 0 to 1.
     * @param rate  the rate on the share.
     * @param other the rate on the rest.
     * @return the layer.
     * @throws IllegalArgumentException if the share is not a FRACTION.
     */
    static Layer share(final String name, final StepSeries share, final StepSeries rate, final StepSeries other) {
        Objects.requireNonNull(share, "share");
        return new Share(name, share, rate, other, List.of());
    }

    /**
     * Returns a layer that exempts from other layers while a switch is above 0.
     *
     * @param name     the name of the layer.
     * @param exempt   the switch, of any unit.
     * @param exempted the names of the exempted layers, which are before it; none for all of them.
     * @return the layer.
     */
    static Layer exempt(final String name, final StepSeries exempt, final String... exempted) {
        Objects.requireNonNull(exempt, "exempt");
        Objects.requireNonNull(exempted, "exempted");
        return new Exempt(name, exempt, List.of(exempted), List.of());
    }

    /**
     * Returns a layer whose rate replaces other layers while it is known.
     *
     * @param name       the name of the layer.
     * @param rate       the rate that replaces the others.
     * @param overridden the names of the replaced layers, which are before it; none for all of them.
     * @return the layer.
     */
    static Layer override(final String name, final StepSeries rate, final String... overridden) {
        Objects.requireNonNull(overridden, "overridden");
        return new Overriding(name, rate, List.of(overridden), List.of());
    }

    private static void require(final String name, final StepSeries rate) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rate, "rate");
    }

    private static List<InTransit> with(final List<InTransit> clauses, final InTransit clause) {
        return Stream.concat(clauses.stream(), Stream.of(clause)).toList();
    }
}
