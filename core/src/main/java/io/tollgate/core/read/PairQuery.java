package io.tollgate.core.read;

import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.number.CrossMoments;
import io.tollgate.core.number.CrossQuotients;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.window.PairRun;
import io.tollgate.core.window.WindowBounds;
import java.util.Objects;

/** A reading of a pair over a window. It is filled again for each instant. */
final class PairQuery implements PairReading {
    private static final int SAMPLE = 1;
    private static final int POPULATION = 0;

    private final ReaderAccess access;
    private final PairReader reader;
    private final Pair pair;
    private final Window window;
    private final CrossMoments moments = new CrossMoments();
    private final CrossQuotients cross;
    private final Quotients quotients;
    private final ReadOptions options;
    private Status shortfall = Status.UNREAD;
    private boolean isPartial;
    private int ddof;
    private int scaleX;
    private int scaleY;
    private long atNs = Instants.NONE;
    private long covered;
    private long wanted;

    PairQuery(
            final ReaderAccess access,
            final PairReader reader,
            final CrossQuotients cross,
            final Quotients quotients,
            final ReadOptions options,
            final Pair pair,
            final Window window) {
        PairReader.requireSuits(pair, window);
        this.access = access;
        this.reader = reader;
        this.cross = cross;
        this.quotients = quotients;
        this.options = options;
        this.pair = pair;
        this.window = window;
    }

    Pair pair() {
        return pair;
    }

    Window window() {
        return window;
    }

    @Override
    public PairReading read(final long atNs) {
        access.require(atNs);
        final Status status = access.read(reader.oneLag().of(pair, window), atNs, this);
        if (status != Status.OK) {
            none(status, atNs);
        }
        return this;
    }

    /** {@return the sums, to be filled before {@link #fill}} */
    CrossMoments moments() {
        return moments;
    }

    /** Sets the status of a pair that was not read. */
    void none(final Status status, final long instantNs) {
        atNs = instantNs;
        moments.clear();
        covered = 0;
        wanted = 0;
        shortfall = status;
    }

    /** Sets the number of decimals of the values of both series. */
    void scales(final int x, final int y) {
        scaleX = x;
        scaleY = y;
    }

    /** Sets the answer of a pair from its filled sums. */
    void fill(final PairRun run, final boolean isByBucket, final WindowBounds bounds) {
        atNs = bounds.endNs();
        ddof = isByBucket ? SAMPLE : POPULATION;
        wanted = bounds.lengthNs();
        // A window that includes both its ends has one more instant than its length in nanoseconds.
        covered = Long.compareUnsigned(run.observedNs(), wanted) > 0 ? wanted : run.observedNs();
        isPartial = covered != wanted || run.isShort();
        shortfall = shortfall(run, isByBucket ? moments.weight() : run.stretchCount());
    }

    private Status shortfall(final PairRun run, final long observationCount) {
        if (run.isEmpty()) {
            return Status.EMPTY;
        }
        final boolean isEnough = Long.compareUnsigned(moments.weight(), ddof) > 0
                && Long.compareUnsigned(observationCount, options.minCount()) >= 0
                && Long.compareUnsigned(run.spanNs(), options.minSpanNs()) >= 0
                && (options.minCoverage() == 0 || coverage() >= options.minCoverage());
        if (!isEnough) {
            return Status.INSUFFICIENT;
        }
        return run.isOverflow() ? Status.OVERFLOW : Status.OK;
    }

    @Override
    public long atNs() {
        return atNs;
    }

    @Override
    public long weight() {
        return moments.weight();
    }

    @Override
    public double coverage() {
        return wanted == 0 ? 0 : quotients.ratio(covered, wanted);
    }

    @Override
    public Status status(final PairMetric metric) {
        Objects.requireNonNull(metric, "metric=null, expected a metric");
        if (shortfall != Status.OK) {
            return shortfall;
        }
        final boolean isUndefined = switch (metric) {
            case COVARIANCE -> false;
            case CORRELATION -> cross.isConstantX(moments) || cross.isConstantY(moments);
            case BETA -> cross.isConstantX(moments);
        };
        return isUndefined ? Status.UNDEFINED : isPartial ? Status.PARTIAL : Status.OK;
    }

    @Override
    public double value(final PairMetric metric) {
        Objects.requireNonNull(metric, "metric=null, expected a metric");
        if (shortfall != Status.OK) {
            return Double.NaN;
        }
        return switch (metric) {
            case COVARIANCE -> cross.covariance(moments, ddof, scaleX, scaleY);
            case CORRELATION -> cross.correlation(moments);
            case BETA -> cross.beta(moments, scaleX, scaleY);
        };
    }

    @Override
    public String toString() {
        final ReadingText text =
                new ReadingText("PairReading").instant("at", atNs).add("coverage", coverage());
        for (final PairMetric metric : PairMetric.values()) {
            text.answer(metric.text(), status(metric), value(metric));
        }
        return text.toString();
    }
}
