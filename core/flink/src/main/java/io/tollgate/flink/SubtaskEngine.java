package io.tollgate.flink;

import io.tollgate.api.Outcome;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine of a subtask: stepped by the thread of the task, in memory, with the watermark as its clock. */
final class SubtaskEngine implements AutoCloseable {
    /** No template matches the key of a point. */
    static final String UNDEFINED_SERIES = "UNDEFINED_SERIES";

    /** The value of a point does not suit its series. */
    static final String INVALID = "INVALID";

    private final RateStream stream;
    private final TollgateEngine engine;
    private final Publisher publisher;
    private final List<Reading> readings = new ArrayList<>();

    /** The result of a point: the series that accepted it, or the refusal. */
    record Applied(@Nullable SeriesTrack track, @Nullable RefusedPoint refusal) {}

    /** A reading with its texts. */
    private record Reading(WindowReading reading, String[] windows, Metric[] metrics) {}

    SubtaskEngine(final RateStream stream) {
        this.stream = stream;
        engine = TollgateEngine.launch(new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(ClockMode.MANUAL)
                .refusalHandler(refusal -> {}));
        publisher = engine.publisher();
        final MetricReader reader = engine.newReader();
        for (final RateStream.Read read : stream.reads()) {
            final Metric[] metrics = read.parsedMetrics();
            final Metric[] withCoverage = Stream.concat(Arrays.stream(metrics), Stream.of(Metric.COVERAGE))
                    .distinct()
                    .toArray(Metric[]::new);
            readings.add(new Reading(
                    reader.windows(stream.options(), List.of(read.windows()), withCoverage),
                    Arrays.stream(read.windows()).map(Window::toString).toArray(String[]::new),
                    metrics));
        }
    }

    /** Applies a point with its knowledge time. The series is defined if it is new. */
    Applied apply(final Partition partition, final PointRecord point) {
        SeriesTrack track = partition.find(point.series());
        if (track == null) {
            final Optional<SeriesTemplate> template = stream.template(point.series());
            if (template.isEmpty()) {
                return refused(point, UNDEFINED_SERIES, "");
            }
            try {
                track = define(partition, template.get(), point.series());
            } catch (final IllegalArgumentException e) {
                return refused(point, INVALID, e.getMessage());
            }
        }
        if (point.knownAtNs() == Instants.NONE) {
            return refused(point, RefusalReason.KNOWLEDGE_MISSING.name(), "");
        }
        final long value;
        try {
            value = scaled(track.series(), point);
        } catch (final IllegalArgumentException e) {
            return refused(point, INVALID, e.getMessage());
        }
        final String reason = apply(track, point.kind(), point.timeNs(), value, point.knownAtNs(), point.reference());
        if (!reason.isEmpty()) {
            return refused(point, reason, "");
        }
        final int before = track.pending().length();
        track.pending().add(point.kind(), point.timeNs(), value, point.knownAtNs(), point.reference());
        partition.addPending(track.pending().length() - before);
        track.sequence(track.sequence() + 1);
        return new Applied(track, null);
    }

    private static Applied refused(final PointRecord point, final String reason, final String detail) {
        return new Applied(null, new RefusedPoint(point, reason, detail));
    }

    private SeriesTrack define(final Partition partition, final SeriesTemplate template, final String key) {
        final SeriesDefinition definition = template.definition().withKey(key);
        final Series series =
                definition.kind() == SeriesKind.STEP ? engine.defineStep(definition) : engine.defineFlow(definition);
        final SeriesTrack track = new SeriesTrack(series);
        partition.add(key, track);
        return track;
    }

    private static long scaled(final Series series, final PointRecord point) {
        if (point.kind() == PointRecord.Kind.UNKNOWN && series.definition().kind() == SeriesKind.FLOW) {
            throw new IllegalArgumentException(
                    "series=" + series.key() + " kind=FLOW, expected STEP: an event has a value");
        }
        return point.kind() != PointRecord.Kind.POINT
                        || point.scale() == series.definition().scale()
                ? point.value()
                : series.scaled(BigDecimal.valueOf(point.value(), point.scale()), RoundingMode.UNNECESSARY);
    }

    /** Applies an operation. Returns the name of the refusal, or an empty text. */
    private String apply(
            final SeriesTrack track,
            final PointRecord.Kind kind,
            final long timeNs,
            final long value,
            final long knownAtNs,
            final long reference) {
        final PointEncoder encoder = publisher
                .point(track.series())
                .validAt(timeNs)
                .knownAt(knownAtNs)
                .reference(reference);
        final long ticket = switch (kind) {
            case POINT -> encoder.value(value).offer();
            case UNKNOWN -> encoder.unknown().offer();
            case WITHDRAWAL -> encoder.withdraw();
        };
        if (ticket < 0) {
            return Publisher.describe(ticket);
        }
        final Outcome outcome = engine.awaitOutcome(ticket);
        return outcome.reason().map(RefusalReason::name).orElse("");
    }

    /** Loads an entry of the state into a partition. */
    void load(final Partition partition, final byte[] bytes) {
        final ByteBuffer entry = OperationBuffer.open(bytes);
        final byte type = entry.get();
        final long sequence = entry.getLong();
        final SeriesTrack track;
        if (type == OperationBuffer.IMAGE) {
            final byte[] image = new byte[entry.remaining()];
            entry.get(image);
            track = new SeriesTrack(engine.images().load(image));
            track.markInState();
            partition.add(track.series().key(), track);
        } else {
            final SeriesTrack found = partition.find(OperationBuffer.key(entry));
            track = java.util.Objects.requireNonNull(found);
            OperationBuffer.read(entry, (kind, timeNs, value, knownAtNs, reference) -> {
                final String reason = apply(found, kind, timeNs, value, knownAtNs, reference);
                if (!reason.isEmpty()) {
                    throw new IllegalStateException("series=" + found.series().key() + " time="
                            + Instants.format(timeNs) + ": refused on restore with " + reason);
                }
            });
        }
        track.sequence(sequence);
        partition.addEntry(type, bytes.length);
    }

    /** Reads all windows and metrics of a series at an instant. */
    void read(final SeriesTrack track, final long atNs, final Consumer<RateAnswer> answers) {
        final String key = track.series().key();
        for (final Reading reading : readings) {
            final WindowReading windows = reading.reading().read(track.series(), atNs);
            for (int i = 0; i < reading.windows().length; i++) {
                final double coverage = windows.value(i, Metric.COVERAGE);
                for (final Metric metric : reading.metrics()) {
                    answers.accept(new RateAnswer(
                            key,
                            atNs,
                            reading.windows()[i],
                            metric.text(),
                            windows.value(i, metric),
                            windows.status(i, metric),
                            coverage,
                            track.sequence()));
                }
            }
        }
    }

    byte[] image(final SeriesTrack track) {
        return engine.images().write(track.series());
    }

    void advanceTo(final long instantNs) {
        if (instantNs > engine.now()) {
            engine.advanceTo(instantNs);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
