package io.tollgate.examples.workload;

/**
 * The points of a workload in order. They are the same in every run, so all contenders receive the same points. Values
 * are random multiples of 10^-6 from 0 to 145. Single-threaded.
 */
public final class PointStream {
    /** Digits of a value after the decimal point. */
    public static final int SCALE = 6;

    /** Valid time of the start of the first round: 2025-01-01. */
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
     * Creates a stream at its start.
     *
     * @param workload with the properties of the stream.
     */
    public PointStream(final Workload workload) {
        this(workload, NO_TURN, 0);
    }

    /**
     * Creates a stream in which all series start in the first turn of their group. After any number of rounds of all
     * groups, all series have the same number of points.
     *
     * @param workload with the other properties of the stream.
     * @return the stream at its start.
     */
    public static PointStream inStep(final Workload workload) {
        return new PointStream(workload, NO_TURN, 0, 0);
    }

    /**
     * Creates a stream with an outlier: one point of each series has an extremely large value.
     *
     * @param workload    with the properties of the stream.
     * @param outlierTurn index of the outlier in each series, from 0.
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
     * Returns the number of points drawn.
     *
     * @return their number over all batches.
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

    /** Skips series that have not started yet. */
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

    /** Returns the turn of its group in which a series starts. */
    private long firstTurn(final int series) {
        return joiningTurns == 0 ? 0 : series % joiningTurns;
    }

    /** Begins the next round if the current one is complete. */
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

    /** Returns the valid time of the next point if it is not late. */
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

    /** Marsaglia's xorshift64: fast, and the same in every run. */
    private long next() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return random;
    }
}
