package io.tollgate.core;

import io.tollgate.api.Dependence;
import io.tollgate.api.Instants;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Publisher;
import io.tollgate.api.ReportingPeriod;
import io.tollgate.api.Series;
import io.tollgate.api.Status;
import io.tollgate.api.VersionReading;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.WatchedValue;
import io.tollgate.api.Window;
import io.tollgate.core.metric.LifeAnswer;
import io.tollgate.core.watch.WatchedCourse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Where what was known of series changes: where a version becomes known, where it is no longer what is known, and where
 * it begins, runs out or leaves a window, or its period is cut, whether it counts now or not; and the same of the end
 * of a life, and of what comes before and after it. Those of a series are listed again where it has changed, in time
 * linear in its versions. Used by the thread that follows it.
 */
final class VersionInstants {
    /** Those of no series. */
    static final VersionInstants NONE = new VersionInstants();

    private static final long NEVER = WatchedCourse.NEVER;
    private static final Window ALL = Window.since(Instants.MIN);
    private static final Window SHORTEST = Window.slidingNs(1);
    private static final int MAX_VERSION_COUNT = 1 << 20;

    /** Those of one series, in order. */
    private static final class Listing {
        private final Series series;
        private final long[] shiftsNs;
        private final Optional<ReportingPeriod> period;
        private final VersionReading horizon;
        private final LifeAnswer life = new LifeAnswer();
        private VersionReading versions;
        private long[] instants = new long[16];
        private int size;
        private long lastKnownNs = NEVER;
        private long predecessorKnownNs = Publisher.NONE;
        private long horizonNs = Instants.MIN;
        private boolean isStale = true;

        private Listing(final Series series, final Set<Long> shiftsNs, final MetricReader reader) {
            this.series = series;
            this.shiftsNs = shiftsNs.stream().mapToLong(Long::longValue).toArray();
            period = series.definition().policies().period();
            versions = reader.newVersionReading(16);
            horizon = reader.newVersionReading(1);
        }

        private boolean refresh(final MetricReader reader) {
            reader.readVersions(series, ALL, Instants.MAX, MetricReader.ALL_KNOWN, versions);
            while (versions.count() > versions.heldCount() && versions.heldCount() < MAX_VERSION_COUNT) {
                final long wanted = Math.min(MAX_VERSION_COUNT, 2 * versions.count());
                versions = reader.newVersionReading((int) wanted);
                reader.readVersions(series, ALL, Instants.MAX, MetricReader.ALL_KNOWN, versions);
            }
            reader.readLife(series, MetricReader.ALL_KNOWN, life);
            if (versions.status() == Status.CONTENDED || life.status() == Status.CONTENDED) {
                return false;
            }
            size = 0;
            lastKnownNs = Instants.MIN;
            horizonNs = versions.horizonNs();
            for (int i = 0; i < versions.heldCount(); i++) {
                addKnown(versions.knowledgeTimeNs(i));
                add(versions.endKnowledgeTimeNs(i));
                addShifted(versions.validTimeNs(i));
                if (period.isPresent()) {
                    addShifted(period.get().startNs(versions.validTimeNs(i)));
                }
            }
            addLife();
            Arrays.sort(instants, 0, size);
            isStale = false;
            return true;
        }

        private void addLife() {
            if (life.endNs() != Publisher.NONE) {
                addKnown(life.endKnownAtNs());
                addKnown(life.successorKnownAtNs());
                addShifted(life.endNs());
            }
            predecessorKnownNs = life.predecessorKnownAtNs();
            add(predecessorKnownNs);
        }

        private void addKnown(final long knowledgeTimeNs) {
            add(knowledgeTimeNs);
            lastKnownNs = Math.max(lastKnownNs, knowledgeTimeNs);
        }

        private void addShifted(final long validTimeNs) {
            for (final long shiftNs : shiftsNs) {
                // A window may include the end that passes it, or not.
                addLater(validTimeNs, shiftNs);
                addLater(validTimeNs, shiftNs + 1);
            }
        }

        private void addLater(final long instantNs, final long laterNs) {
            final long sum = instantNs + laterNs;
            if (laterNs < 0 == sum < instantNs) {
                add(sum);
            }
        }

        private void add(final long instantNs) {
            if (instantNs < Instants.MIN || instantNs > Instants.MAX) {
                return;
            }
            if (size == instants.length) {
                instants = Arrays.copyOf(instants, 2 * size);
            }
            instants[size++] = instantNs;
        }

        /** Lists them again, where they were; returns since when at the earliest others are known. */
        private long changed(final MetricReader reader) {
            final long beforeNs = lastKnownNs;
            final long predecessorBeforeNs = predecessorKnownNs;
            isStale = true;
            if (beforeNs == NEVER) {
                return NEVER;
            }
            if (!refresh(reader)) {
                return Instants.MIN;
            }
            // What another series says of this one may have become known before what was known of it last.
            final boolean isLinked = predecessorKnownNs != predecessorBeforeNs;
            return Math.max(isLinked ? Math.min(beforeNs, predecessorKnownNs) : beforeNs, horizonNs);
        }

        private long next(final long atNs) {
            int first = 0;
            int end = size;
            while (first < end) {
                final int middle = (first + end) >>> 1;
                if (instants[middle] > atNs) {
                    end = middle;
                } else {
                    first = middle + 1;
                }
            }
            return first == size ? NEVER : instants[first];
        }
    }

    private final List<Listing> listings = new ArrayList<>();
    private final MetricReader reader;
    private long horizonNs = Publisher.NONE;
    private long nextNs = NEVER;

    private VersionInstants() {
        reader = null;
    }

    /**
     * @param value  that rests on series.
     * @param reader of these.
     * @param finder of series by key.
     */
    VersionInstants(
            final WatchedValue value, final MetricReader reader, final Function<String, Optional<Series>> finder) {
        this.reader = reader;
        for (final String key : value.keys()) {
            final Series series = finder.apply(key)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "series=" + key + " is not one of this engine, expected one that it has defined"));
            final Set<Long> shiftsNs = new TreeSet<>();
            addShifts(value, key, 0, shiftsNs);
            final long heartbeatNs = series.definition().policies().heartbeatNs();
            if (heartbeatNs != 0) {
                new ArrayList<>(shiftsNs).forEach(shiftNs -> shiftsNs.add(sum(shiftNs, heartbeatNs)));
            }
            listings.add(new Listing(series, shiftsNs, reader));
        }
    }

    /** By how much later a point of a series changes what is watched once more. */
    private static void addShifts(
            final WatchedPanel panel, final String key, final long laterNs, final Set<Long> shiftsNs) {
        if (!panel.keys().contains(key)) {
            return;
        }
        shiftsNs.add(laterNs);
        if (panel instanceof WatchedPanel.Between of) {
            addShifts(of.first(), key, laterNs, shiftsNs);
            addShifts(of.second(), key, laterNs, shiftsNs);
        } else if (panel instanceof WatchedPanel.OfGroup of) {
            of.window().ifPresent(window -> shiftsNs.add(sum(laterNs, window.lengthNs())));
        } else if (panel instanceof WatchedPanel.OfPair of) {
            addWindow(of.window(), sum(laterNs, PairLook.shiftNs(of.pair())), shiftsNs);
            addWindow(of.window(), laterNs, shiftsNs);
        } else if (panel instanceof WatchedPanel.OfRatio of) {
            addWindow(of.window(), laterNs, shiftsNs);
            addWindow(of.window(), sum(laterNs, of.earlierNs()), shiftsNs);
        } else if (panel instanceof WatchedValue value) {
            for (final Dependence dependence : value.dependences()) {
                if (dependence instanceof Dependence.OnPanel on) {
                    addShifts(on.panel(), key, sum(laterNs, on.earlierNs()), shiftsNs);
                } else if (dependence instanceof Dependence.OnAhead on
                        && on.series().key().equals(key)) {
                    shiftsNs.add(laterNs - on.aheadNs());
                } else if (dependence instanceof Dependence.OnWindow on
                        && on.series().key().equals(key)) {
                    addWindow(on.window(), sum(laterNs, on.earlierNs()), shiftsNs);
                }
            }
        }
    }

    private static void addWindow(final Window window, final long laterNs, final Set<Long> shiftsNs) {
        shiftsNs.add(laterNs);
        if (window instanceof Window.Sliding sliding) {
            shiftsNs.add(sum(laterNs, sliding.lengthNs()));
        }
    }

    private static long sum(final long a, final long b) {
        // One less than the most, as one more is added; what is ahead makes it less.
        return a > Long.MAX_VALUE - 1 - b ? Long.MAX_VALUE - 1 : a + b;
    }

    /**
     * Says that a series has changed, and returns since when at the earliest: what was known before stays known, and
     * what was forgotten since changes no more. Before they were listed nothing was looked at.
     */
    long changed(final long seriesNumber) {
        for (int i = 0; i < listings.size(); i++) {
            if (listings.get(i).series.number() == seriesNumber) {
                return listings.get(i).changed(reader);
            }
        }
        return NEVER;
    }

    /**
     * Finds the latest horizon of the series, by what a window without points says of it; false if one cannot be read
     * for the moment.
     */
    boolean findHorizon() {
        horizonNs = Publisher.NONE;
        for (int i = 0; i < listings.size(); i++) {
            final Listing listing = listings.get(i);
            reader.readVersions(listing.series, SHORTEST, Instants.MIN + 1, MetricReader.ALL_KNOWN, listing.horizon);
            if (listing.horizon.status() == Status.CONTENDED) {
                return false;
            }
            horizonNs = Math.max(horizonNs, listing.horizon.horizonNs());
        }
        return true;
    }

    /** The horizon found last, NONE if nothing was forgotten. */
    long horizonNs() {
        return horizonNs;
    }

    /** Finds the next one behind an instant; false if a series cannot be read for the moment. */
    boolean find(final long atNs) {
        nextNs = NEVER;
        for (int i = 0; i < listings.size(); i++) {
            final Listing listing = listings.get(i);
            if (listing.isStale && !listing.refresh(reader)) {
                return false;
            }
            nextNs = Math.min(nextNs, listing.next(atNs));
        }
        return true;
    }

    /** The instant found last, NEVER if there is none. */
    long nextNs() {
        return nextNs;
    }
}
