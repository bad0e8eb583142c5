package io.tollgate.examples.workload;

/**
 * The points of a workload, one after the other: the same ones in every run, so that all who are measured see the same.
 * Values are random multiples of 10^-6 from 0 to 145. One thread.
 */
public final class PointStream {
    /** Digits of a value behind the point. */
    public static final int SCALE = 6;

    /** Valid time at which the first round begins: 2025-01-01. */
    public static final long START_NS = 1_735_689_600_000_000_000L;

    private static final double UNIT = 1e6;
    private static final long VALUE_RANGE = 145_000_000L;
    private static final long SEED = 42;
    private static final int PERCENT = 100;
    private static final long NO_TURN = -1;

    private final Workload workload;
    private final int[] order;
    private final long outlierTurn;
    private final long outlier;
    private final long stepNs;
    private final long joiningTurns;
    private long random = SEED;
    private long round = -1;
    private long turn;
    private int index;
    private int groupStart;
    private long length;

    /**
     * The stream from its beginning.
     *
     * @param workload that says what it looks like.
     */
    public PointStream(final Workload workload) {
        this(workload, NO_TURN, 0);
    }

    /**
     * The stream of series that begin all in the first turn of their group: after so many rounds of all groups, each
     * has as many points.
     *
     * @param workload that says what it looks like otherwise.
     * @return the stream from its beginning.
     */
    public static PointStream inStep(final Workload workload) {
        return new PointStream(workload, NO_TURN, 0, 0);
    }

    /**
     * The stream with an outlier: one point of each series has a value out of all proportion.
     *
     * @param workload    that says what it looks like.
     * @param outlierTurn which point of each series, from 0 for the first.
     * @param outlier     the value, x 10^{@value #SCALE}.
     */
    public PointStream(final Workload workload, final long outlierTurn, final long outlier) {
        this(workload, outlierTurn, outlier, workload.joiningTurns());
    }

    private PointStream(final Workload workload, final long outlierTurn, final long outlier, final long joiningTurns) {
        this.workload = workload;
        this.outlierTurn = outlierTurn;
        this.outlier = outlier;
        stepNs = workload.burst() ? 0 : workload.intervalNs() / workload.roundLength();
        this.joiningTurns = joiningTurns;
        order = new int[workload.seriesCount()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        shuffle(0, order.length);
        index = workload.roundLength();
    }

    /**
     * Fills a batch with the next points.
     *
     * @param batch to fill.
     */
    public void next(final PointBatch batch) {
        for (int i = 0; i < batch.length(); i++) {
            goToNext();
            final int series = order[groupStart + index];
            final long timeNs = nowNs() - delayNs();
            final long value = value(series);
            batch.series[i] = series;
            batch.timesNs[i] = timeNs;
            batch.scaled[i] = value;
            batch.values[i] = value / UNIT;
            index++;
        }
        length += batch.length();
    }

    /**
     * How many points were drawn.
     *
     * @return their number, all batches together.
     */
    public long length() {
        return length;
    }

    private long value(final int series) {
        if (turn - firstTurn(series) == outlierTurn) {
            return outlier;
        }
        return workload.falling() ? VALUE_RANGE - round : bounded(VALUE_RANGE);
    }

    /** Leaves out series that have not joined in yet. */
    private void goToNext() {
        beginRound();
        while (!hasJoined(order[groupStart + index])) {
            index++;
            beginRound();
        }
    }

    private boolean hasJoined(final int series) {
        return turn >= joiningTurns || firstTurn(series) <= turn;
    }

    /** The turn of its group in which a series joins in. */
    private long firstTurn(final int series) {
        return joiningTurns == 0 ? 0 : series % joiningTurns;
    }

    /** Begins the next round where the one before is over. */
    private void beginRound() {
        if (index < workload.roundLength()) {
            return;
        }
        round++;
        turn = round / workload.groupCount();
        index = 0;
        groupStart = (int) (round % workload.groupCount()) * workload.roundLength();
        shuffle(groupStart, workload.roundLength());
    }

    /** The valid time of the next point, were it in time. */
    private long nowNs() {
        return START_NS + round * workload.intervalNs() + index * stepNs;
    }

    private long delayNs() {
        return workload.latePercent() > 0 && bounded(PERCENT) < workload.latePercent()
                ? bounded(workload.maxDelayNs())
                : 0;
    }

    private void shuffle(final int from, final int length) {
        for (int i = length - 1; i > 0; i--) {
            final int other = from + (int) bounded(i + 1);
            final int swapped = order[from + i];
            order[from + i] = order[other];
            order[other] = swapped;
        }
    }

    private long bounded(final long bound) {
        return Long.remainderUnsigned(next() >>> 1, bound);
    }

    /** Marsaglia's xorshift64: cheap, and the same in every run. */
    private long next() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return random;
    }
}
