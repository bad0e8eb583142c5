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
 * A question to several series together, which {@link WatchSet} evaluate once a duty cycle: a metric of a group, of
 * a node of a hierarchy, of a stack, of a pair or of a ratio. Immutable; two of the same parts are equal.
 */
public sealed interface WatchedPanel extends WatchedMetric
        permits WatchedPanel.OfGroup,
                WatchedPanel.OfNode,
                WatchedPanel.OfStack,
                WatchedPanel.OfPair,
                WatchedPanel.OfRatio {
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
        Objects.requireNonNull(window, "window");
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
     * A metric of a pair over a window.
     *
     * @param window over which; of time where the pair is by bucket.
     * @param pair   of series.
     * @param metric asked of it.
     * @return what is followed.
     * @throws IllegalArgumentException if a pair by bucket is asked for over the last points.
     */
    static OfPair of(final Window window, final Pair pair, final PairMetric metric) {
        return new OfPair(pair, window, metric);
    }

    /**
     * A metric of a ratio of sums over one window.
     *
     * @param window over which, of any kind.
     * @param ratio  of flows.
     * @param metric asked of it.
     * @return what is followed.
     */
    static OfRatio of(final Window window, final FlowRatio ratio, final RatioMetric metric) {
        return of(window, ratio, Duration.ZERO, metric);
    }

    /**
     * A metric of a ratio of sums whose denominators are those of some time earlier.
     *
     * @param window  over which, of any kind.
     * @param ratio   of flows.
     * @param earlier how much earlier the window of the denominators is seen from, 0 or more; a day is exactly 24 h.
     * @param metric  asked of it.
     * @return what is followed.
     * @throws IllegalArgumentException if that is below 0, or longer than 292 years.
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
    default List<MemberPattern> patterns() {
        return List.of();
    }

    @Override
    default long gridNs(final SeriesKind kind) {
        Objects.requireNonNull(kind, "kind");
        return 0;
    }

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
        public String text() {
            return "stack";
        }
    }

    /**
     * A metric of a pair.
     *
     * @param pair   of series.
     * @param window over which; of time where the pair is by bucket.
     * @param metric asked of it.
     */
    record OfPair(Pair pair, Window window, PairMetric metric) implements WatchedPanel {
        /**
         * Checks that all are there, and that the window suits the pair.
         *
         * @param pair   of series.
         * @param window over which; of time where the pair is by bucket.
         * @param metric asked of it.
         * @throws IllegalArgumentException if a pair by bucket is asked for over the last points.
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
     * A metric of a ratio.
     *
     * @param ratio     of flows.
     * @param window    over which, of any kind.
     * @param earlierNs how much earlier the window of the denominators is seen from, 0 or more.
     * @param metric    asked of it.
     */
    record OfRatio(FlowRatio ratio, Window window, long earlierNs, RatioMetric metric) implements WatchedPanel {
        /**
         * Checks that all are there.
         *
         * @param ratio     of flows.
         * @param window    over which, of any kind.
         * @param earlierNs how much earlier the window of the denominators is seen from, 0 or more.
         * @param metric    asked of it.
         * @throws IllegalArgumentException if that is below 0.
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
