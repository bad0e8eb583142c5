package io.tollgate.api.measure;

import io.tollgate.api.series.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rates on the books of a measure and its suspensions, after all acts so far. One thread. */
final class MeasurePlan {
    private final MeasureTimeline books;
    private final List<Suspension> suspensions;

    MeasurePlan() {
        books = new MeasureTimeline();
        suspensions = new ArrayList<>();
    }

    MeasurePlan(final MeasurePlan other) {
        books = new MeasureTimeline(other.books);
        suspensions = new ArrayList<>(other.suspensions);
    }

    void apply(final Act act) {
        switch (act.kind()) {
            case IMPOSE -> books.impose(act);
            case CHANGE -> books.change(act);
            case POSTPONE -> books.postpone(act);
            case WITHDRAW -> books.withdraw(act);
            case SUSPEND -> suspend(act);
            case EXTEND -> extend(act);
            case END -> books.end(act);
            case VOID -> annul(act);
            default -> throw new AssertionError(act.kind());
        }
    }

    private void suspend(final Act act) {
        if (!suspensions.isEmpty()) {
            final Suspension last = suspensions.get(suspensions.size() - 1);
            if (last.untilNs() == Instants.NONE || act.fromNs() < last.untilNs()) {
                throw new IllegalStateException("SUSPEND from=" + Instants.format(act.fromNs())
                        + ", expected a start at or after the end of the last suspension: extend that one, or move"
                        + " its end earlier");
            }
        }
        suspensions.add(new Suspension(act.fromNs(), act.untilNs(), act.value()));
    }

    private void extend(final Act act) {
        final Suspension last = lastSuspension();
        final boolean isOpen = act.untilNs() == Instants.NONE;
        if (!isOpen && act.untilNs() < last.fromNs()) {
            throw new IllegalStateException("EXTEND until=" + Instants.format(act.untilNs())
                    + ", expected an end not before the start of the suspension=" + Instants.format(last.fromNs()));
        }
        suspensions.remove(suspensions.size() - 1);
        if (isOpen || act.untilNs() > last.fromNs()) {
            suspensions.add(new Suspension(last.fromNs(), act.untilNs(), last.part()));
        }
    }

    /** Returns the suspension that EXTEND moves. */
    Suspension lastSuspension() {
        if (suspensions.isEmpty()) {
            throw new IllegalStateException("EXTEND, expected a suspension: suspend a part of the rate first");
        }
        return suspensions.get(suspensions.size() - 1);
    }

    private void annul(final Act act) {
        final long fromNs = act.fromNs();
        books.annul(fromNs);
        suspensions.removeIf(suspension -> suspension.fromNs() >= fromNs);
        suspensions.replaceAll(suspension -> suspension.isInForce(fromNs)
                ? new Suspension(suspension.fromNs(), fromNs, suspension.part())
                : suspension);
    }

    /** Returns the rate on the books, 0 if the measure is not imposed. */
    long onTheBooks(final long atNs) {
        return books.rate(atNs);
    }

    /** Returns the suspension at an instant, or null. */
    @Nullable
    Suspension suspension(final long atNs) {
        for (final Suspension suspension : suspensions) {
            if (suspension.isInForce(atNs)) {
                return suspension;
            }
        }
        return null;
    }

    long inForce(final long atNs) {
        final long rate = onTheBooks(atNs);
        final Suspension suspension = suspension(atNs);
        return suspension == null ? rate : Math.max(0, rate - Math.min(rate, suspension.part()));
    }

    /** Returns the levels in force: one at the start, and one at each change of the rate in force. */
    NavigableMap<Long, Long> levels(final long startNs) {
        final NavigableSet<Long> instants = books.instants();
        instants.add(startNs);
        for (final Suspension suspension : suspensions) {
            instants.add(suspension.fromNs());
            if (suspension.untilNs() != Instants.NONE) {
                instants.add(suspension.untilNs());
            }
        }
        final NavigableMap<Long, Long> levels = new TreeMap<>();
        for (final long atNs : instants) {
            final long level = inForce(atNs);
            if (levels.isEmpty() || levels.lastEntry().getValue() != level) {
                levels.put(atNs, level);
            }
        }
        return levels;
    }
}
