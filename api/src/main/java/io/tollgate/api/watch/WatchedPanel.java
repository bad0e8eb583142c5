package io.tollgate.api.watch;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.RatioMetric;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An answer over several series that a {@link WatchSet} evaluates once a duty cycle: a metric of a group, of a node of
 * a hierarchy, of a stack, of a pair or of a ratio. Immutable; compared by value.
 */
public sealed interface WatchedPanel extends WatchedMetric
        permits WatchedPanel.OfGroup,
                WatchedPanel.OfNode,
                WatchedPanel.OfStack,
                WatchedPanel.OfPair,
                WatchedPanel.OfRatio {
    /**
     * Returns a metric of a group at each instant.
     *
     * @param group  the group.
     * @param metric the metric to read.
     * @return the watched panel.
     */
    static OfGroup of(final Group group, final GroupMetric metric) {
        return new OfGroup(group, Optional.empty(), metric);
    }

    /**
     * Returns a metric of a group over a sliding window.
     *
     * @param window the window.
     * @param group  the group.
     * @param metric the metric to read.
     * @return the watched panel.
     */
    static OfGroup of(final Window.Sliding window, final Group group, final GroupMetric metric) {
        Objects.requireNonNull(window, "window");
        return new OfGroup(group, Optional.of(window), metric);
    }

    /**
     * Returns a metric of a node of a hierarchy at each instant.
     *
     * @param hierarchy the hierarchy.
     * @param node      the name of the node, which may have no member yet.
     * @param metric    the metric to read.
     * @return the watched panel.
     */
    static OfNode of(final Hierarchy hierarchy, final String node, final GroupMetric metric) {
        return new OfNode(hierarchy, node, metric);
    }

    /**
     * Returns the rate of a stack, on goods entered at each instant.
     *
     * @param stack the stack.
     * @return the watched panel.
     */
    static OfStack of(final Stack stack) {
        return new OfStack(stack);
    }

    /**
     * Returns a metric of a pair over a window.
     *
     * @param window the window; for a pair by bucket a window of time.
     * @param pair   the pair.
     * @param metric the metric to read.
     * @return the watched panel.
     * @throws IllegalArgumentException if a pair by bucket is combined with a window of the last points.
     */
    static OfPair of(final Window window, final Pair pair, final PairMetric metric) {
        return new OfPair(pair, window, metric);
    }

    /**
     * Returns a metric of a ratio of sums over one window.
     *
     * @param window the window, of any kind.
     * @param ratio  the ratio.
     * @param metric the metric to read.
     * @return the watched panel.
     */
    static OfRatio of(final Window window, final FlowRatio ratio, final RatioMetric metric) {
        return of(window, ratio, Duration.ZERO, metric);
    }

    /**
     * Returns a metric of a ratio of sums whose denominators are read at an earlier instant.
     *
     * @param window  the window, of any kind.
     * @param ratio   the ratio.
     * @param earlier the time by which the window of the denominators ends earlier, 0 or more; a day is exactly 24 h.
     * @param metric  the metric to read.
     * @return the watched panel.
     * @throws IllegalArgumentException if {@code earlier} is below 0 or above 292 years.
     */
    static OfRatio of(final Window window, final FlowRatio ratio, final Duration earlier, final RatioMetric metric) {
        Objects.requireNonNull(earlier, "earlier");
        try {
            return new OfRatio(ratio, window, earlier.toNanos(), metric);
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("earlier=" + earlier + ", expected at most 292 years", e);
        }
    }

    /**
     * The series that the panel names.
     *
     * @return their keys, without those of members by pattern.
     */
    Set<String> keys();

    /**
     * The patterns of members of the panel.
     *
     * @return the patterns, each with its weight and membership; empty if it has none.
     */
    default List<MemberPattern> patterns() {
        return List.of();
    }

    @Override
    default long gridNs(final SeriesKind kind) {
        Objects.requireNonNull(kind, "kind");
        return 0;
    }

    /**
     * The panel as one line of text, without its series. The log stores this text.
     *
     * @return text.
     */
    String text();

    /**
     * A metric of a group.
     *
     * @param group  the group.
     * @param window the window, empty to read at an instant.
     * @param metric the metric to read.
     */
    record OfGroup(Group group, Optional<Window.Sliding> window, GroupMetric metric) implements WatchedPanel {
        /**
         * Refuses null.
         *
         * @param group  the group.
         * @param window the window, empty to read at an instant.
         * @param metric the metric to read.
         */
        public OfGroup {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(metric, "metric");
        }

        @Override
        public long gridNs(final SeriesKind kind) {
            Objects.requireNonNull(kind, "kind");
            return metric.isConcentration() ? window.map(WatchGrid::lengthNs).orElse(0L) : 0;
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
     * A metric of a node of a hierarchy.
     *
     * @param hierarchy the hierarchy.
     * @param node      the name of the node.
     * @param metric    the metric to read.
     */
    record OfNode(Hierarchy hierarchy, String node, GroupMetric metric) implements WatchedPanel {
        /**
         * Refuses null.
         *
         * @param hierarchy the hierarchy.
         * @param node      the name of the node.
         * @param metric    the metric to read.
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
     * @param stack the stack.
     */
    record OfStack(Stack stack) implements WatchedPanel {
        /**
         * Refuses null.
         *
         * @param stack the stack.
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
        public String text() {
            return "stack";
        }
    }

    /**
     * A metric of a pair.
     *
     * @param pair   the pair.
     * @param window the window; for a pair by bucket a window of time.
     * @param metric the metric to read.
     */
    record OfPair(Pair pair, Window window, PairMetric metric) implements WatchedPanel {
        /**
         * Checks that the window suits the pair.
         *
         * @param pair   the pair.
         * @param window the window.
         * @param metric the metric to read.
         * @throws IllegalArgumentException if a pair by bucket is combined with a window of the last points.
         */
        public OfPair {
            Objects.requireNonNull(pair, "pair");
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(metric, "metric");
            if (pair.bucket().isPresent() && window instanceof Window.LastPoints) {
                throw new IllegalArgumentException("window=" + window + " bucket="
                        + pair.bucket().get() + ", expected a window of time: the last points have no whole buckets");
            }
        }

        @Override
        public long gridNs(final SeriesKind kind) {
            Objects.requireNonNull(kind, "kind");
            return WatchGrid.lengthNs(window);
        }

        @Override
        public Set<String> keys() {
            return Stream.of(pair.x(), pair.y()).map(Series::key).collect(Collectors.toSet());
        }

        @Override
        public String text() {
            return "pair " + metric.text() + " " + window
                    + pair.bucket().map(bucket -> " " + bucket).orElse("") + " lag=" + pair.lag();
        }
    }

    /**
     * A metric of a ratio of sums.
     *
     * @param ratio     the ratio.
     * @param window    the window, of any kind.
     * @param earlierNs the time in ns by which the window of the denominators ends earlier, 0 or more.
     * @param metric    the metric to read.
     */
    record OfRatio(FlowRatio ratio, Window window, long earlierNs, RatioMetric metric) implements WatchedPanel {
        /**
         * Checks the parts.
         *
         * @param ratio     the ratio.
         * @param window    the window, of any kind.
         * @param earlierNs the time in ns by which the window of the denominators ends earlier, 0 or more.
         * @param metric    the metric to read.
         * @throws IllegalArgumentException if {@code earlierNs} is below 0.
         */
        public OfRatio {
            Objects.requireNonNull(ratio, "ratio");
            Objects.requireNonNull(window, "window");
            Objects.requireNonNull(metric, "metric");
            if (earlierNs < 0) {
                throw new IllegalArgumentException("earlierNs=" + earlierNs + ", expected 0 or more");
            }
        }

        @Override
        public Set<String> keys() {
            return Stream.concat(ratio.numerators().stream(), ratio.denominators().stream())
                    .map(Series::key)
                    .collect(Collectors.toSet());
        }

        @Override
        public String text() {
            return "ratio " + metric.text() + " " + window + " earlierNs=" + earlierNs;
        }
    }

    private static Set<String> keysOf(final Group group) {
        return group.members().stream()
                .flatMap(member -> member.series().stream())
                .map(StepSeries::key)
                .collect(Collectors.toSet());
    }
}
