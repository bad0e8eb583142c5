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
 * The life of one measure: a tariff on the books, what of it is suspended, and what is in force, each as it was known.
 * Acts come in the order in which they became known, and may have effect before that or long after. Immutable: every
 * act gives another measure.
 *
 * <p>{@link #amendments()} are the points and withdrawals that make a STEP series answer for the measure: at any
 * instant, as known at any time. The end of a suspension is a pending point until it is extended: then that point is
 * withdrawn, and another one stands at the new end.
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
 */
public final class Measure {
    /** The part that is suspended where all of the rate is, whatever it is. */
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
     * A measure that nobody has imposed yet: its rate is known to be 0.
     *
     * @param startNs since when; no act has effect before it.
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
     * The source of the acts that follow.
     *
     * @param reference of the source, {@link Publisher#NO_REFERENCE} for none.
     * @return the same measure.
     */
    public Measure citing(final long reference) {
        return new Measure(startNs, reference, acts, plan, levels, amendments, firstOfLatest);
    }

    /**
     * Imposed from an instant on, until an end that is already set: the one that it has if it was imposed then before,
     * else that of the term that it follows, if that lies behind its beginning. A term that is only to end before this
     * one begins takes no end from it that is set already.
     *
     * @param knownNs when that became known.
     * @param fromNs  from when.
     * @param rate    scaled as the series is, 0 or more.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start, or the rate below 0.
     * @throws IllegalStateException    if it became known before the last act.
     */
    public Measure impose(final long knownNs, final long fromNs, final long rate) {
        return with(new Act(ActKind.IMPOSE, knownNs, fromNs, Instants.NONE, rate, source));
    }

    /**
     * Imposed for a time: "for 150 days".
     *
     * @param knownNs when that became known.
     * @param fromNs  from when.
     * @param untilNs its end, exclusive, which is taken back with it. One that was set before is hidden until then. A
     *                rate that was to be imposed before it begins as it was to, and ends then if it has no end of its
     *                own. Where it becomes void before, by {@link #voidFrom}, that is the end.
     * @param rate    scaled as the series is, 0 or more.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start, the end is not after it, or
     *                                  the rate below 0.
     * @throws IllegalStateException    if it became known before the last act.
     */
    public Measure impose(final long knownNs, final long fromNs, final long untilNs, final long rate) {
        return with(new Act(ActKind.IMPOSE, knownNs, fromNs, untilNs, rate, source));
    }

    /**
     * Another rate on the books, also back in time. A rate that was to begin at the same instant is replaced, an end is
     * not: nothing is imposed then.
     *
     * @param knownNs when that became known.
     * @param fromNs  from when.
     * @param rate    scaled as the series is, 0 or more.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start, or the rate below 0.
     * @throws IllegalStateException    if nothing is imposed then, or it became known before the last act.
     */
    public Measure change(final long knownNs, final long fromNs, final long rate) {
        return with(new Act(ActKind.CHANGE, knownNs, fromNs, Instants.NONE, rate, source));
    }

    /**
     * What was to begin at an instant (a rate, or the end) begins at another one. What is imposed takes an end of its
     * own along. A change at an end has no effect: it is the end that begins there.
     *
     * @param knownNs when that became known.
     * @param fromNs  when it was to begin.
     * @param toNs    when it begins instead, later or earlier.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start.
     * @throws IllegalStateException    if nothing begins there, what is imposed would begin at its end or behind it, a
     *                                  rate would change at the end, it is void from there, what is imposed or its end
     *                                  would reach what is void, or it became known before the last act.
     */
    public Measure postpone(final long knownNs, final long fromNs, final long toNs) {
        return with(new Act(ActKind.POSTPONE, knownNs, fromNs, toNs, 0, source));
    }

    /**
     * What was to begin at an instant (a rate, or the end) is taken back: announced, and never in force. The term
     * before goes on to its own end, or, if it would go on beyond, to one of {@link #end} or {@link #postpone} that the
     * term taken back had. If the term after goes on to such an end, that stays.
     *
     * @param knownNs when that became known.
     * @param fromNs  when it was to begin.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start.
     * @throws IllegalStateException    if nothing begins there, it is void from there, or it became known before the
     *                                  last act.
     */
    public Measure withdraw(final long knownNs, final long fromNs) {
        return with(new Act(ActKind.WITHDRAW, knownNs, fromNs, Instants.NONE, 0, source));
    }

    /**
     * A part of the rate is on the books and out of force for a time. Where the rate is less than the part, nothing is
     * in force.
     *
     * @param knownNs when that became known.
     * @param fromNs  from when.
     * @param untilNs the end, exclusive, at which the rate is in force again; {@link Instants#NONE} for until further
     *                notice.
     * @param part    scaled as the series is, 0 or more; {@link #WHOLE} for all of the rate.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start, the end is not after it, or
     *                                  the part below 0.
     * @throws IllegalStateException    if the last suspension ends later, or it became known before the last act.
     */
    public Measure suspend(final long knownNs, final long fromNs, final long untilNs, final long part) {
        return with(new Act(ActKind.SUSPEND, knownNs, fromNs, untilNs, part, source));
    }

    /**
     * Moves the end of the last suspension, also one that has lapsed, and also to an earlier instant; to its start
     * where it never was.
     *
     * @param knownNs when that became known.
     * @param untilNs the new end, exclusive; {@link Instants#NONE} for until further notice.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException    if there is no suspension, it begins after that, or it became known before the
     *                                  last act.
     */
    public Measure extend(final long knownNs, final long untilNs) {
        final Suspension last = plan.lastSuspension();
        final long formerNs = last.untilNs() == Instants.NONE ? Math.max(startNs, untilNs) : last.untilNs();
        return with(new Act(ActKind.EXTEND, knownNs, formerNs, untilNs, 0, source));
    }

    /**
     * Sets the end of the measure, or moves it, also to a later instant. Rates that were to begin from it on stay
     * without effect, unless the end is moved behind them. What is imposed from it on begins there, and ends as it was
     * to.
     *
     * @param knownNs when that became known.
     * @param endNs   from when it is no longer in force.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start.
     * @throws IllegalStateException    if nothing is imposed before it, that is void by then, or it became known before
     *                                  the last act.
     */
    public Measure end(final long knownNs, final long endNs) {
        return with(new Act(ActKind.END, knownNs, endNs, Instants.NONE, 0, source));
    }

    /**
     * Void from an instant on, with all that was still to come. From the start of the measure on: never in force. It
     * stays so: no later act leads what begins before that beyond it. It can be imposed anew from then on.
     *
     * @param knownNs when that became known.
     * @param fromNs  from when; before that nothing changes.
     * @return the measure with this act.
     * @throws IllegalArgumentException if an instant is out of range or before the start.
     * @throws IllegalStateException    if it became known before the last act.
     */
    public Measure voidFrom(final long knownNs, final long fromNs) {
        return with(new Act(ActKind.VOID, knownNs, fromNs, Instants.NONE, 0, source));
    }

    /**
     * The measure with one more act.
     *
     * @param act not known before the last one.
     * @return another measure.
     * @throws IllegalArgumentException if it has effect before the start of the measure.
     * @throws IllegalStateException    if it became known before the last act, or does not suit the measure; the
     *                                  message says what was expected.
     */
    public Measure with(final Act act) {
        Objects.requireNonNull(act, "act");
        final long lastNs = acts.isEmpty() ? startNs : acts.get(acts.size() - 1).knownNs();
        if (act.knownNs() < lastNs) {
            throw new IllegalStateException(act.kind() + " known=" + Instants.format(act.knownNs())
                    + ", expected one not before the last act, known=" + Instants.format(lastNs));
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
                    + ", expected one not before the start of the measure=" + Instants.format(startNs));
        }
    }

    /**
     * The measure as it was known.
     *
     * @param knownAtNs at which instant; acts known by then count.
     * @return the measure with these acts only.
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

    /**
     * The acts so far.
     *
     * @return in the order in which they became known.
     */
    public List<Act> acts() {
        return acts;
    }

    /**
     * The levels in force by all acts so far, those to come included.
     *
     * @return in time order; the first one is 0 at the start, and each differs from the one before it.
     */
    public List<MeasureLevel> levels() {
        return List.copyOf(levels.values());
    }

    /**
     * All points and withdrawals from the start on, in the order in which they are to be offered: to a series that has
     * none of them yet.
     *
     * @return one list for good.
     */
    public List<Amendment> amendments() {
        return amendments;
    }

    /**
     * The points and withdrawals of the last act: to be offered to a series that has all before. Empty where it changes
     * no level. Those of one act belong together: a reader should see all of them or none.
     *
     * @return the last ones of {@link #amendments()}.
     */
    public List<Amendment> latestAmendments() {
        return amendments.subList(firstOfLatest, amendments.size());
    }

    /**
     * The rate on the books, suspended or not.
     *
     * @param atNs at which instant.
     * @return scaled; 0 where nothing is imposed.
     */
    public long onTheBooks(final long atNs) {
        return plan.onTheBooks(atNs);
    }

    /**
     * The rate in force.
     *
     * @param atNs at which instant.
     * @return scaled; what is on the books less what is suspended.
     */
    public long inForce(final long atNs) {
        return plan.inForce(atNs);
    }

    /**
     * The suspension that runs at an instant.
     *
     * @param atNs at which instant.
     * @return with its end by all acts so far; empty if none does.
     */
    public Optional<Suspension> suspension(final long atNs) {
        return Optional.ofNullable(plan.suspension(atNs));
    }

    /**
     * The next level after an instant.
     *
     * @param atNs as seen from there.
     * @return the level to come; empty if none is known.
     */
    public Optional<MeasureLevel> next(final long atNs) {
        return Optional.ofNullable(levels.higherEntry(atNs)).map(entry -> entry.getValue());
    }
}
