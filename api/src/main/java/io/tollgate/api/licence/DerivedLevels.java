package io.tollgate.api.licence;

import io.tollgate.api.Amendment;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A level derived from inflows and outflows: at each event the opening level, plus all inflows so far, minus all
 * outflows. An event changes every later level. One thread.
 */
final class DerivedLevels {
    /** The net change at an instant and its number of events. The level there is a point as long as events remain. */
    private static final class Net {
        private long change;
        private long events;
    }

    private final long startNs;
    private final long opening;
    private final NavigableMap<Long, Net> nets = new TreeMap<>();
    private final NavigableMap<Long, Long> levels = new TreeMap<>();
    private long staleFromNs = Long.MAX_VALUE;

    DerivedLevels(final long startNs, final long opening) {
        this.startNs = startNs;
        this.opening = opening;
        nets.put(startNs, new Net());
        levels.put(startNs, opening);
    }

    void add(final long atNs, final long change) {
        final Net net = nets.computeIfAbsent(atNs, key -> new Net());
        net.change = Math.addExact(net.change, change);
        net.events++;
        staleFromNs = Math.min(staleFromNs, atNs);
    }

    void remove(final long atNs, final long change) {
        final Net net = nets.get(atNs);
        net.change = Math.subtractExact(net.change, change);
        if (--net.events == 0 && atNs != startNs) {
            nets.remove(atNs);
        }
        staleFromNs = Math.min(staleFromNs, atNs);
    }

    /** Returns the opening level, to be offered first. */
    Amendment opening() {
        return Amendment.offer(startNs, opening, startNs, Publisher.NO_REFERENCE);
    }

    /** Returns the points to offer and withdraw after the changes since the last call. */
    List<Amendment> amendments(final long knownNs, final long reference) {
        final List<Amendment> amendments = new ArrayList<>();
        if (staleFromNs == Long.MAX_VALUE) {
            return amendments;
        }
        final Iterator<Long> offered =
                levels.tailMap(staleFromNs, true).keySet().iterator();
        while (offered.hasNext()) {
            final long atNs = offered.next();
            if (!nets.containsKey(atNs)) {
                offered.remove();
                amendments.add(Amendment.withdrawal(atNs, knownNs, reference));
            }
        }
        final Map.Entry<Long, Long> before = levels.lowerEntry(staleFromNs);
        long level = before == null ? opening : before.getValue();
        for (final Map.Entry<Long, Net> net : nets.tailMap(staleFromNs, true).entrySet()) {
            level = Math.addExact(level, net.getValue().change);
            final Long last = levels.put(net.getKey(), level);
            if (last == null || last != level) {
                amendments.add(Amendment.offer(net.getKey(), level, knownNs, reference));
            }
        }
        staleFromNs = Long.MAX_VALUE;
        return amendments;
    }

    /** Returns the level at an instant; before the start, the opening level. */
    long level(final long atNs) {
        final Map.Entry<Long, Long> level = levels.floorEntry(atNs);
        return level == null ? opening : level.getValue();
    }

    List<NegativeStretch> negative() {
        final List<NegativeStretch> stretches = new ArrayList<>();
        long fromNs = Instants.NONE;
        long lowest = 0;
        for (final Map.Entry<Long, Long> level : levels.entrySet()) {
            if (level.getValue() < 0) {
                fromNs = fromNs == Instants.NONE ? level.getKey() : fromNs;
                lowest = Math.min(lowest, level.getValue());
            } else if (fromNs != Instants.NONE) {
                stretches.add(new NegativeStretch(fromNs, level.getKey(), lowest));
                fromNs = Instants.NONE;
                lowest = 0;
            }
        }
        if (fromNs != Instants.NONE) {
            stretches.add(new NegativeStretch(fromNs, Instants.NONE, lowest));
        }
        return stretches;
    }
}
