package io.tollgate.api;

import java.time.Duration;

/** Makes what reads one number of a reading, over and over. */
final class ReadingSight {
    /** Makes a reading. */
    interface Making<R> {
        R newReading(MetricReader reader, PanelReader panels);
    }

    /** Fills a reading. */
    interface Filling<R> {
        void read(MetricReader reader, PanelReader panels, long atNs, long knownAtNs, R reading);
    }

    private ReadingSight() {}

    /** What one number of a reading is worth at each instant. */
    static <R> WatchedValue value(
            final String text, final Answer<? super R> answer, final Making<R> making, final Filling<R> filling) {
        return value(text, Instants.MIN, answer, making, filling);
    }

    /** One that is INSUFFICIENT before an instant. */
    static <R> WatchedValue value(
            final String text,
            final long fromNs,
            final Answer<? super R> answer,
            final Making<R> making,
            final Filling<R> filling) {
        return WatchedValue.of(text + " " + answer.text(), (reader, panels) -> {
            final R reading = making.newReading(reader, panels);
            return new WatchedValue.Look() {
                private boolean isEarly;

                @Override
                public void read(final long atNs, final long knownAtNs) {
                    isEarly = atNs < fromNs;
                    if (!isEarly) {
                        filling.read(reader, panels, atNs, knownAtNs, reading);
                    }
                }

                @Override
                public Status status() {
                    return isEarly ? Status.INSUFFICIENT : answer.status().apply(reading);
                }

                @Override
                public double value() {
                    return answer.value().applyAsDouble(reading);
                }
            };
        });
    }

    /** So much earlier, as far as time goes. */
    static long earlier(final long atNs, final long earlierNs) {
        return atNs < Instants.MIN + earlierNs ? Instants.MIN : atNs - earlierNs;
    }

    /** So much later, as far as time goes. */
    static long later(final long atNs, final long laterNs) {
        return atNs > Instants.MAX - laterNs ? Instants.MAX : atNs + laterNs;
    }

    /** A duration that something is seen earlier. */
    static long ns(final Duration earlier) {
        try {
            final long earlierNs = earlier.toNanos();
            if (earlierNs < 0) {
                throw new IllegalArgumentException("earlier=" + earlier + ", expected 0 or more");
            }
            return earlierNs;
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("earlier=" + earlier + ", expected at most 292 years", e);
        }
    }
}
