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
 * Takes the events of a licence pipeline and tells the points and withdrawals that follow: of the event's own series,
 * of backlog and licences in force, and of the processing time. Events may come in any order of the instants at which
 * they happened, may be revised (the same kind and reference again) and taken back; they come in the order in which
 * they became known. What is offered then answers, at any instant and as known at any time, as if all had come in
 * order.
 *
 * <p>Backlog {@code B(t) = B0 + received - issued - refused - returned - withdrawn}; a level below 0 is kept, and
 * listed by {@link #negativeBacklog()}. A licence is in force from its issue until it expires or is revoked; an end
 * that is set when it is issued is a pending event EXPIRED, and withdrawn where the licence is revoked before. An event
 * EXPIRED of the same reference takes its place: of a row, as many licences have expired as that says, and no more.
 *
 * <p>{@linkplain #ofCases Cases} have one application each, which is closed once, and at most one licence, which ends
 * once; they have a processing time. A licence that was in force at the start ends by an event of a case that has no
 * other; as many can as were in force then. {@linkplain #ofCounts Rows of reports} have counts.
 *
 * <p>An event that comes late moves every level behind it: its cost is linear in the events that happened later. The
 * events are kept in memory, not by the engine: after a restart give all of them again, and what was taken back, to a
 * pipeline with the same opening counts, and offer only what it tells of later ones: the series have the rest. Used by
 * one thread.
 */
public final class LicencePipeline {
    /** What was taken, or taken back. */
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

    /** Licences in force at the start of which none of the cases is the end. */
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
     * A pipeline of cases, each with a reference of its own.
     *
     * @param series         to be told.
     * @param days           how processing times are counted.
     * @param openingBacklog applications pending at the start.
     * @param openingInForce licences in force at the start; their ends are taken without an issue.
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
     * A pipeline of counts, each with the reference of its row. It has no processing times.
     *
     * @param series         to be told.
     * @param openingBacklog applications pending at the start.
     * @param openingInForce licences in force at the start.
     * @return a pipeline without events.
     * @throws IllegalArgumentException if a count is below 0 or above {@link LicenceEvent#MAX_COUNT}.
     */
    public static LicencePipeline ofCounts(
            final LicenceSeries series, final long openingBacklog, final long openingInForce) {
        Objects.requireNonNull(series, "series");
        return new LicencePipeline(series, null, false, openingBacklog, openingInForce);
    }

    /**
     * The levels at the start, to be offered before anything else.
     *
     * @return a point of the backlog and one of the licences in force.
     */
    public List<LicenceAmendment> opening() {
        return List.of(
                new LicenceAmendment(series.backlog(), backlog.opening()),
                new LicenceAmendment(series.inForce(), inForce.opening()));
    }

    /**
     * Takes an event, or revises one: the same kind and reference again, with another instant, count or end.
     *
     * @param event not before the start, and not known before the last one.
     * @return what is to be offered, in this order; a reader should see all of it or none.
     * @throws IllegalArgumentException if it happened before the start.
     * @throws IllegalStateException    if it became known before the last event, does not go together with the other
     *                                  events of its case, or ends a licence that was not issued, where all have ended
     *                                  that were in force at the start; the message says what was expected. Then it
     *                                  is not taken.
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
     * @param kind      of the event.
     * @param reference of the event.
     * @param knownNs   when that became known.
     * @return what is to be offered, in this order.
     * @throws IllegalArgumentException if that instant is out of range.
     * @throws IllegalStateException    if there is no such event, that became known before the last event, or the other
     *                                  events of the case do not go together without it. Then nothing changes.
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
                    + ", expected one not before the last event, known=" + Instants.format(lastNs));
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

    /** The points that a case has in the series of events: one each. */
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

    /** Adds what a case does to the levels, or takes it away. */
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
     * The applications pending at an instant, by all events so far.
     *
     * @param atNs the instant.
     * @return the level of the backlog; below 0 if some event is missing.
     */
    public long backlog(final long atNs) {
        return backlog.level(atNs);
    }

    /**
     * The licences in force at an instant, by all events so far.
     *
     * @param atNs the instant.
     * @return the level; below 0 if some event is missing.
     */
    public long inForce(final long atNs) {
        return inForce.level(atNs);
    }

    /**
     * Where the backlog is below 0.
     *
     * @return stretches in time order; empty if it never is.
     */
    public List<NegativeStretch> negativeBacklog() {
        return backlog.negative();
    }

    /**
     * Where fewer than no licence would be in force.
     *
     * @return stretches in time order; empty if that is never so.
     */
    public List<NegativeStretch> negativeInForce() {
        return inForce.negative();
    }

    /**
     * How long cases take, those that are pending included: the Kaplan-Meier estimate. A case that the applicant took
     * back has been watched until then.
     *
     * @param fromNs of the cases received from this instant on.
     * @param atNs   as seen from this instant: cases received later do not count, and those closed later are pending.
     * @return the curve.
     * @throws IllegalStateException if the pipeline has counts and no cases.
     */
    public SurvivalCurve survival(final long fromNs, final long atNs) {
        if (!isOfCases) {
            throw new IllegalStateException(
                    "pipeline=of counts, expected one of cases: counts have no processing time");
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
     * The pipeline as it was known.
     *
     * @param knownAtNs at which instant; events known by then count.
     * @return a pipeline of these events only.
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
