package io.tollgate.api.licence;

import io.tollgate.api.Amendment;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Converts the events of a licence pipeline into points and withdrawals: of the series of each kind of event, of the
 * backlog, of the licences in force, and of the processing times.
 *
 * <pre>{@code
 * LicenceSeries licences = LicenceSeries.define(engine, "licences.CN.rare-earths", start);
 * DayCount days = DayCount.calendarDays(ZoneId.of("Asia/Shanghai"));
 * LicencePipeline pipeline = LicencePipeline.ofCases(licences, days, 0, 0);
 * pipeline.opening().forEach(amendment -> amendment.offerTo(publisher));
 * pipeline.take(LicenceEvent.of(LicenceEventKind.RECEIVED, caseNumber, receivedNs, receivedNs))
 *         .forEach(amendment -> amendment.offerTo(publisher));
 * }</pre>
 *
 * <p>Events must arrive in the order in which they became known, but may have happened in any order. They can be
 * revised (same kind and reference again) and taken back. The series then answer, at any instant and as of any
 * knowledge time, as if all events had arrived in order.
 *
 * <p>The backlog is {@code B(t) = B0 + received - issued - refused - returned - withdrawn}. A level below 0 is kept,
 * and listed by {@link #negativeBacklog()}. A licence is in force from its issue until it expires or is revoked. An
 * expiry set at issue is a pending event EXPIRED, which is withdrawn if the licence is revoked earlier. A reported
 * event EXPIRED with the same reference replaces it; for a row, only as many licences then expire as that event counts.
 *
 * <p>{@linkplain #ofCases Cases} have one application each, which is closed once, and at most one licence, which ends
 * once; they have a processing time. A licence that was in force at the start ends with a case that has no other event;
 * there can be as many such cases as licences in force then. {@linkplain #ofCounts Rows of reports} have counts.
 *
 * <p>A late event changes every later level, so its cost is linear in the number of later events. The events are kept
 * in memory: after a restart, take all events and take-backs again in a pipeline with the same opening counts, but
 * offer only the amendments of new events. For one thread.
 */
public final class LicencePipeline {
    /** An event that was taken, or taken back. */
    private record Step(LicenceEvent event, boolean isTakenBack, long knownNs) {}

    private final LicenceSeries series;
    private final @Nullable DayCount days;
    private final boolean isOfCases;
    private final long openingBacklog;
    private final long openingInForce;
    private final DerivedLevels backlog;
    private final DerivedLevels inForce;
    private final Map<Long, LicenceCase> cases = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /** Number of licences in force at the start that no case ends yet. */
    private long openingLeft;

    private LicencePipeline(
            final LicenceSeries series,
            final @Nullable DayCount days,
            final boolean isOfCases,
            final long openingBacklog,
            final long openingInForce) {
        this.series = series;
        this.days = days;
        this.isOfCases = isOfCases;
        requireCount("openingBacklog", openingBacklog);
        requireCount("openingInForce", openingInForce);
        this.openingBacklog = openingBacklog;
        this.openingInForce = openingInForce;
        openingLeft = openingInForce;
        backlog = new DerivedLevels(series.startNs(), openingBacklog);
        inForce = new DerivedLevels(series.startNs(), openingInForce);
    }

    private static void requireCount(final String name, final long count) {
        if (count < 0 || count > LicenceEvent.MAX_COUNT) {
            throw new IllegalArgumentException(name + "=" + count + ", expected 0 to " + LicenceEvent.MAX_COUNT);
        }
    }

    /**
     * Creates a pipeline of cases, each with its own reference.
     *
     * @param series         series of the pipeline.
     * @param days           day count of processing times.
     * @param openingBacklog number of pending applications at the start.
     * @param openingInForce number of licences in force at the start; they end without an event ISSUED.
     * @return a pipeline without events.
     * @throws IllegalArgumentException if a count is below 0 or above {@link LicenceEvent#MAX_COUNT}.
     */
    public static LicencePipeline ofCases(
            final LicenceSeries series, final DayCount days, final long openingBacklog, final long openingInForce) {
        Objects.requireNonNull(days, "days");
        Objects.requireNonNull(series, "series");
        return new LicencePipeline(series, days, true, openingBacklog, openingInForce);
    }

    /**
     * Creates a pipeline of counts, each with the reference of its row. It has no processing times.
     *
     * @param series         series of the pipeline.
     * @param openingBacklog number of pending applications at the start.
     * @param openingInForce number of licences in force at the start.
     * @return a pipeline without events.
     * @throws IllegalArgumentException if a count is below 0 or above {@link LicenceEvent#MAX_COUNT}.
     */
    public static LicencePipeline ofCounts(
            final LicenceSeries series, final long openingBacklog, final long openingInForce) {
        Objects.requireNonNull(series, "series");
        return new LicencePipeline(series, null, false, openingBacklog, openingInForce);
    }

    /**
     * {@return the levels at the start, to be offered first: one point of the backlog, one of the licences in force}
     */
    public List<LicenceAmendment> opening() {
        return List.of(
                new LicenceAmendment(series.backlog(), backlog.opening()),
                new LicenceAmendment(series.inForce(), inForce.opening()));
    }

    /**
     * Takes an event, or revises one: same kind and reference, with another instant, count or expiry.
     *
     * @param event the event, not before the start, and not known before the last one.
     * @return the amendments to offer, in this order; offer them in one batch, so that readers see all of them or none.
     * @throws IllegalArgumentException if the event happened before the start.
     * @throws IllegalStateException    if the event became known before the last one, contradicts other events of its
     *                                  case, or ends a licence that was not issued although all licences in force at
     *                                  the start have ended; the message names the problem. The event is then not
     *                                  taken.
     */
    public List<LicenceAmendment> take(final LicenceEvent event) {
        Objects.requireNonNull(event, "event");
        if (event.atNs() < series.startNs()) {
            throw new IllegalArgumentException(event.kind() + " reference=" + event.reference() + " at="
                    + Instants.format(event.atNs()) + ", expected an instant not before the start="
                    + Instants.format(series.startNs()));
        }
        final LicenceCase before = cases.getOrDefault(event.reference(), new LicenceCase());
        return go(new Step(event, false, event.knownNs()), before, before.with(event));
    }

    /**
     * Takes an event back: it never happened.
     *
     * @param kind      kind of the event.
     * @param reference reference of the event.
     * @param knownNs   knowledge time of the take-back in ns.
     * @return the amendments to offer, in this order.
     * @throws IllegalArgumentException if the knowledge time is out of range.
     * @throws IllegalStateException    if there is no such event, the knowledge time is before the last event, or the
     *                                  other events of the case contradict each other without it. The pipeline then
     *                                  stays the same.
     */
    public List<LicenceAmendment> takeBack(final LicenceEventKind kind, final long reference, final long knownNs) {
        Objects.requireNonNull(kind, "kind");
        Instants.requireInRange(knownNs);
        final LicenceCase before = cases.getOrDefault(reference, new LicenceCase());
        final LicenceEvent event = before.event(kind)
                .orElseThrow(() -> new IllegalStateException(
                        kind + " reference=" + reference + ", expected an event that was taken"));
        return go(new Step(event, true, knownNs), before, before.without(kind));
    }

    private List<LicenceAmendment> go(final Step step, final LicenceCase before, final LicenceCase after) {
        final long lastNs =
                steps.isEmpty() ? series.startNs() : steps.get(steps.size() - 1).knownNs();
        if (step.knownNs() < lastNs) {
            throw new IllegalStateException(step.event().kind() + " reference="
                    + step.event().reference() + " known=" + Instants.format(step.knownNs())
                    + ", expected a knowledge time not before that of the last event, known="
                    + Instants.format(lastNs));
        }
        if (isOfCases) {
            after.requireOneLife(openingLeft + before.openingEndCount());
        }
        final long reference = step.event().reference();
        final Map<FlowSeries, Amendment> gone = flows(before, step.knownNs());
        final Map<FlowSeries, Amendment> come = flows(after, step.knownNs());
        addLevels(before, -1);
        addLevels(after, 1);
        openingLeft += before.openingEndCount() - after.openingEndCount();
        steps.add(step);
        if (after.isEmpty()) {
            cases.remove(reference);
        } else {
            cases.put(reference, after);
        }
        final List<LicenceAmendment> amendments = differences(gone, come, step.knownNs());
        addLevelAmendments(amendments, series.backlog(), backlog.amendments(step.knownNs(), reference));
        addLevelAmendments(amendments, series.inForce(), inForce.amendments(step.knownNs(), reference));
        return amendments;
    }

    /** Returns the points of a case in the series of events, at most one for each series. */
    private Map<FlowSeries, Amendment> flows(final LicenceCase of, final long knownNs) {
        final Map<FlowSeries, Amendment> flows = new LinkedHashMap<>();
        for (final LicenceEvent event : of.events()) {
            flows.put(
                    series.events(event.kind()),
                    Amendment.offer(event.atNs(), event.count(), knownNs, event.reference()));
        }
        of.scheduledEnd()
                .ifPresent(end -> flows.put(
                        series.events(end.kind()), Amendment.offer(end.atNs(), end.count(), knownNs, end.reference())));
        final Optional<LicenceEvent> received = of.event(LicenceEventKind.RECEIVED);
        final Optional<LicenceEvent> closing = of.closing();
        if (isOfCases
                && received.isPresent()
                && closing.isPresent()
                && closing.get().kind().isClosedByAuthority()) {
            final long taken = days.between(received.get().atNs(), closing.get().atNs());
            flows.put(
                    series.processing(),
                    Amendment.offer(
                            closing.get().atNs(), taken, knownNs, closing.get().reference()));
        }
        return flows;
    }

    private static List<LicenceAmendment> differences(
            final Map<FlowSeries, Amendment> gone, final Map<FlowSeries, Amendment> come, final long knownNs) {
        final List<LicenceAmendment> differences = new ArrayList<>();
        gone.forEach((flow, old) -> {
            final Amendment point = come.get(flow);
            if (point == null || point.validTimeNs() != old.validTimeNs()) {
                differences.add(
                        new LicenceAmendment(flow, Amendment.withdrawal(old.validTimeNs(), knownNs, old.reference())));
            }
        });
        come.forEach((flow, point) -> {
            if (!point.equals(gone.get(flow))) {
                differences.add(new LicenceAmendment(flow, point));
            }
        });
        return differences;
    }

    /** Adds the effect of a case on the levels (sign 1) or removes it (sign -1). */
    private void addLevels(final LicenceCase of, final int sign) {
        for (final LicenceEvent event : of.events()) {
            if (event.kind() == LicenceEventKind.RECEIVED) {
                add(backlog, event.atNs(), event.count(), sign);
            } else if (event.kind().isClosing()) {
                add(backlog, event.atNs(), -event.count(), sign);
            }
            if (event.kind() == LicenceEventKind.ISSUED) {
                add(inForce, event.atNs(), event.count(), sign);
            } else if (event.kind().isEndOfLicence()) {
                add(inForce, event.atNs(), -event.count(), sign);
            }
        }
        of.scheduledEnd().ifPresent(end -> add(inForce, end.atNs(), -end.count(), sign));
    }

    private static void add(final DerivedLevels levels, final long atNs, final long change, final int sign) {
        if (sign > 0) {
            levels.add(atNs, change);
        } else {
            levels.remove(atNs, change);
        }
    }

    private static void addLevelAmendments(
            final List<LicenceAmendment> amendments, final StepSeries levels, final List<Amendment> changed) {
        changed.forEach(amendment -> amendments.add(new LicenceAmendment(levels, amendment)));
    }

    /**
     * Returns the number of pending applications at an instant, after all events so far.
     *
     * @param atNs the instant in ns.
     * @return the backlog; below 0 if an event is missing.
     */
    public long backlog(final long atNs) {
        return backlog.level(atNs);
    }

    /**
     * Returns the number of licences in force at an instant, after all events so far.
     *
     * @param atNs the instant in ns.
     * @return the number; below 0 if an event is missing.
     */
    public long inForce(final long atNs) {
        return inForce.level(atNs);
    }

    /** {@return the stretches of time with a backlog below 0, in time order} */
    public List<NegativeStretch> negativeBacklog() {
        return backlog.negative();
    }

    /** {@return the stretches of time with fewer than 0 licences in force, in time order} */
    public List<NegativeStretch> negativeInForce() {
        return inForce.negative();
    }

    /**
     * Returns the Kaplan-Meier estimate of processing times, which includes pending cases. A case withdrawn by the
     * applicant counts as observed until the withdrawal.
     *
     * @param fromNs first instant of receipt in ns: earlier cases do not count.
     * @param atNs   instant of the view in ns: later cases do not count, and cases closed later are pending.
     * @return the curve.
     * @throws IllegalStateException if this is a pipeline of counts.
     */
    public SurvivalCurve survival(final long fromNs, final long atNs) {
        if (!isOfCases) {
            throw new IllegalStateException(
                    "pipeline=counts, expected a pipeline of cases: counts have no processing times");
        }
        final List<Long> closed = new ArrayList<>();
        final List<Long> pending = new ArrayList<>();
        for (final LicenceCase one : cases.values()) {
            final Optional<LicenceEvent> received = one.event(LicenceEventKind.RECEIVED);
            if (received.isPresent()
                    && received.get().atNs() >= fromNs
                    && received.get().atNs() <= atNs) {
                final Optional<LicenceEvent> closing = one.closing().filter(event -> event.atNs() <= atNs);
                final long taken = days.between(
                        received.get().atNs(), closing.map(LicenceEvent::atNs).orElse(atNs));
                final boolean isClosed =
                        closing.map(event -> event.kind().isClosedByAuthority()).orElse(false);
                (isClosed ? closed : pending).add(taken);
            }
        }
        return SurvivalCurve.of(closed, pending);
    }

    /**
     * Returns the pipeline as it was known at an instant.
     *
     * @param knownAtNs knowledge time in ns.
     * @return a pipeline with the events known by then.
     */
    public LicencePipeline asKnownAt(final long knownAtNs) {
        final LicencePipeline known = new LicencePipeline(series, days, isOfCases, openingBacklog, openingInForce);
        for (final Step step : steps) {
            if (step.knownNs() > knownAtNs) {
                break;
            }
            if (step.isTakenBack()) {
                known.takeBack(step.event().kind(), step.event().reference(), step.knownNs());
            } else {
                known.take(step.event());
            }
        }
        return known;
    }
}
