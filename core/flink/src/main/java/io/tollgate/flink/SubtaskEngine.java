package io.tollgate.flink;

import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engine of a subtask: stepped by the thread of the task, in memory, with the watermark as its clock. */
final class SubtaskEngine implements AutoCloseable {
    /** No template matches the key of a point. */
    static final String UNDEFINED_SERIES = "UNDEFINED_SERIES";

    /** The value of a point does not suit its series. */
    static final String INVALID = "INVALID";

    /** Refusals that depend on the engine of the subtask. Other subtasks would accept the same point. */
    private static final Set<String> OF_THE_ENGINE = Set.of(
            RefusalReason.STORE_FULL.name(),
            RefusalReason.DISK_FULL.name(),
            Publisher.describe(Publisher.CLOSED),
            Publisher.describe(Publisher.BACK_PRESSURED),
            Publisher.describe(Publisher.UNKNOWN_SERIES));

    private final RateStream stream;
    private final TollgateEngine engine;
    private final Publisher publisher;
    private final SeriesReadings current;
    private long earlierAtNs = Instants.NONE;
    private @Nullable SeriesReadings earlier;

    /** The result of a point: the series that accepted it, or the refusal. */
    record Applied(@Nullable SeriesTrack track, @Nullable RefusedPoint refusal) {}

    SubtaskEngine(final RateStream stream) {
        this.stream = stream;
        engine = TollgateEngine.launch(new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(ClockMode.MANUAL)
                .refusalHandler(refusal -> {}));
        publisher = engine.publisher();
        current = new SeriesReadings(stream, engine.newReader(), engine.newPanelReader());
    }

    /** Returns readings of everything known. */
    SeriesReadings current() {
        return current;
    }

    /**
     * Returns readings as known at an instant. If nothing has become known since, they are those of everything known.
     * Otherwise those of the last call are kept, because many timers have the same instant.
     */
    SeriesReadings asOf(final long instantNs, final long lastKnownAtNs) {
        if (lastKnownAtNs <= instantNs) {
            return current;
        }
        if (earlier == null || earlierAtNs != instantNs) {
            earlier = current.asOf(instantNs);
            earlierAtNs = instantNs;
        }
        return earlier;
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
        partition.accepted(track, point.knownAtNs());
        return new Applied(track, null);
    }

    private static Applied refused(final PointRecord point, final String reason, final String detail) {
        return new Applied(null, new RefusedPoint(point, reason, detail));
    }

    private SeriesTrack define(final Partition partition, final SeriesTemplate template, final String key) {
        final SeriesDefinition definition =
                stream.registered(template.definition()).withKey(key);
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

    /**
     * Applies an operation. Returns the name of the refusal, or an empty text.
     *
     * @throws IllegalStateException if the reason is not the operation, so that it must not be left out.
     */
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
        final String reason = ticket < 0
                ? Publisher.describe(ticket)
                : engine.awaitOutcome(ticket).reason().map(RefusalReason::name).orElse("");
        if (OF_THE_ENGINE.contains(reason)) {
            throw new IllegalStateException("series=" + track.series().key() + " refused with " + reason
                    + ", expected room in the engine; use more subtasks, or more memory for each");
        }
        return reason;
    }

    /** Loads an entry of the state into a partition. */
    void load(final Partition partition, final byte[] bytes) {
        final ByteBuffer entry = OperationBuffer.open(bytes);
        final byte type = entry.get();
        final long sequence = entry.getLong();
        final long firstKnownAtNs = entry.getLong();
        final long lastKnownAtNs = entry.getLong();
        final SeriesTrack track = type == OperationBuffer.IMAGE
                ? loadImage(partition, entry)
                : partition.track(OperationBuffer.key(entry));
        if (type == OperationBuffer.OPERATIONS) {
            OperationBuffer.read(entry, (kind, timeNs, value, knownAtNs, reference) -> {
                final String reason = apply(track, kind, timeNs, value, knownAtNs, reference);
                if (!reason.isEmpty()) {
                    throw new IllegalStateException("series=" + track.series().key() + " time="
                            + Instants.format(timeNs) + " refused with " + reason
                            + ", expected the operations that were accepted before; restore an earlier state");
                }
            });
        } else if (type == OperationBuffer.WATCHES) {
            track.watchStates().load(entry);
        }
        partition.accepted(track, sequence, firstKnownAtNs, lastKnownAtNs);
        partition.addEntry(type, bytes.length);
    }

    private SeriesTrack loadImage(final Partition partition, final ByteBuffer entry) {
        final byte[] image = new byte[entry.remaining()];
        entry.get(image);
        final Series series = engine.images().load(image);
        requireSameTerms(series);
        final SeriesTrack track = new SeriesTrack(series);
        track.markInState();
        partition.add(series.key(), track);
        return track;
    }

    /** Refuses a state whose values the job would take for others. */
    private void requireSameTerms(final Series series) {
        final SeriesDefinition found = series.definition();
        final SeriesDefinition expected = stream.template(series.key())
                .map(template -> template.definition().withKey(series.key()))
                .orElseThrow(() -> new IllegalStateException("series=" + series.key()
                        + " in the state, expected a template that matches the key; add it to the job"));
        if (found.kind() != expected.kind()
                || found.scale() != expected.scale()
                || !found.unit().equals(expected.unit())
                || !found.policies().equals(expected.policies())) {
            throw new IllegalStateException("series=" + series.key() + " definition=" + expected
                    + ", expected that of the state: " + found
                    + "; unit, scale and policies of a series never change");
        }
    }

    /** Returns the bytes of the store off the heap. */
    long offHeapBytes() {
        return engine.admin().statistics().offHeapBytes();
    }

    byte[] image(final SeriesTrack track) {
        return engine.images().write(track.series());
    }

    void advanceTo(final long instantNs) {
        if (instantNs > engine.now()) {
            engine.advanceTo(Math.min(instantNs, Instants.MAX));
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
