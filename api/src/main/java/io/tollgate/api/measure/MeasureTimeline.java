package io.tollgate.api.measure;

import io.tollgate.api.series.Instants;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rates on the books of a measure after all acts so far: terms, changes of their rates, and the instants from which
 * the measure is void. A term has an end of its own, or ends with the term before. One thread.
 */
final class MeasureTimeline {
    private static final long FOR_GOOD = Long.MAX_VALUE;

    /**
     * A time for which the measure is imposed; the start is its key.
     *
     * @param endNs   its own end, or NONE if it ends with the term before.
     * @param isMoved true if END or POSTPONE set the end, false if IMPOSE did.
     */
    private record Term(long rate, long endNs, boolean isMoved) {
        boolean hasEnd() {
            return endNs != Instants.NONE;
        }

        Term withRate(final long otherRate) {
            return new Term(otherRate, endNs, isMoved);
        }

        Term withEnd(final long otherEndNs, final boolean isOtherMoved) {
            return new Term(rate, otherEndNs, isOtherMoved);
        }
    }

    /**
     * The end of a term if no later term starts before it. The owner is the term whose own end it is, unless it is
     * void.
     */
    private record End(long atNs, long ownerNs) {}

    private final NavigableMap<Long, Term> terms;
    /** No key is the start of a term: a change there replaces the rate of the term. */
    private final NavigableMap<Long, Long> changes;

    private final NavigableSet<Long> voids;

    MeasureTimeline() {
        terms = new TreeMap<>();
        changes = new TreeMap<>();
        voids = new TreeSet<>();
    }

    MeasureTimeline(final MeasureTimeline other) {
        terms = new TreeMap<>(other.terms);
        changes = new TreeMap<>(other.changes);
        voids = new TreeSet<>(other.voids);
    }

    void impose(final Act act) {
        put(act.fromNs(), new Term(act.value(), act.untilNs(), false));
    }

    private void put(final long fromNs, final Term term) {
        final Term former = terms.get(fromNs);
        if (term.hasEnd()) {
            keepEndOfNext(fromNs, term.endNs());
            terms.put(fromNs, term);
        } else {
            terms.put(fromNs, former == null ? term : former.withRate(term.rate()));
        }
        changes.remove(fromNs);
    }

    void change(final Act act) {
        if (!isImposed(act.fromNs())) {
            throw new IllegalStateException("CHANGE from=" + Instants.format(act.fromNs())
                    + ", expected an instant at which the measure is imposed: impose it first");
        }
        putRate(act.fromNs(), act.value());
    }

    /** Changes the rate from an instant on, including the rate of a term that starts there. */
    private void putRate(final long fromNs, final long rate) {
        final Term term = terms.get(fromNs);
        if (term == null) {
            changes.put(fromNs, rate);
        } else {
            terms.put(fromNs, term.withRate(rate));
        }
    }

    void postpone(final Act act) {
        final long fromNs = act.fromNs();
        if (terms.containsKey(fromNs)) {
            leaveMovedEndToNext(fromNs);
            requireBeforeItsEnd(act);
            put(act.untilNs(), terms.remove(fromNs));
        } else if (isEnd(act)) {
            clearEnd(terms.lowerKey(fromNs));
            setEnd("POSTPONE until=", act.untilNs());
        } else {
            final long rate = removeChange(act);
            requireNoEnd(act);
            putRate(act.untilNs(), rate);
        }
    }

    void withdraw(final Act act) {
        final long fromNs = act.fromNs();
        if (terms.containsKey(fromNs)) {
            leaveMovedEndToNext(fromNs);
            leaveMovedEndToFormer(fromNs);
        } else if (isEnd(act)) {
            clearEnd(terms.lowerKey(fromNs));
        } else {
            removeChange(act);
        }
    }

    private long removeChange(final Act act) {
        final Long rate = changes.remove(act.fromNs());
        if (rate == null) {
            throw new IllegalStateException(act.kind() + " from=" + Instants.format(act.fromNs())
                    + ", expected an instant at which a rate or the end of the measure is set");
        }
        return rate;
    }

    /** Returns true if the measure ends at the instant of an act. The instant must not be void. */
    private boolean isEnd(final Act act) {
        requireNotVoid(act.kind() + " from=", act.fromNs(), act.fromNs() - 1, "an instant");
        return endsAt(act.fromNs());
    }

    /** Returns true if the last term that starts before an instant ends at it. */
    private boolean endsAt(final long atNs) {
        final Long imposed = terms.lowerKey(atNs);
        return imposed != null && end(imposed).atNs() == atNs;
    }

    /**
     * Refuses a start at or after the end of the term. An inherited end does not count if the next term starts at or
     * before it.
     */
    private void requireBeforeItsEnd(final Act act) {
        requireNotVoid("POSTPONE until=", act.untilNs(), act.fromNs(), "a start");
        final End end = end(act.fromNs());
        final Long next = terms.higherKey(act.fromNs());
        final boolean isItsEnd = end.ownerNs() == act.fromNs() || next == null || end.atNs() < next;
        if (isItsEnd && end.atNs() <= act.untilNs()) {
            throw new IllegalStateException("POSTPONE until=" + Instants.format(act.untilNs())
                    + ", expected a start before the end=" + Instants.format(end.atNs())
                    + ": postpone the end first");
        }
    }

    private void requireNoEnd(final Act act) {
        if (terms.containsKey(act.untilNs())) {
            return;
        }
        requireNotVoid("POSTPONE until=", act.untilNs(), act.untilNs() - 1, "an instant");
        if (endsAt(act.untilNs())) {
            throw new IllegalStateException("POSTPONE until=" + Instants.format(act.untilNs())
                    + ", expected an instant other than the end of the measure: postpone the end first");
        }
    }

    /** Refuses a term or an end that would reach or cross an instant from which the measure is void. */
    private void requireNotVoid(final String act, final long atNs, final long behindNs, final String expected) {
        final Long voidNs = voids.higher(behindNs);
        if (voidNs != null && voidNs <= atNs) {
            throw new IllegalStateException(act + Instants.format(atNs) + ", void from=" + Instants.format(voidNs)
                    + ", expected " + expected + " before that: impose the measure again");
        }
    }

    void end(final Act act) {
        if (terms.isEmpty()) {
            throw new IllegalStateException("END, expected a measure that is imposed: impose it first");
        }
        setEnd("END from=", act.fromNs());
    }

    /** Sets the end of the last term that starts before it, instead of the end that this term had. */
    private void setEnd(final String act, final long endNs) {
        final Long imposed = terms.lowerKey(endNs);
        if (imposed == null) {
            throw new IllegalStateException("end=" + Instants.format(endNs)
                    + ", expected an end after the start of a rate: void the measure from its start instead");
        }
        requireNotVoid(act, endNs, imposed, "an end");
        moveEnd(imposed, endNs);
    }

    private void moveEnd(final long fromNs, final long endNs) {
        keepEndOfNext(fromNs, endNs);
        clearEnd(fromNs);
        terms.computeIfPresent(fromNs, (key, term) -> term.withEnd(endNs, true));
    }

    /** Removes the end of a term, even if a term before owns it, so that the term continues. */
    private void clearEnd(final long fromNs) {
        final long formerNs = end(fromNs).atNs();
        if (formerNs == FOR_GOOD || voids.contains(formerNs)) {
            return;
        }
        for (End end = end(fromNs); end.atNs() == formerNs; end = end(fromNs)) {
            terms.computeIfPresent(end.ownerNs(), (key, term) -> term.withEnd(Instants.NONE, false));
        }
    }

    /** If a term gets an end before the next term starts, the next term keeps the end that it had inherited. */
    private void keepEndOfNext(final long fromNs, final long endNs) {
        final Long next = terms.higherKey(fromNs);
        if (next == null || endNs > next || terms.get(next).hasEnd()) {
            return;
        }
        final End kept = end(next);
        if (kept.atNs() != FOR_GOOD && !voids.contains(kept.atNs())) {
            final boolean isMoved = terms.get(kept.ownerNs()).isMoved();
            terms.computeIfPresent(next, (key, term) -> term.withEnd(kept.atNs(), isMoved));
        }
    }

    /** If a term is removed, the next term keeps an end that END or POSTPONE had set and that it had inherited. */
    private void leaveMovedEndToNext(final long fromNs) {
        final Term term = terms.get(fromNs);
        final Long next = terms.higherKey(fromNs);
        if (term.isMoved()
                && next != null
                && !terms.get(next).hasEnd()
                && end(fromNs).atNs() > next) {
            terms.put(next, terms.get(next).withEnd(term.endNs(), true));
        }
    }

    /**
     * Removes a term. If the term before continued until its start, it takes over an end that END or POSTPONE had set.
     */
    private void leaveMovedEndToFormer(final long fromNs) {
        final Term term = terms.remove(fromNs);
        final Long former = terms.lowerKey(fromNs);
        if (term.isMoved() && former != null && end(former).atNs() > fromNs) {
            moveEnd(former, term.endNs());
        }
    }

    void annul(final long fromNs) {
        terms.tailMap(fromNs, true).clear();
        changes.tailMap(fromNs, true).clear();
        voids.tailSet(fromNs, true).clear();
        voids.add(fromNs);
    }

    /**
     * Returns the end of a term: its own end, else that of the term before if it is after the start of the term. An
     * instant from which the measure is void comes first.
     */
    private End end(final long fromNs) {
        End end = new End(FOR_GOOD, fromNs);
        for (final Map.Entry<Long, Term> term : terms.headMap(fromNs, true).entrySet()) {
            final long beginNs = term.getKey();
            if (term.getValue().hasEnd()) {
                end = new End(term.getValue().endNs(), beginNs);
            } else if (end.atNs() <= beginNs) {
                end = new End(FOR_GOOD, beginNs);
            }
            final Long voidNs = voids.higher(beginNs);
            if (voidNs != null && voidNs < end.atNs()) {
                end = new End(voidNs, beginNs);
            }
        }
        return end;
    }

    private boolean isImposed(final long atNs) {
        final Long imposed = terms.floorKey(atNs);
        return imposed != null && atNs < end(imposed).atNs();
    }

    /** Returns the rate, 0 if the measure is not imposed. */
    long rate(final long atNs) {
        if (!isImposed(atNs)) {
            return 0;
        }
        final Map.Entry<Long, Term> imposed = terms.floorEntry(atNs);
        final Map.Entry<Long, Long> change = changes.floorEntry(atNs);
        return change != null && change.getKey() > imposed.getKey()
                ? change.getValue()
                : imposed.getValue().rate();
    }

    /** Returns all instants at which the rate can change. */
    NavigableSet<Long> instants() {
        final NavigableSet<Long> instants = new TreeSet<>(terms.keySet());
        instants.addAll(changes.keySet());
        instants.addAll(voids);
        for (final Term term : terms.values()) {
            if (term.hasEnd()) {
                instants.add(term.endNs());
            }
        }
        return instants;
    }
}
