package io.tollgate.api;

/**
 * Watched values of each number of each reading of a {@link MetricReader}; those of a {@link PanelReader} are in {@link
 * WatchedPanelReadings}. Of a metric of a pair {@link WatchedPanel} has a shorter form of the same course. All that
 * looks ahead of the instant t, or at what was restated, is {@linkplain WatchedValue#asKnown() as known}; that of
 * {@link #level} is to be made so where it is asked for what is pending. Where time alone makes a window reach the
 * least coverage or span of its {@link ReadOptions}, or leave it, {@link Subscription} looks, and these do not: on a
 * grid ({@link WatchedValue#withEvery}) they see it there.
 */
public final class WatchedReadings {
    /** The window that has all points up to an instant. */
    static final Window ALL = Window.since(Instants.MIN);

    private WatchedReadings() {}

    /**
     * Of a window of one series, so that a metric of it can stand beside what is asked of others.
     *
     * @param series  any.
     * @param window  of any kind.
     * @param options what the window must hold.
     * @param answer  asked for.
     * @param metrics that must be declared for it.
     * @return what is watched.
     */
    public static WatchedValue window(
            final Series series,
            final Window window,
            final ReadOptions options,
            final Answer<? super WindowReading> answer,
            final Metric... metrics) {
        return ReadingSight.<WindowReading>value(
                        "window " + window + " " + options,
                        answer,
                        (reader, panels) -> reader.newReading(options, metrics),
                        (reader, panels, atNs, knownAtNs, reading) ->
                                reader.read(series, window, atNs, knownAtNs, reading))
                .on(window, series);
    }

    /**
     * A metric of a window of one series, so that it can stand beside what is asked of others.
     *
     * @param series any.
     * @param window of any kind.
     * @param metric asked for; one that is compared with earlier windows, or with what was before the newest point, is
     *               looked at where that changes too.
     * @return what is watched.
     */
    public static WatchedValue window(final Series series, final Window window, final Metric metric) {
        WatchedValue value = window(
                series,
                window,
                ReadOptions.DEFAULT,
                Answer.of(metric.text(), reading -> reading.status(metric), reading -> reading.value(metric)),
                metric);
        if (metric == Metric.ZSCORE && series instanceof FlowSeries && window instanceof Window.Sliding sliding) {
            // What its newest point is compared with has the start of the window in it, so that is looked at too.
            value = value.on(new Window.Sliding(sliding.lengthNs(), Closed.BOTH), series);
        }
        if (Baseline.of(metric).orElse(null) instanceof Baseline.Earlier earlier) {
            for (int i = 1; i <= earlier.count(); i++) {
                final long shiftNs = earlier.shiftNs() * i;
                if (Math.multiplyHigh(earlier.shiftNs(), i) == 0 && shiftNs >= 0) {
                    value = value.on(new Dependence.OnWindow(series, window, shiftNs));
                }
            }
        }
        return value;
    }

    /**
     * Of a level. What looks ahead (the next change, the countdown to it) is to be {@linkplain WatchedValue#asKnown()
     * as known}, and on a grid where it changes all the time.
     *
     * @param series any STEP.
     * @param answer asked for.
     * @return what is watched.
     */
    public static WatchedValue level(final StepSeries series, final Answer<? super LevelReading> answer) {
        return ReadingSight.<LevelReading>value(
                        "level",
                        answer,
                        (reader, panels) -> reader.newLevelReading(),
                        (reader, panels, atNs, knownAtNs, reading) ->
                                reader.readLevel(series, atNs, knownAtNs, reading))
                .on(ALL, series);
    }

    /**
     * Of what is pending, as known at each instant.
     *
     * @param series    any.
     * @param maxPoints how many points the reading holds.
     * @param answer    asked for.
     * @return what is watched.
     */
    public static WatchedValue pending(
            final Series series, final int maxPoints, final Answer<? super PendingReading> answer) {
        return ReadingSight.<PendingReading>value(
                        "pending " + maxPoints,
                        answer,
                        (reader, panels) -> reader.newPendingReading(maxPoints),
                        (reader, panels, atNs, knownAtNs, reading) ->
                                reader.readPending(series, atNs, knownAtNs, reading))
                .on(ALL, series)
                .asKnown();
    }

    /**
     * Of what was restated in a window, as known at each instant.
     *
     * @param series any.
     * @param window of any kind.
     * @param answer asked for.
     * @return what is watched.
     */
    public static WatchedValue revisions(
            final Series series, final Window window, final Answer<? super RevisionReading> answer) {
        return ReadingSight.<RevisionReading>value(
                        "revisions " + window,
                        answer,
                        (reader, panels) -> reader.newRevisionReading(),
                        (reader, panels, atNs, knownAtNs, reading) ->
                                reader.readRevisions(series, window, atNs, knownAtNs, reading))
                .on(window, series)
                .asKnown();
    }

    /**
     * Of the versions of the points of a window, as known at each instant.
     *
     * @param series      any.
     * @param window      of any kind.
     * @param maxVersions how many the reading holds.
     * @param answer      asked for.
     * @return what is watched.
     */
    public static WatchedValue versions(
            final Series series,
            final Window window,
            final int maxVersions,
            final Answer<? super VersionReading> answer) {
        return ReadingSight.<VersionReading>value(
                        "versions " + window + " " + maxVersions,
                        answer,
                        (reader, panels) -> reader.newVersionReading(maxVersions),
                        (reader, panels, atNs, knownAtNs, reading) ->
                                reader.readVersions(series, window, atNs, knownAtNs, reading))
                .on(window, series)
                .asKnown();
    }

    /**
     * Of two series together: also how much both have in common, beside its metrics.
     *
     * @param pair    of series.
     * @param window  over which.
     * @param options what the window must hold.
     * @param answer  asked for.
     * @return what is watched.
     */
    public static WatchedValue pair(
            final Pair pair, final Window window, final ReadOptions options, final Answer<? super PairReading> answer) {
        return ReadingSight.<PairReading>value(
                        "pair " + window + " " + pair.bucket() + " " + pair.lag() + " " + options,
                        answer,
                        (reader, panels) -> reader.newPairReading(options),
                        (reader, panels, atNs, knownAtNs, reading) ->
                                reader.readPair(pair, window, atNs, knownAtNs, reading))
                .on(new Dependence.OnPanel(WatchedPanel.of(window, pair, PairMetric.CORRELATION), 0));
    }

    /**
     * Of the correlation at each of a range of lags: which is the best, and how good it is.
     *
     * @param pair    of series; its own lag does not count.
     * @param window  over which.
     * @param options what the window must hold at a lag.
     * @param lags    to be read; each costs what a pair does.
     * @param answer  asked for.
     * @return what is watched.
     */
    public static WatchedValue lags(
            final Pair pair,
            final Window window,
            final ReadOptions options,
            final LagRange lags,
            final Answer<? super LagReading> answer) {
        WatchedValue value = ReadingSight.<LagReading>value(
                "lags " + window + " " + pair.bucket() + " " + lags + " " + options,
                answer,
                (reader, panels) -> reader.newLagReading(options, lags),
                (reader, panels, atNs, knownAtNs, reading) -> reader.readLags(pair, window, atNs, knownAtNs, reading));
        for (int i = 0; i < lags.count(); i++) {
            final Pair lagged = new Pair(pair.x(), pair.y(), pair.bucket(), lags.lag(i));
            value = value.on(new Dependence.OnPanel(WatchedPanel.of(window, lagged, PairMetric.CORRELATION), 0));
        }
        return value;
    }

    /**
     * Of the life of a series, as known at each instant.
     *
     * @param series any.
     * @param answer asked for.
     * @return what is watched.
     */
    public static WatchedValue life(final Series series, final Answer<? super LifeReading> answer) {
        return ReadingSight.<LifeReading>value(
                        "life",
                        answer,
                        (reader, panels) -> reader.newLifeReading(),
                        (reader, panels, atNs, knownAtNs, reading) -> reader.readLife(series, knownAtNs, reading))
                .on(ALL, series)
                .asKnown();
    }
}
