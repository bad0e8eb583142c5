package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One layer of a {@link Composition}: a rate, and what it does to those before it. Immutable.
 *
 * <p>What is not known of a rate (no point yet, unknown, or run out) is missing, and the policy of the {@link Stack}
 * says what becomes of it; but an override or an exemption that is not known is not in force.
 */
public sealed interface Layer {
    /**
     * The name of the layer.
     *
     * @return a name that no other layer of the composition has.
     */
    String name();

    /**
     * The rate that the layer adds, or by which it is switched.
     *
     * @return a series.
     */
    StepSeries rate();

    /**
     * All series of the layer.
     *
     * @return the rate, and the others of a share.
     */
    default List<StepSeries> series() {
        return List.of(rate());
    }

    /**
     * Under which conditions goods that are afloat still have the rate of the day they were loaded.
     *
     * @return clauses, of which one suffices; empty if the rate is always that of the entry.
     */
    List<InTransit> inTransit();

    /**
     * The same with a clause for goods afloat.
     *
     * @param clause in addition to those that it has.
     * @return the changed layer.
     */
    Layer withInTransit(InTransit clause);

    /**
     * A clause for goods that were afloat when a rate changed: loaded before an instant and entered before another one,
     * they have the rate that was in force when they were loaded.
     *
     * @param loadedBeforeNs  the first instant of loading that is too late.
     * @param enteredBeforeNs the first instant of entry that is too late.
     */
    record InTransit(long loadedBeforeNs, long enteredBeforeNs) {
        /**
         * Whether the clause holds.
         *
         * @param entryNs  instant of entry.
         * @param loadedNs instant of loading, {@link Instants#NONE} if it is not known: then it does not.
         * @return true if the rate is that of the loading.
         */
        public boolean holds(final long entryNs, final long loadedNs) {
            return loadedNs != Instants.NONE && loadedNs < loadedBeforeNs && entryNs < enteredBeforeNs;
        }
    }

    /**
     * A rate that is added to the others.
     *
     * @param name      of the layer.
     * @param rate      that is added.
     * @param inTransit clauses for goods afloat.
     */
    record Add(String name, StepSeries rate, List<InTransit> inTransit) implements Layer {
        /**
         * Checks that nothing is missing.
         *
         * @param name      of the layer.
         * @param rate      that is added.
         * @param inTransit clauses for goods afloat.
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
     * Of all layers of a group only the largest rate is added; of equal ones the first.
     *
     * @param name      of the layer.
     * @param group     name of the group.
     * @param rate      that is added if it is the largest.
     * @param inTransit clauses for goods afloat.
     */
    record Max(String name, String group, StepSeries rate, List<InTransit> inTransit) implements Layer {
        /**
         * Checks that nothing is missing.
         *
         * @param name      of the layer.
         * @param group     name of the group.
         * @param rate      that is added if it is the largest.
         * @param inTransit clauses for goods afloat.
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
     * What lacks of other layers to a floor is added: {@code max(0, floor - base)}, where the base is what they add.
     *
     * @param name      of the layer.
     * @param rate      the floor.
     * @param base      names of layers before it.
     * @param inTransit clauses for goods afloat.
     */
    record Floor(String name, StepSeries rate, List<String> base, List<InTransit> inTransit) implements Layer {
        /**
         * Checks that nothing is missing.
         *
         * @param name      of the layer.
         * @param rate      the floor.
         * @param base      names of layers before it.
         * @param inTransit clauses for goods afloat.
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
     * One rate on a share of the value, another one on the rest: {@code share x rate + (1 - share) x other} is added.
     *
     * @param name      of the layer.
     * @param share     a FRACTION, 0 to 1; beyond that the stack is UNDEFINED.
     * @param rate      on the share.
     * @param other     on the rest.
     * @param inTransit clauses for goods afloat, for all three.
     */
    record Share(String name, StepSeries share, StepSeries rate, StepSeries other, List<InTransit> inTransit)
            implements Layer {
        /**
         * Checks the unit of the share.
         *
         * @param name      of the layer.
         * @param share     a FRACTION, 0 to 1; beyond that the stack is UNDEFINED.
         * @param rate      on the share.
         * @param other     on the rest.
         * @param inTransit clauses for goods afloat, for all three.
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
     * Layers that do not count for a time.
     *
     * @param name      of the layer, which itself adds nothing.
     * @param rate      a switch of any unit: in force while it is above 0.
     * @param exempted  names of layers before it; empty for all of them.
     * @param inTransit clauses for goods afloat.
     */
    record Exempt(String name, StepSeries rate, List<String> exempted, List<InTransit> inTransit) implements Layer {
        /**
         * Checks that nothing is missing.
         *
         * @param name      of the layer, which itself adds nothing.
         * @param rate      a switch of any unit: in force while it is above 0.
         * @param exempted  names of layers before it; empty for all of them.
         * @param inTransit clauses for goods afloat.
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
     * A rate in the place of others, while it is known.
     *
     * @param name       of the layer.
     * @param rate       that is added instead; where it is not known the others count.
     * @param overridden names of layers before it; empty for all of them.
     * @param inTransit  clauses for goods afloat.
     */
    record Overriding(String name, StepSeries rate, List<String> overridden, List<InTransit> inTransit)
            implements Layer {
        /**
         * Checks that nothing is missing.
         *
         * @param name       of the layer.
         * @param rate       that is added instead; where it is not known the others count.
         * @param overridden names of layers before it; empty for all of them.
         * @param inTransit  clauses for goods afloat.
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
     * A rate that is added to the others.
     *
     * @param name of the layer.
     * @param rate that is added.
     * @return the layer.
     */
    static Layer add(final String name, final StepSeries rate) {
        return new Add(name, rate, List.of());
    }

    /**
     * A rate that is added if it is the largest of its group.
     *
     * @param name  of the layer.
     * @param group name of the group.
     * @param rate  that is added.
     * @return the layer.
     */
    static Layer max(final String name, final String group, final StepSeries rate) {
        return new Max(name, group, rate, List.of());
    }

    /**
     * What lacks of other layers to a floor.
     *
     * @param name  of the layer.
     * @param floor that they are to reach.
     * @param base  names of layers before it.
     * @return the layer.
     */
    static Layer floor(final String name, final StepSeries floor, final String... base) {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(floor, "floor");
        return new Floor(name, floor, List.of(base), List.of());
    }

    /**
     * One rate on a share of the value, another one on the rest.
     *
     * @param name  of the layer.
     * @param share a FRACTION, 0 to 1.
     * @param rate  on the share.
     * @param other on the rest.
     * @return the layer.
     * @throws IllegalArgumentException if the share is no FRACTION.
     */
    static Layer share(final String name, final StepSeries share, final StepSeries rate, final StepSeries other) {
        Objects.requireNonNull(share, "share");
        return new Share(name, share, rate, other, List.of());
    }

    /**
     * Layers that do not count while a switch is above 0.
     *
     * @param name     of the layer.
     * @param exempt   the switch.
     * @param exempted names of layers before it; none for all of them.
     * @return the layer.
     */
    static Layer exempt(final String name, final StepSeries exempt, final String... exempted) {
        Objects.requireNonNull(exempt, "exempt");
        Objects.requireNonNull(exempted, "exempted");
        return new Exempt(name, exempt, List.of(exempted), List.of());
    }

    /**
     * A rate in the place of others, while it is known.
     *
     * @param name       of the layer.
     * @param rate       that is added instead.
     * @param overridden names of layers before it; none for all of them.
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
