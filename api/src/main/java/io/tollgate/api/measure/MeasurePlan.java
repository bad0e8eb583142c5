package io.tollgate.api.measure;

import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is on the books of a measure and what of it is suspended, by all acts so far. One thread. */
final class MeasurePlan {
    private enum StepKind {
        IMPOSE,
        CHANGE,
        END
    }

    /** What the books say from an instant on; a CHANGE has effect only on what is imposed and has not ended. */
    private record Step(StepKind kind, long rate) {}

    private final NavigableMap<Long, Step> steps;
    private final List<Suspension> suspensions;

    /** A plan without a measure. */
    MeasurePlan() {
        steps = new TreeMap<>();
        suspensions = new ArrayList<>();
    }

    /** A copy, to go another way from here. */
    MeasurePlan(final MeasurePlan other) {
        steps = new TreeMap<>(other.steps);
        suspensions = new ArrayList<>(other.suspensions);
    }

    void apply(final Act act) {
        switch (act.kind()) {
            case IMPOSE -> impose(act);
            case CHANGE -> change(act);
            case POSTPONE -> postpone(act);
            case WITHDRAW -> remove(act);
            case SUSPEND -> suspend(act);
            case EXTEND -> extend(act);
            case END -> end(act);
            case VOID -> annul(act);
            default -> throw new AssertionError(act.kind());
        }
    }

    private void impose(final Act act) {
        steps.put(act.fromNs(), new Step(StepKind.IMPOSE, act.value()));
        if (act.untilNs() != Publisher.NONE) {
            removeEnd(act.fromNs());
            setEnd(act.untilNs());
        }
    }

    private void change(final Act act) {
        if (!isImposed(act.fromNs())) {
            throw new IllegalStateException("CHANGE from=" + Instants.format(act.fromNs())
                    + ", expected a measure that is imposed then: impose it first");
        }
        putRate(act.fromNs(), act.value());
    }

    /** Another rate, also of what is imposed at that very instant. */
    private void putRate(final long fromNs, final long rate) {
        steps.put(fromNs, new Step(imposes(fromNs) ? StepKind.IMPOSE : StepKind.CHANGE, rate));
    }

    private boolean imposes(final long atNs) {
        final Step step = steps.get(atNs);
        return step != null && step.kind() == StepKind.IMPOSE;
    }

    private boolean isImposed(final long atNs) {
        boolean isImposed = false;
        for (final Step step : steps.headMap(atNs, true).values()) {
            isImposed = step.kind() == StepKind.IMPOSE || isImposed && step.kind() == StepKind.CHANGE;
        }
        return isImposed;
    }

    private void postpone(final Act act) {
        final Step step = remove(act);
        switch (step.kind()) {
            case IMPOSE -> {
                requireBeforeItsEnd(act);
                steps.put(act.untilNs(), step);
            }
            case CHANGE -> {
                requireNoEnd(act);
                putRate(act.untilNs(), step.rate());
            }
            case END -> setEnd(act.untilNs());
            default -> throw new AssertionError(step.kind());
        }
    }

    private void requireBeforeItsEnd(final Act act) {
        for (final Map.Entry<Long, Step> step :
                steps.tailMap(act.fromNs(), false).entrySet()) {
            if (step.getValue().kind() == StepKind.IMPOSE) {
                return;
            }
            if (step.getValue().kind() == StepKind.END && step.getKey() <= act.untilNs()) {
                throw new IllegalStateException("POSTPONE until=" + Instants.format(act.untilNs())
                        + ", expected a beginning before the end=" + Instants.format(step.getKey())
                        + ": postpone the end first");
            }
        }
    }

    private void requireNoEnd(final Act act) {
        final Step step = steps.get(act.untilNs());
        if (step != null && step.kind() == StepKind.END) {
            throw new IllegalStateException("POSTPONE until=" + Instants.format(act.untilNs())
                    + ", expected another instant than the end of the measure: postpone the end first");
        }
    }

    private Step remove(final Act act) {
        final Step step = steps.remove(act.fromNs());
        if (step == null) {
            throw new IllegalStateException(act.kind() + " from=" + Instants.format(act.fromNs())
                    + ", expected an instant at which a rate or an end of the measure is set");
        }
        return step;
    }

    private void suspend(final Act act) {
        if (!suspensions.isEmpty()) {
            final Suspension last = suspensions.get(suspensions.size() - 1);
            if (last.untilNs() == Publisher.NONE || act.fromNs() < last.untilNs()) {
                throw new IllegalStateException("SUSPEND from=" + Instants.format(act.fromNs())
                        + ", expected one after the end of the last suspension: extend that, also to an earlier end");
            }
        }
        suspensions.add(new Suspension(act.fromNs(), act.untilNs(), act.value()));
    }

    private void extend(final Act act) {
        final Suspension last = lastSuspension();
        final boolean isOpen = act.untilNs() == Publisher.NONE;
        if (!isOpen && act.untilNs() < last.fromNs()) {
            throw new IllegalStateException("EXTEND until=" + Instants.format(act.untilNs())
                    + ", expected an end not before the suspension's start=" + Instants.format(last.fromNs()));
        }
        suspensions.remove(suspensions.size() - 1);
        if (isOpen || act.untilNs() > last.fromNs()) {
            suspensions.add(new Suspension(last.fromNs(), act.untilNs(), last.part()));
        }
    }

    /** The one that EXTEND moves. */
    Suspension lastSuspension() {
        if (suspensions.isEmpty()) {
            throw new IllegalStateException("EXTEND, expected a suspension: suspend first");
        }
        return suspensions.get(suspensions.size() - 1);
    }

    private void end(final Act act) {
        if (steps.isEmpty()) {
            throw new IllegalStateException("END, expected a measure that is imposed: impose it first");
        }
        setEnd(act.fromNs());
    }

    /**
     * There is one end behind the last imposition before it: one that was set there before is moved. Where the next one
     * is imposed, that is the end.
     */
    private void setEnd(final long endNs) {
        Long imposed = null;
        for (final Map.Entry<Long, Step> step : steps.headMap(endNs, false).entrySet()) {
            imposed = step.getValue().kind() == StepKind.IMPOSE ? step.getKey() : imposed;
        }
        if (imposed == null) {
            throw new IllegalStateException("end=" + Instants.format(endNs)
                    + ", expected one after the measure is imposed: void it from its start instead");
        }
        removeEnd(imposed);
        if (!imposes(endNs)) {
            steps.put(endNs, new Step(StepKind.END, 0));
        }
    }

    /** Removes what ends the term that begins with an imposition. */
    private void removeEnd(final long imposedNs) {
        final List<Long> former = new ArrayList<>();
        for (final Map.Entry<Long, Step> step : steps.tailMap(imposedNs, false).entrySet()) {
            if (step.getValue().kind() == StepKind.IMPOSE) {
                break;
            }
            if (step.getValue().kind() == StepKind.END) {
                former.add(step.getKey());
            }
        }
        former.forEach(steps::remove);
    }

    private void annul(final Act act) {
        final long fromNs = act.fromNs();
        steps.tailMap(fromNs, true).clear();
        if (!steps.isEmpty()) {
            steps.put(fromNs, new Step(StepKind.END, 0));
        }
        suspensions.removeIf(suspension -> suspension.fromNs() >= fromNs);
        suspensions.replaceAll(suspension -> suspension.isInForce(fromNs)
                ? new Suspension(suspension.fromNs(), fromNs, suspension.part())
                : suspension);
    }

    /** The rate on the books, 0 where nothing is imposed. */
    long onTheBooks(final long atNs) {
        long rate = 0;
        boolean isImposed = false;
        for (final Step step : steps.headMap(atNs, true).values()) {
            isImposed = step.kind() == StepKind.IMPOSE || isImposed && step.kind() == StepKind.CHANGE;
            rate = isImposed ? step.rate() : 0;
        }
        return rate;
    }

    /** The suspension at an instant, null if there is none. */
    Suspension suspension(final long atNs) {
        for (final Suspension suspension : suspensions) {
            if (suspension.isInForce(atNs)) {
                return suspension;
            }
        }
        return null;
    }

    /** The rate in force. */
    long inForce(final long atNs) {
        final long rate = onTheBooks(atNs);
        final Suspension suspension = suspension(atNs);
        return suspension == null ? rate : Math.max(0, rate - Math.min(rate, suspension.part()));
    }

    /** The levels in force: the first one at the start, then one wherever the rate in force changes. */
    NavigableMap<Long, Long> levels(final long startNs) {
        final NavigableSet<Long> instants = new TreeSet<>(steps.keySet());
        instants.add(startNs);
        for (final Suspension suspension : suspensions) {
            instants.add(suspension.fromNs());
            if (suspension.untilNs() != Publisher.NONE) {
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
