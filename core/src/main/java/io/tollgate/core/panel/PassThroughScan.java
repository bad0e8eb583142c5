package io.tollgate.core.panel;

import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.CompensatedSum;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;

/**
 * The least-squares line of the logarithms of a price against those of one plus a rate. Both are relative to the first
 * instant at which both are known. Used by one thread.
 */
final class PassThroughScan implements SlopeAnswer.SlopeScan {
    private final LevelSet levels;
    private final LevelCursor cursor;
    private final Quotients quotients = new Quotients();
    private final CompensatedSum sum = new CompensatedSum();
    private final long[] instants;
    private final int price;
    private final int rate;
    private final int scale;
    private final int unitDivisor;
    private final double[] x;
    private final double[] y;
    private int count;
    private boolean isIntact;
    private double slope;

    PassThroughScan(final PassThrough passThrough, final LevelSource source, final LevelCursor cursor) {
        this.cursor = cursor;
        levels = source.newSet();
        instants = passThrough.instants().stream().mapToLong(Long::longValue).toArray();
        price = levels.add(passThrough.price());
        rate = levels.add(passThrough.rate());
        scale = passThrough.rate().definition().scale();
        unitDivisor = divisor(passThrough.rate().definition().unit().shareDigits());
        x = new double[instants.length];
        y = new double[instants.length];
    }

    /** Returns the scale of a unit: the number that stands for a rate of 1. */
    static int divisor(final int shareDigits) {
        int divisor = 1;
        for (int i = 0; i < shareDigits; i++) {
            divisor *= 10;
        }
        return divisor;
    }

    @Override
    public LevelSet levels() {
        return levels;
    }

    @Override
    public boolean read() {
        count = 0;
        isIntact = true;
        long firstPrice = Decimals.UNKNOWN;
        long firstRate = Decimals.UNKNOWN;
        for (final long instantNs : instants) {
            final long p = level(price, instantNs);
            final long t = level(rate, instantNs);
            if (p == Decimals.UNKNOWN || t == Decimals.UNKNOWN) {
                continue;
            }
            if (count == 0) {
                firstPrice = p;
                firstRate = t;
            }
            x[count] = quotients.logChange(firstRate, t, scale, unitDivisor);
            y[count] = quotients.logRatio(firstPrice, p);
            count += Double.isNaN(x[count] + y[count]) ? 0 : 1;
        }
        fit();
        return isIntact;
    }

    private long level(final int place, final long instantNs) {
        isIntact &= cursor.open(levels, place, instantNs, instantNs);
        return cursor.value();
    }

    private void fit() {
        final double meanX = mean(x);
        final double meanY = mean(y);
        slope = products(x, meanX, y, meanY) / products(x, meanX, x, meanX);
    }

    private double mean(final double[] values) {
        sum.clear();
        for (int i = 0; i < count; i++) {
            sum.add(values[i]);
        }
        return sum.value() / count;
    }

    private double products(final double[] a, final double meanOfA, final double[] b, final double meanOfB) {
        sum.clear();
        for (int i = 0; i < count; i++) {
            sum.add((a[i] - meanOfA) * (b[i] - meanOfB));
        }
        return sum.value();
    }

    @Override
    public Status slopeStatus() {
        if (count == 0) {
            return Status.EMPTY;
        }
        if (count == 1) {
            return Status.INSUFFICIENT;
        }
        for (int i = 1; i < count; i++) {
            if (x[i] != x[0]) {
                return count < instants.length ? Status.PARTIAL : Status.OK;
            }
        }
        return Status.UNDEFINED;
    }

    @Override
    public double value() {
        return slope;
    }

    @Override
    public int count() {
        return count;
    }
}
