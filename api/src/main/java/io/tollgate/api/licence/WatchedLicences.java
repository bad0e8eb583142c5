package io.tollgate.api.licence;

import io.tollgate.api.Answer;
import io.tollgate.api.Dependence;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.Metric;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Status;
import io.tollgate.api.WatchedValue;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;
import java.time.Duration;

/**
 * Watched values of a pipeline: its counts over a window, with the rates that follow from them, and what is about to
 * expire. Backlog, licences in force and processing times are series, and watched as such. An answer is worth what the
 * counts are worth at most: PARTIAL, or EMPTY, where the window lies outside of the time of which the pipeline tells.
 * Each look allocates the counts.
 */
public final class WatchedLicences {
    private WatchedLicences() {}

    /** Reads the counts of a window. */
    private static final class CountsLook implements WatchedValue.Look {
        private final LicenceSeries series;
        private final Window window;
        private final Answer<? super LicenceCounts> answer;
        private final MetricReader reader;
        private final WindowReading reading;
        private final EventCounter counter = new EventCounter();
        private Status status = Status.EMPTY;
        private double value;

        private CountsLook(
                final LicenceSeries series,
                final Window window,
                final Answer<? super LicenceCounts> answer,
                final MetricReader reader) {
            this.series = series;
            this.window = window;
            this.answer = answer;
            this.reader = reader;
            reading = reader.newReading();
        }

        @Override
        public void read(final long atNs, final long knownAtNs) {
            counter.read(series, reader, window, atNs, knownAtNs, reading);
            status = counter.status();
            if (!status.hasValue()) {
                return;
            }
            final LicenceCounts all = counter.counts();
            final Status answered = answer.status().apply(all);
            status = answered == Status.OK ? all.status() : answered;
            value = answer.value().applyAsDouble(all);
        }

        @Override
        public Status status() {
            return status;
        }

        @Override
        public double value() {
            return value;
        }
    }

    /** Reads what is about to expire. */
    private static final class ExpiringLook implements WatchedValue.Look {
        private final FlowSeries expired;
        private final Window.Sliding window;
        private final MetricReader reader;
        private final WindowReading reading;
        private boolean isLast;

        private ExpiringLook(final FlowSeries expired, final Window.Sliding window, final MetricReader reader) {
            this.expired = expired;
            this.window = window;
            this.reader = reader;
            reading = reader.newReading();
        }

        @Override
        public void read(final long atNs, final long knownAtNs) {
            final boolean isWhole = atNs <= Instants.MAX - window.lengthNs();
            final long endNs = isWhole ? atNs + window.lengthNs() : Instants.MAX;
            isLast = atNs == endNs;
            if (!isLast) {
                // What ran out up to t is not about to: where time ends earlier, the window is shorter.
                final Window.Sliding ahead = isWhole ? window : Window.slidingNs(endNs - atNs);
                reader.read(expired, ahead, endNs, knownAtNs, reading);
            }
        }

        @Override
        public Status status() {
            return isLast ? Status.OK : reading.status(Metric.SUM);
        }

        @Override
        public double value() {
            return isLast ? 0 : reading.value(Metric.SUM);
        }
    }

    /**
     * Of the events of a window: how many there were of a kind, or the share that was approved.
     *
     * @param series of the pipeline.
     * @param window of any kind.
     * @param answer asked for.
     * @return what is watched.
     */
    public static WatchedValue counts(
            final LicenceSeries series, final Window window, final Answer<? super LicenceCounts> answer) {
        WatchedValue value = WatchedValue.of(
                "licences " + window + " " + answer.text(),
                (reader, panels) -> new CountsLook(series, window, answer, reader));
        for (final LicenceEventKind kind : LicenceEventKind.values()) {
            value = value.on(window, series.events(kind));
        }
        return value;
    }

    /**
     * The share that was approved in a window.
     *
     * @param series      of the pipeline.
     * @param window      of any kind.
     * @param denominator of what.
     * @return what is watched, a fraction.
     */
    public static WatchedValue approvalRate(
            final LicenceSeries series, final Window window, final Denominator denominator) {
        return counts(
                series,
                window,
                Answer.of(
                        "approved of " + denominator,
                        counts -> counts.approvalRate(denominator).status(),
                        counts -> counts.approvalRate(denominator).value()));
    }

    /**
     * How many licences run out within a time, or before time ends, as known at each instant.
     *
     * @param series of the pipeline.
     * @param within how far ahead, above 0 and at most 292 years; a day is exactly 24 h.
     * @return what is watched.
     * @throws IllegalArgumentException if that is out of range.
     */
    public static WatchedValue expiringWithin(final LicenceSeries series, final Duration within) {
        final FlowSeries expired = series.events(LicenceEventKind.EXPIRED);
        final Window.Sliding window = Window.sliding(within);
        return WatchedValue.of("expiring " + window, (reader, panels) -> new ExpiringLook(expired, window, reader))
                .on(Window.since(Instants.MIN), expired)
                .on(new Dependence.OnAhead(expired, window.lengthNs()))
                .asKnown();
    }
}
