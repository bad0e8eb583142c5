package io.tollgate.flink;

import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The series of a partition, for a {@link TogetherQuery}. Only the thread of the query may use it. */
public final class Together {
    private final String key;
    private final Partition partition;
    private final SeriesReadings readings;
    private final long knownAtNs;
    private final Map<String, Object> made = new HashMap<>();
    private long atNs;
    private Consumer<RateAnswer> answers = answer -> {};

    /** Creates the view of a partition with the series that were known at a time. */
    Together(final String key, final Partition partition, final SeriesReadings readings, final long knownAtNs) {
        this.key = key;
        this.partition = partition;
        this.readings = readings;
        this.knownAtNs = knownAtNs;
    }

    /** Asks all queries at an instant. */
    void ask(final List<TogetherQuery> queries, final long newAtNs, final Consumer<RateAnswer> newAnswers) {
        atNs = newAtNs;
        answers = newAnswers;
        queries.forEach(query -> query.ask(this));
    }

    /** {@return the key of the partition} */
    public String partition() {
        return key;
    }

    /** {@return the instant of the answers in ns since the epoch: the knowledge time of a point, or a later instant} */
    public long atNs() {
        return atNs;
    }

    /** {@return all series of the partition that had accepted a point at the instant, sorted by key} */
    public List<Series> series() {
        return partition.tracks().stream()
                .filter(track -> track.isKnownAt(knownAtNs))
                .map(SeriesTrack::series)
                .toList();
    }

    /**
     * Finds a series of the partition.
     *
     * @param seriesKey key of the series.
     * @return the series, empty if it had not accepted a point at the instant.
     */
    public Optional<Series> series(final String seriesKey) {
        return Optional.ofNullable(partition.find(seriesKey))
                .filter(track -> track.isKnownAt(knownAtNs))
                .map(SeriesTrack::series);
    }

    /** {@return a reader of single series and of pairs, as known at the instant} */
    public MetricReader reader() {
        return readings.reader();
    }

    /** {@return a reader of groups, stacks and other panels, as known at the instant} */
    public PanelReader panels() {
        return readings.panels();
    }

    /**
     * Makes an object once, and returns the same one to later calls until the partition gets another series. Readings
     * are costly to make.
     *
     * @param name  name of the object in the partition.
     * @param maker makes the object.
     * @param <R>   type of the object.
     * @return the object.
     */
    @SuppressWarnings("unchecked")
    public <R> R once(final String name, final Supplier<R> maker) {
        return (R) made.computeIfAbsent(name, ignored -> maker.get());
    }

    /**
     * Gives an answer at the instant. Its sequence is the number of points and withdrawals that the partition has
     * accepted.
     *
     * @param name     name of the answer, in place of the key of a series.
     * @param window   window as text, for example empty for none.
     * @param metric   metric as text.
     * @param value    the value, NaN if the status has none.
     * @param status   the status.
     * @param coverage the known share, 0 to 1.
     */
    public void answer(
            final String name,
            final String window,
            final String metric,
            final double value,
            final Status status,
            final double coverage) {
        answers.accept(new RateAnswer(name, atNs, window, metric, value, status, coverage, partition.sequence()));
    }
}
