package io.tollgate.api.measure;

import io.tollgate.api.Amendment;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The legal life of one measure, such as a tariff: the rate on the books, its suspended part, and the rate in force,
 * each as it was known at any time. Acts are added in the order in which they became known, and may take effect in the
 * past or in the future. Immutable: each act returns a new measure.
 *
 * <pre>{@code
 * Measure reciprocal = Measure.since(start)
 *         .impose(known2April, from5April, rate.scaled("10"))
 *         .change(known12May, from14May, rate.scaled("34"))
 *         .suspend(known12May, from14May, until12August, rate.scaled("24"))
 *         .extend(known11August, until10November);
 * for (Amendment amendment : reciprocal.amendments()) {
 *     amendment.offerTo(publisher, rate);
 * }
 * }</pre>
 *
 * <p>{@link #amendments()} are the points and withdrawals that give a STEP series the level in force, at any instant
 * and as of any knowledge time. The end of a suspension is a pending point. Extending the suspension withdraws that
 * point and offers another one at the new end.
 *
 * <p>A measure consists of terms. A term is a time for which the measure is imposed; it has an end of its own, or ends
 * with the term before.
 */
public final class Measure {
    /** The suspended part if the whole rate is suspended. */
    public static final long WHOLE = Long.MAX_VALUE;

    private final long startNs;
    private final long source;
    private final List<Act> acts;
    private final MeasurePlan plan;
    private final NavigableMap<Long, MeasureLevel> levels;
    private final List<Amendment> amendments;
    private final int firstOfLatest;

    private Measure(
            final long startNs,
            final long source,
            final List<Act> acts,
            final MeasurePlan plan,
            final NavigableMap<Long, MeasureLevel> levels,
            final List<Amendment> amendments,
            final int firstOfLatest) {
        this.startNs = startNs;
        this.source = source;
        this.acts = acts;
        this.plan = plan;
        this.levels = levels;
        this.amendments = amendments;
        this.firstOfLatest = firstOfLatest;
    }

    /**
     * Creates a measure that is not imposed yet: its rate is known to be 0.
     *
     * @param startNs start in ns; no act may take effect before it.
     * @return a measure without acts.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    public static Measure since(final long startNs) {
        final MeasureLevel first =
                new MeasureLevel(Instants.requireInRange(startNs), 0, startNs, Publisher.NO_REFERENCE);
        final NavigableMap<Long, MeasureLevel> levels = new TreeMap<>();
        levels.put(startNs, first);
        return new Measure(
                startNs,
                Instants.NONE,
                List.of(),
                new MeasurePlan(),
                levels,
                List.of(Amendment.offer(startNs, 0, startNs, Publisher.NO_REFERENCE)),
                0);
    }

    /**
     * Returns a copy whose later acts name a source.
     *
     * @param reference reference of the source, {@link Publisher#NO_REFERENCE} for none.
     * @return the copy.
     */
    public Measure citing(final long reference) {
        return new Measure(startNs, reference, acts, plan, levels, amendments, firstOfLatest);
    }

    /**
     * Imposes a rate from an instant on. If a term already starts at this instant, only its rate changes. Otherwise the
     * new term ends with the term before, if that ends after the new start; else it has no end. If the term before is
     * later shortened to end before the new term starts, the new term keeps the end that it had.
     *
     * @param knownNs knowledge time in ns.
     * @param fromNs  start in ns.
     * @param rate    scaled rate, 0 or more.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start of the measure, or the rate is
     *                                  below 0.
     * @throws IllegalStateException    if the knowledge time is before that of the last act.
     */
    public Measure impose(final long knownNs, final long fromNs, final long rate) {
        return with(new Act(ActKind.IMPOSE, knownNs, fromNs, Instants.NONE, rate, source));
    }

    /**
     * Imposes a rate for a limited time, for example "for 150 days". The end belongs to the term: withdrawing the term
     * removes it. It overrides an end set before, as long as the term exists. A term that starts before the end still
     * starts as planned, and ends here if it has no end of its own. If {@link #voidFrom} voids the measure earlier, it
     * ends there.
     *
     * @param knownNs knowledge time in ns.
     * @param fromNs  start in ns.
     * @param untilNs end in ns, exclusive.
     * @param rate    scaled rate, 0 or more.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start of the measure, the end is not
     *                                  after {@code fromNs}, or the rate is below 0.
     * @throws IllegalStateException    if the knowledge time is before that of the last act.
     */
    public Measure impose(final long knownNs, final long fromNs, final long untilNs, final long rate) {
        return with(new Act(ActKind.IMPOSE, knownNs, fromNs, untilNs, rate, source));
    }

    /**
     * Changes the rate on the books from an instant on, possibly in the past. A rate that starts at the same instant is
     * replaced.
     *
     * @param knownNs knowledge time in ns.
     * @param fromNs  start of the new rate in ns.
     * @param rate    scaled rate, 0 or more.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start of the measure, or the rate is
     *                                  below 0.
     * @throws IllegalStateException    if the measure is not imposed at {@code fromNs}, or the knowledge time is before
     *                                  that of the last act.
     */
    public Measure change(final long knownNs, final long fromNs, final long rate) {
        return with(new Act(ActKind.CHANGE, knownNs, fromNs, Instants.NONE, rate, source));
    }

    /**
     * Moves the start of a rate, or the end of the measure, to another instant. A term keeps an end of its own. If a
     * rate change and the end are set for the same instant, the end moves: the change there has no effect.
     *
     * @param knownNs knowledge time in ns.
     * @param fromNs  instant planned before, in ns.
     * @param toNs    new instant in ns, later or earlier.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start of the measure.
     * @throws IllegalStateException    if neither a rate nor the end is set for {@code fromNs}; a term would start at
     *                                  or after its end; a rate would change at the end; the measure is void from
     *                                  {@code fromNs} on; a term or its end would reach an instant from which the
     *                                  measure is void; or the knowledge time is before that of the last act.
     */
    public Measure postpone(final long knownNs, final long fromNs, final long toNs) {
        return with(new Act(ActKind.POSTPONE, knownNs, fromNs, toNs, 0, source));
    }

    /**
     * Withdraws a start of a rate, or the end, that was announced and is never to take effect. If a term is withdrawn,
     * the term before continues to its own end. If that would be after the start of the withdrawn term, the term before
     * takes over an end that {@link #end} or {@link #postpone} had set for the withdrawn term. A later term that ends
     * with the withdrawn term keeps such an end.
     *
     * @param knownNs knowledge time in ns.
     * @param fromNs  planned start or end in ns.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start of the measure.
     * @throws IllegalStateException    if neither a rate nor the end is set for {@code fromNs}, the measure is void
     *                                  from there on, or the knowledge time is before that of the last act.
     */
    public Measure withdraw(final long knownNs, final long fromNs) {
        return with(new Act(ActKind.WITHDRAW, knownNs, fromNs, Instants.NONE, 0, source));
    }

    /**
     * Suspends a part of the rate for a time. The rate stays on the books. If the rate is below the suspended part, the
     * rate in force is 0.
     *
     * @param knownNs knowledge time in ns.
     * @param fromNs  start in ns.
     * @param untilNs end in ns, exclusive: the rate is in force again from there; {@link Instants#NONE} for until
     *                further notice.
     * @param part    scaled part of the rate, 0 or more; {@link #WHOLE} for all of it.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start of the measure, the end is not
     *                                  after {@code fromNs}, or the part is below 0.
     * @throws IllegalStateException    if the last suspension ends after {@code fromNs}, or the knowledge time is
     *                                  before that of the last act.
     */
    public Measure suspend(final long knownNs, final long fromNs, final long untilNs, final long part) {
        return with(new Act(ActKind.SUSPEND, knownNs, fromNs, untilNs, part, source));
    }

    /**
     * Moves the end of the last suspension to a later or earlier instant, even if it has already lapsed. Moving the end
     * to the start removes the suspension.
     *
     * @param knownNs knowledge time in ns.
     * @param untilNs new end in ns, exclusive; {@link Instants#NONE} for until further notice.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException    if there is no suspension, it starts after the new end, or the knowledge time is
     *                                  before that of the last act.
     */
    public Measure extend(final long knownNs, final long untilNs) {
        final Suspension last = plan.lastSuspension();
        final long formerNs = last.untilNs() == Instants.NONE ? Math.max(startNs, untilNs) : last.untilNs();
        return with(new Act(ActKind.EXTEND, knownNs, formerNs, untilNs, 0, source));
    }

    /**
     * Sets the end of the measure, or moves it to an earlier or later instant. Rate changes at or after the end have no
     * effect, unless the end later moves past them. Terms that start at or after the end are not affected.
     *
     * @param knownNs knowledge time in ns.
     * @param endNs   first instant in ns at which the measure is no longer in force.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start of the measure.
     * @throws IllegalStateException    if no term starts before the end, that term is void by then, or the knowledge
     *                                  time is before that of the last act.
     */
    public Measure end(final long knownNs, final long endNs) {
        return with(new Act(ActKind.END, knownNs, endNs, Instants.NONE, 0, source));
    }

    /**
     * Voids the measure from an instant on, including all rates still to come. If that is the start of the measure, it
     * was never in force. The void is permanent: no later act can extend an earlier term across that instant. The
     * measure can be imposed again from that instant on.
     *
     * @param knownNs knowledge time in ns.
     * @param fromNs  instant in ns from which the measure is void; earlier levels do not change.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start of the measure.
     * @throws IllegalStateException    if the knowledge time is before that of the last act.
     */
    public Measure voidFrom(final long knownNs, final long fromNs) {
        return with(new Act(ActKind.VOID, knownNs, fromNs, Instants.NONE, 0, source));
    }

    /**
     * Adds an act.
     *
     * @param act the act.
     * @return the measure with this act.
     * @throws IllegalArgumentException if the act takes effect before the start of the measure.
     * @throws IllegalStateException    if the knowledge time is before that of the last act, or the act contradicts the
     *                                  measure; the message names the problem.
     */
    public Measure with(final Act act) {
        Objects.requireNonNull(act, "act");
        final long lastNs = acts.isEmpty() ? startNs : acts.get(acts.size() - 1).knownNs();
        if (act.knownNs() < lastNs) {
            throw new IllegalStateException(act.kind() + " known=" + Instants.format(act.knownNs())
                    + ", expected a knowledge time not before that of the last act, known=" + Instants.format(lastNs));
        }
        requireFromStart(act.fromNs());
        if (act.kind() == ActKind.POSTPONE) {
            requireFromStart(act.untilNs());
        }
        final MeasurePlan next = new MeasurePlan(plan);
        next.apply(act);
        final NavigableMap<Long, Long> wanted = next.levels(startNs);
        final NavigableMap<Long, MeasureLevel> nextLevels = new TreeMap<>(levels);
        final List<Amendment> nextAmendments = new ArrayList<>(amendments);
        for (final MeasureLevel level : levels.values()) {
            if (!wanted.containsKey(level.fromNs())) {
                nextLevels.remove(level.fromNs());
                nextAmendments.add(Amendment.withdrawal(level.fromNs(), act.knownNs(), act.reference()));
            }
        }
        wanted.forEach((fromNs, value) -> {
            final MeasureLevel before = levels.get(fromNs);
            if (before == null || before.value() != value) {
                nextLevels.put(fromNs, new MeasureLevel(fromNs, value, act.knownNs(), act.reference()));
                nextAmendments.add(Amendment.offer(fromNs, value, act.knownNs(), act.reference()));
            }
        });
        final List<Act> nextActs = new ArrayList<>(acts);
        nextActs.add(act);
        return new Measure(
                startNs,
                source,
                Collections.unmodifiableList(nextActs),
                next,
                nextLevels,
                Collections.unmodifiableList(nextAmendments),
                amendments.size());
    }

    private void requireFromStart(final long atNs) {
        if (atNs < startNs) {
            throw new IllegalArgumentException("from=" + Instants.format(atNs)
                    + ", expected an instant not before the start of the measure=" + Instants.format(startNs));
        }
    }

    /**
     * Returns the measure as it was known at an instant.
     *
     * @param knownAtNs knowledge time in ns.
     * @return the measure with the acts known by then.
     */
    public Measure asKnownAt(final long knownAtNs) {
        Measure known = since(startNs);
        for (final Act act : acts) {
            if (act.knownNs() <= knownAtNs) {
                known = known.with(act);
            }
        }
        return known;
    }

    /** {@return the acts in the order in which they became known} */
    public List<Act> acts() {
        return acts;
    }

    /**
     * Returns the levels in force after all acts, including pending ones.
     *
     * @return the levels in time order; the first is 0 at the start, and each differs from the one before.
     */
    public List<MeasureLevel> levels() {
        return List.copyOf(levels.values());
    }

    /**
     * {@return all points and withdrawals from the start on, in the order in which an empty series needs them;
     * unmodifiable}
     */
    public List<Amendment> amendments() {
        return amendments;
    }

    /**
     * Returns the points and withdrawals of the last act, for a series that has all earlier ones. Offer them in one
     * {@link io.tollgate.api.Batch}, so that readers see all of them or none.
     *
     * @return the last ones of {@link #amendments()}; empty if the act changes no level.
     */
    public List<Amendment> latestAmendments() {
        return amendments.subList(firstOfLatest, amendments.size());
    }

    /**
     * Returns the rate on the books, suspended or not.
     *
     * @param atNs the instant in ns.
     * @return the scaled rate; 0 if the measure is not imposed.
     */
    public long onTheBooks(final long atNs) {
        return plan.onTheBooks(atNs);
    }

    /**
     * Returns the rate in force: the rate on the books minus the suspended part.
     *
     * @param atNs the instant in ns.
     * @return the scaled rate.
     */
    public long inForce(final long atNs) {
        return plan.inForce(atNs);
    }

    /**
     * Returns the suspension that runs at an instant.
     *
     * @param atNs the instant in ns.
     * @return the suspension with its end after all acts; empty if none runs.
     */
    public Optional<Suspension> suspension(final long atNs) {
        return Optional.ofNullable(plan.suspension(atNs));
    }

    /**
     * Returns the next level after an instant.
     *
     * @param atNs the instant in ns.
     * @return the level; empty if no later level is known.
     */
    public Optional<MeasureLevel> next(final long atNs) {
        return Optional.ofNullable(levels.higherEntry(atNs)).map(entry -> entry.getValue());
    }
}
