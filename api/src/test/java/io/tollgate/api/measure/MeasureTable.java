package io.tollgate.api.measure;

import io.tollgate.api.series.Instants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A measure as a table with a row for each day. A row holds the term that begins on the day, with its rate and end. It
 * also holds a change of the rate, and a mark if the measure is void from that day. Each query walks the rows from the
 * first day.
 */
final class MeasureTable {
    private static final int NONE = -1;
    private static final int NEVER = Integer.MAX_VALUE;

    private final int days;
    private final long dayNs;
    private final boolean[] begins;
    private final long[] rate;
    private final int[] end;
    private final boolean[] moved;
    private final long[] change;
    private final boolean[] voided;
    private final List<long[]> stretches = new ArrayList<>();

    MeasureTable(final int days, final long dayNs) {
        this.days = days;
        this.dayNs = dayNs;
        begins = new boolean[days];
        rate = new long[days];
        end = new int[days];
        moved = new boolean[days];
        change = new long[days];
        voided = new boolean[days];
        Arrays.fill(end, NONE);
        Arrays.fill(change, NONE);
    }

    boolean suits(final Act act) {
        final int from = (int) (act.fromNs() / dayNs);
        final int until = act.untilNs() == Instants.NONE ? days : (int) (act.untilNs() / dayNs);
        final long[] last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
        return switch (act.kind()) {
            case IMPOSE, VOID -> true;
            case CHANGE -> endInSight(from) > from;
            case POSTPONE -> canMove(from, until);
            case WITHDRAW -> begins[from] || !voided[from] && (endsOn(from) || change[from] != NONE);
            case SUSPEND -> last == null || from >= last[1];
            case EXTEND -> last != null && until >= last[0];
            case END -> canEnd(from);
        };
    }

    private boolean canMove(final int from, final int until) {
        if (begins[from]) {
            final boolean isOwn = end[from] != NONE;
            final boolean isSeen = isOwn || endOf(from) < termFrom(from + 1);
            return !isVoidWithin(from, until) && !(isSeen && endOf(from) <= until);
        }
        if (voided[from]) {
            return false;
        }
        if (endsOn(from)) {
            return canEnd(until);
        }
        return change[from] != NONE && (begins[until] || !voided[until] && !endsOn(until));
    }

    private boolean canEnd(final int day) {
        final int term = termUpTo(day - 1);
        return term != NONE && !isVoidWithin(term, day);
    }

    private boolean isVoidWithin(final int after, final int upTo) {
        for (int day = after + 1; day <= upTo; day++) {
            if (voided[day]) {
                return true;
            }
        }
        return false;
    }

    void apply(final Act act) {
        final int from = (int) (act.fromNs() / dayNs);
        final int until = act.untilNs() == Instants.NONE ? days : (int) (act.untilNs() / dayNs);
        switch (act.kind()) {
            case IMPOSE -> impose(from, act.value(), act.untilNs() == Instants.NONE ? NONE : until, false);
            case CHANGE -> setRate(from, act.value());
            case POSTPONE -> {
                if (begins[from]) {
                    shareMovedEnd(from);
                    final int own = end[from];
                    final boolean isMoved = moved[from];
                    clearTerm(from);
                    impose(until, rate[from], own, isMoved);
                } else if (endsOn(from)) {
                    forgetEnd(termUpTo(from - 1));
                    endTerm(termUpTo(until - 1), until);
                } else {
                    final long moving = change[from];
                    change[from] = NONE;
                    setRate(until, moving);
                }
            }
            case WITHDRAW -> withdraw(from);
            case SUSPEND -> stretches.add(new long[] {from, until, act.value()});
            case EXTEND -> {
                final long[] last = stretches.remove(stretches.size() - 1);
                if (until > last[0]) {
                    stretches.add(new long[] {last[0], until, last[2]});
                }
            }
            case END -> endTerm(termUpTo(from - 1), from);
            case VOID -> {
                for (int day = from; day < days; day++) {
                    clearTerm(day);
                    change[day] = NONE;
                    voided[day] = day == from;
                }
                stretches.removeIf(stretch -> stretch[0] >= from);
                stretches.forEach(stretch -> stretch[1] = Math.min(stretch[1], from));
            }
            default -> throw new AssertionError(act.kind());
        }
    }

    private void impose(final int day, final long value, final int own, final boolean isMoved) {
        if (own != NONE) {
            keepEndOfTermFrom(day + 1, own);
            end[day] = own;
            moved[day] = isMoved;
        }
        begins[day] = true;
        rate[day] = value;
        change[day] = NONE;
    }

    private void setRate(final int day, final long value) {
        if (begins[day]) {
            rate[day] = value;
        } else {
            change[day] = value;
        }
    }

    private void withdraw(final int day) {
        if (begins[day]) {
            shareMovedEnd(day);
            final int own = moved[day] ? end[day] : NONE;
            clearTerm(day);
            // The previous term is still imposed on this day.
            if (own != NONE && endInSight(day) > day) {
                endTerm(termUpTo(day), own);
            }
        } else if (endsOn(day)) {
            forgetEnd(termUpTo(day - 1));
        } else {
            change[day] = NONE;
        }
    }

    private void endTerm(final int term, final int day) {
        keepEndOfTermFrom(term + 1, day);
        forgetEnd(term);
        end[term] = day;
        moved[term] = true;
    }

    private void clearTerm(final int day) {
        begins[day] = false;
        end[day] = NONE;
        moved[day] = false;
    }

    /** No earlier term keeps the end that this term would inherit. */
    private void forgetEnd(final int term) {
        final int former = endOf(term);
        if (former < days && voided[former]) {
            return;
        }
        for (int day = term; day >= 0 && endOf(term) == former; day--) {
            if (end[day] == former) {
                end[day] = NONE;
                moved[day] = false;
            }
        }
    }

    /** Keeps the end of the first term from a day, if the terms before it are to end before it begins. */
    private void keepEndOfTermFrom(final int day, final int endBefore) {
        final int term = termFrom(day);
        if (term < endBefore || term == NEVER || end[term] != NONE) {
            return;
        }
        final int kept = endOf(term);
        if (kept != NEVER && !(kept < days && voided[kept])) {
            end[term] = kept;
            int giver = termUpTo(term - 1);
            while (end[giver] == NONE) {
                giver = termUpTo(giver - 1);
            }
            moved[term] = moved[giver];
        }
    }

    /** If the next term inherits a moved end, that end becomes its own. */
    private void shareMovedEnd(final int term) {
        final int next = termFrom(term + 1);
        if (moved[term] && next != NEVER && end[next] == NONE && endOf(term) > next) {
            end[next] = end[term];
            moved[next] = true;
        }
    }

    private int termUpTo(final int day) {
        int term = day;
        while (term >= 0 && !begins[term]) {
            term--;
        }
        return term;
    }

    private int termFrom(final int day) {
        int term = day;
        while (term < days && !begins[term]) {
            term++;
        }
        return term < days ? term : NEVER;
    }

    private boolean endsOn(final int day) {
        return termUpTo(day - 1) != NONE && endOf(termUpTo(day - 1)) == day;
    }

    /** Returns the end of the term that begins on a day, as if no other term came. */
    private int endOf(final int term) {
        int sight = endInSight(term);
        for (int day = term + 1; day < days; day++) {
            sight = voided[day] ? Math.min(sight, day) : sight;
        }
        return sight;
    }

    /** Returns the end of the last imposed term at the start of the day, 0 without one. */
    private int endInSight(final int upTo) {
        int sight = 0;
        for (int day = 0; day <= upTo; day++) {
            sight = endInSight(day, sight);
        }
        return sight;
    }

    private int endInSight(final int day, final int before) {
        final int sight = voided[day] ? Math.min(before, day) : before;
        if (begins[day] && end[day] != NONE) {
            return end[day];
        }
        return begins[day] && sight <= day ? NEVER : sight;
    }

    long[] levels() {
        final long[] levels = new long[days];
        long books = 0;
        int sight = 0;
        for (int day = 0; day < days; day++) {
            sight = endInSight(day, sight);
            if (begins[day]) {
                books = rate[day];
            } else if (change[day] != NONE) {
                books = change[day];
            }
            long suspended = 0;
            for (final long[] stretch : stretches) {
                suspended += day >= stretch[0] && day < stretch[1] ? stretch[2] : 0;
            }
            levels[day] = sight > day ? Math.max(0, books - suspended) : 0;
        }
        return levels;
    }
}
