package io.tollgate.api;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is asked of many series together, and followed by {@link PanelWatches}. Immutable; two of the same parts are
 * equal.
 */
public sealed interface WatchedPanel extends WatchedMetric {
    /**
     * A metric of a group at each instant.
     *
     * @param group  any.
     * @param metric asked of it.
     * @return what is followed.
     */
    static OfGroup of(final Group group, final GroupMetric metric) {
        return new OfGroup(group, Optional.empty(), metric);
    }

    /**
     * A metric of a group over a window that slides.
     *
     * @param window of time.
     * @param group  any.
     * @param metric asked of it.
     * @return what is followed.
     */
    static OfGroup of(final Window.Sliding window, final Group group, final GroupMetric metric) {
        return new OfGroup(group, Optional.of(window), metric);
    }

    /**
     * A metric of a node of a hierarchy at each instant.
     *
     * @param hierarchy any.
     * @param node      that may have a member or not yet.
     * @param metric    asked of it.
     * @return what is followed.
     */
    static OfNode of(final Hierarchy hierarchy, final String node, final GroupMetric metric) {
        return new OfNode(hierarchy, node, metric);
    }

    /**
     * The rate on goods that are entered at each instant.
     *
     * @param stack of layers.
     * @return what is followed.
     */
    static OfStack of(final Stack stack) {
        return new OfStack(stack);
    }

    /**
     * The series that it rests on by name.
     *
     * @return their keys; those of members by pattern are not among them.
     */
    Set<String> keys();

    /**
     * The patterns of further series that it rests on.
     *
     * @return of members, each with its weight and membership.
     */
    List<MemberPattern> patterns();

    /**
     * What it is in one line, without its series: a log holds that.
     *
     * @return text.
     */
    String text();

    /**
     * A metric of a group.
     *
     * @param group  any.
     * @param window over which, empty for an instant.
     * @param metric asked of it.
     */
    record OfGroup(Group group, Optional<Window.Sliding> window, GroupMetric metric) implements WatchedPanel {
        /**
         * Checks that all are there.
         *
         * @param group  any.
         * @param window over which, empty for an instant.
         * @param metric asked of it.
         */
        public OfGroup {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(metric, "metric");
        }

        @Override
        public Set<String> keys() {
            return keysOf(group);
        }

        @Override
        public List<MemberPattern> patterns() {
            return group.patterns();
        }

        @Override
        public String text() {
            return "group " + metric.text() + window.map(over -> " " + over).orElse("");
        }
    }

    /**
     * A metric of a node.
     *
     * @param hierarchy any.
     * @param node      of it.
     * @param metric    asked of it.
     */
    record OfNode(Hierarchy hierarchy, String node, GroupMetric metric) implements WatchedPanel {
        /**
         * Checks that all are there.
         *
         * @param hierarchy any.
         * @param node      of it.
         * @param metric    asked of it.
         */
        public OfNode {
            Objects.requireNonNull(hierarchy, "hierarchy");
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(metric, "metric");
        }

        @Override
        public Set<String> keys() {
            return keysOf(hierarchy.group());
        }

        @Override
        public List<MemberPattern> patterns() {
            return hierarchy.group().patterns();
        }

        @Override
        public String text() {
            return "node " + metric.text() + " " + node;
        }
    }

    /**
     * The rate of a stack.
     *
     * @param stack of layers.
     */
    record OfStack(Stack stack) implements WatchedPanel {
        /**
         * Checks that it is there.
         *
         * @param stack of layers.
         */
        public OfStack {
            Objects.requireNonNull(stack, "stack");
        }

        @Override
        public Set<String> keys() {
            final Set<String> keys = stack.compositions().stream()
                    .flatMap(composition -> composition.layers().stream())
                    .flatMap(layer -> layer.series().stream())
                    .map(StepSeries::key)
                    .collect(Collectors.toSet());
            stack.selector().ifPresent(series -> keys.add(series.key()));
            return keys;
        }

        @Override
        public List<MemberPattern> patterns() {
            return List.of();
        }

        @Override
        public String text() {
            return "stack";
        }
    }

    private static Set<String> keysOf(final Group group) {
        final Set<String> keys = new HashSet<>();
        for (final GroupMember member : group.members()) {
            keys.add(member.rate().key());
            member.weight().ifPresent(series -> keys.add(series.key()));
            member.membership().ifPresent(series -> keys.add(series.key()));
        }
        return keys;
    }
}
