package io.tollgate.core.panel;

import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.FlowSums;
import io.tollgate.core.read.FlowTotal;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;
import java.util.List;

/** Sums flows over two windows. Used by one thread. */
class FlowScan implements LevelReader.Attempt {
    private final LevelSet levels;
    private final FlowTotal total;
    private final int[] dividends;
    private final int[] divisors;
    private final FlowSums sums = new FlowSums();
    private final Window window;
    private long atNs;
    private long baseNs;
    private boolean isIntact;
    private int emptyCount;
    private boolean isPartial;
    private boolean isEmpty;

    FlowScan(
            final List<FlowSeries> dividends,
            final List<FlowSeries> divisors,
            final Window window,
            final LevelSource source) {
        this.window = window;
        levels = source.newSet();
        total = source.newFlowTotal();
        this.dividends = dividends.stream().mapToInt(levels::add).toArray();
        this.divisors = divisors.stream().mapToInt(levels::add).toArray();
    }

    public final LevelSet levels() {
        return levels;
    }

    /** Sets the two instants at which the next read evaluates the window. */
    final void at(final long instantNs, final long baseInstantNs) {
        atNs = instantNs;
        baseNs = baseInstantNs;
    }

    @Override
    public boolean read() {
        sums.clear();
        isIntact = true;
        isPartial = false;
        emptyCount = 0;
        for (final int place : dividends) {
            if (open(place, atNs)) {
                sums.addDividend(total.low(), total.high());
            }
        }
        isEmpty = emptyCount == dividends.length;
        emptyCount = 0;
        for (final int place : divisors) {
            if (open(place, baseNs)) {
                sums.addDivisor(total.low(), total.high());
            }
        }
        isEmpty |= emptyCount == divisors.length;
        return isIntact;
    }

    /** Sums a series. Returns false if the sum has no value. */
    private boolean open(final int place, final long instantNs) {
        isIntact &= total.open(levels, place, window, instantNs);
        final Status status = total.status();
        isPartial |= status != Status.OK;
        emptyCount += status == Status.EMPTY ? 1 : 0;
        return status != Status.EMPTY;
    }

    final FlowSums sums() {
        return sums;
    }

    final long atNs() {
        return atNs;
    }

    final long baseNs() {
        return baseNs;
    }

    /** Returns the status of the sums: EMPTY, PARTIAL or OK. */
    final Status status() {
        if (isEmpty) {
            return Status.EMPTY;
        }
        return isPartial ? Status.PARTIAL : Status.OK;
    }
}
