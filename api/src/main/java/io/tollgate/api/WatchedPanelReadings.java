package io.tollgate.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watched values of each number of each reading of a {@link PanelReader}. Of what is given as time earlier a day is
 * exactly 24 h. Of a metric of a group, a node, a stack or a ratio {@link WatchedPanel} has a shorter form of the same
 * course.
 */
public final class WatchedPanelReadings {
    private static final Window ALL = WatchedReadings.ALL;

    private WatchedPanelReadings() {}

    /**
     * Of a group at each instant: also how many members it has, beside its metrics.
     *
     * @param group  any.
     * @param answer asked for.
     * @return what is watched.
     */
    public static WatchedValue group(final Group group, final Answer<? super GroupReading> answer) {
        return ReadingSight.<GroupReading>value(
                        "group",
                        answer,
                        (reader, panels) -> panels.newReading(group),
                        (reader, panels, atNs, knownAtNs, reading) -> panels.read(atNs, knownAtNs, reading))
                .on(onGroup(group, 0));
    }

    /**
     * Of a group over a window that slides.
     *
     * @param window of time.
     * @param group  any.
     * @param answer asked for.
     * @return what is watched.
     */
    public static WatchedValue group(
            final Window.Sliding window, final Group group, final Answer<? super GroupReading> answer) {
        return ReadingSight.<GroupReading>value(
                        "group " + window,
                        answer,
                        (reader, panels) -> panels.newReading(group),
                        (reader, panels, atNs, knownAtNs, reading) -> panels.read(window, atNs, knownAtNs, reading))
                .on(onGroup(group, 0))
                // Time begins to be covered, or missing, behind the instant at which a level begins or ends.
                .on(onGroup(group, 1))
                .on(onGroup(group, window.lengthNs()));
    }

    private static Dependence onGroup(final Group group, final long earlierNs) {
        return new Dependence.OnPanel(WatchedPanel.of(group, GroupMetric.SIMPLE), earlierNs);
    }

    /**
     * Of what has changed the weighted average of a group since some time earlier: what rates and what weights did.
     *
     * @param group   any.
     * @param earlier since when.
     * @param answer  asked for.
     * @return what is watched.
     * @throws IllegalArgumentException if that is below 0, or longer than 292 years.
     */
    public static WatchedValue effects(
            final Group group, final Duration earlier, final Answer<? super EffectReading> answer) {
        final long earlierNs = ReadingSight.ns(earlier);
        return ReadingSight.<EffectReading>value(
                        "effects earlierNs=" + earlierNs,
                        answer,
                        (reader, panels) -> panels.newEffectReading(group),
                        (reader, panels, atNs, knownAtNs, reading) ->
                                panels.readEffects(ReadingSight.earlier(atNs, earlierNs), atNs, knownAtNs, reading))
                .on(onGroup(group, 0))
                .on(onGroup(group, earlierNs));
    }

    /**
     * Of a stack, of goods that are entered at each instant and were loaded some time earlier: also the rates of its
     * layers, and the duty on an amount.
     *
     * @param stack   of layers.
     * @param earlier how long goods are afloat; empty where it is not known when they were loaded.
     * @param answer  asked for.
     * @return what is watched.
     * @throws IllegalArgumentException if that is below 0, or longer than 292 years.
     */
    public static WatchedValue stack(
            final Stack stack, final Optional<Duration> earlier, final Answer<? super StackReading> answer) {
        final long earlierNs = earlier.map(ReadingSight::ns).orElse(0L);
        WatchedValue value = ReadingSight.<StackReading>value(
                        "stack earlierNs=" + earlierNs,
                        answer,
                        (reader, panels) -> panels.newStackReading(stack),
                        (reader, panels, atNs, knownAtNs, reading) -> panels.readStack(
                                atNs,
                                earlier.isPresent() ? ReadingSight.earlier(atNs, earlierNs) : Publisher.NONE,
                                knownAtNs,
                                reading))
                .on(new Dependence.OnPanel(WatchedPanel.of(stack), 0));
        if (earlier.isEmpty()) {
            return value;
        }
        for (final StepSeries series : afloat(stack)) {
            value = value.on(new Dependence.OnWindow(series, ALL, earlierNs));
        }
        return value.on(new Dependence.OnInstants(clauseBounds(stack, earlierNs)));
    }

    /** What goods may have of the day on which they were loaded, whichever composition was in force then. */
    private static Set<StepSeries> afloat(final Stack stack) {
        return stack.compositions().stream()
                .flatMap(composition -> composition.layers().stream())
                .filter(layer -> !layer.inTransit().isEmpty())
                .flatMap(layer -> layer.series().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Where goods that were loaded some time earlier come under a clause, or no longer do. */
    private static List<Long> clauseBounds(final Stack stack, final long earlierNs) {
        final List<Long> bounds = new ArrayList<>();
        for (final Composition composition : stack.compositions()) {
            for (final Layer layer : composition.layers()) {
                for (final Layer.InTransit clause : layer.inTransit()) {
                    bounds.add(clause.loadedBeforeNs());
                    bounds.add(clause.enteredBeforeNs());
                }
            }
        }
        return bounds.stream()
                .flatMap(instant -> Stream.of(instant, ReadingSight.later(instant, earlierNs)))
                .filter(instant -> instant >= Instants.MIN && instant <= Instants.MAX)
                .toList();
    }

    /**
     * Of a ratio of sums whose denominators are those of some time earlier: also the gap to a rate by law.
     *
     * @param window  over which.
     * @param ratio   of flows.
     * @param earlier how much earlier the window of the denominators is seen from.
     * @param answer  asked for.
     * @return what is watched.
     * @throws IllegalArgumentException if that is below 0, or longer than 292 years.
     */
    public static WatchedValue ratio(
            final Window window,
            final FlowRatio ratio,
            final Duration earlier,
            final Answer<? super RatioReading> answer) {
        final long earlierNs = ReadingSight.ns(earlier);
        WatchedValue value = ReadingSight.<RatioReading>value(
                "ratio " + window + " earlierNs=" + earlierNs,
                answer,
                (reader, panels) -> panels.newRatioReading(ratio),
                (reader, panels, atNs, knownAtNs, reading) ->
                        panels.readRatio(window, atNs, ReadingSight.earlier(atNs, earlierNs), knownAtNs, reading));
        for (final FlowSeries series : ratio.numerators()) {
            value = value.on(window, series);
        }
        for (final FlowSeries series : ratio.denominators()) {
            value = value.on(new Dependence.OnWindow(series, window, earlierNs));
        }
        return value;
    }

    /**
     * Of what several sources say of one level, side by side.
     *
     * @param window       of time.
     * @param comparison   of sources.
     * @param maxStretches how many stretches the reading holds.
     * @param answer       asked for.
     * @return what is watched.
     */
    public static WatchedValue comparison(
            final Window window,
            final Comparison comparison,
            final int maxStretches,
            final Answer<? super ComparisonReading> answer) {
        WatchedValue value = ReadingSight.<ComparisonReading>value(
                "comparison " + window + " " + maxStretches,
                answer,
                (reader, panels) -> panels.newComparisonReading(comparison, maxStretches),
                (reader, panels, atNs, knownAtNs, reading) -> panels.readComparison(window, atNs, knownAtNs, reading));
        for (final StepSeries source : comparison.sources()) {
            value = value.on(window, source);
        }
        return value;
    }

    /**
     * Of how much of a tariff is passed on, as known at each instant; INSUFFICIENT before the last of its instants.
     *
     * @param passThrough over its instants.
     * @param answer      asked for.
     * @return what is watched.
     */
    public static WatchedValue passThrough(final PassThrough passThrough, final Answer<? super SlopeReading> answer) {
        final List<Long> instants = passThrough.instants();
        final long lastNs = instants.get(instants.size() - 1);
        return ReadingSight.<SlopeReading>value(
                        "pass-through " + instants.hashCode(),
                        lastNs,
                        answer,
                        (reader, panels) -> panels.newSlopeReading(passThrough),
                        (reader, panels, atNs, knownAtNs, reading) -> panels.readSlope(knownAtNs, reading))
                .on(ALL, passThrough.price())
                .on(ALL, passThrough.rate())
                .on(new Dependence.OnInstants(List.of(lastNs)))
                .asKnown();
    }

    /**
     * Of how a quantity followed a tariff since some time earlier.
     *
     * @param window     over which the quantity is added up.
     * @param elasticity of flows to a rate.
     * @param earlier    since when.
     * @param answer     asked for.
     * @return what is watched.
     * @throws IllegalArgumentException if that is below 0, or longer than 292 years.
     */
    public static WatchedValue elasticity(
            final Window window,
            final Elasticity elasticity,
            final Duration earlier,
            final Answer<? super SlopeReading> answer) {
        final long earlierNs = ReadingSight.ns(earlier);
        WatchedValue value = ReadingSight.<SlopeReading>value(
                        "elasticity " + window + " earlierNs=" + earlierNs,
                        answer,
                        (reader, panels) -> panels.newElasticityReading(elasticity),
                        (reader, panels, atNs, knownAtNs, reading) -> panels.readElasticity(
                                window, ReadingSight.earlier(atNs, earlierNs), atNs, knownAtNs, reading))
                .on(ALL, elasticity.rate())
                .on(new Dependence.OnWindow(elasticity.rate(), ALL, earlierNs));
        for (final FlowSeries flow : elasticity.flows()) {
            value = value.on(window, flow).on(new Dependence.OnWindow(flow, window, earlierNs));
        }
        return value;
    }

    /**
     * Of an event study, as known at each instant; INSUFFICIENT before the event windows of all its events have passed:
     * of several events make a study each to be told as soon as may be.
     *
     * @param study  any.
     * @param answer asked for.
     * @return what is watched.
     */
    public static WatchedValue study(final EventStudy study, final Answer<? super EventStudyReading> answer) {
        final long endNs = endNs(study);
        WatchedValue value = ReadingSight.<EventStudyReading>value(
                "study " + study.events().hashCode() + " " + study.calendar().hashCode() + " " + study.returns() + " "
                        + study.estimationLength() + " " + study.gap() + " " + study.before() + " " + study.after(),
                endNs,
                answer,
                (reader, panels) -> panels.newStudyReading(study),
                (reader, panels, atNs, knownAtNs, reading) -> panels.readStudy(knownAtNs, reading));
        final List<StepSeries> all = new ArrayList<>(study.subjects());
        study.market().ifPresent(all::add);
        for (final StepSeries series : all) {
            value = value.on(ALL, series);
        }
        return value.on(new Dependence.OnInstants(List.of(endNs))).asKnown();
    }

    /** The last instant of the calendar that a study looks at, or the last of it. */
    private static long endNs(final EventStudy study) {
        final List<Long> calendar = study.calendar();
        long endNs = Instants.MIN;
        for (final long event : study.events()) {
            final int found = Collections.binarySearch(calendar, event);
            final int last = (found < 0 ? -found - 1 : found) + study.after();
            endNs = Math.max(endNs, calendar.get(Math.min(last, calendar.size() - 1)));
        }
        return endNs;
    }
}
