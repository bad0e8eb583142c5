package io.tollgate.core.control;

import io.tollgate.api.admin.EngineHealth;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.agent.EngineState;
import io.tollgate.core.config.EngineOptions;
import io.tollgate.core.manifest.LogDurability;
import io.tollgate.core.writer.EngineWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** Reports the health of an engine without access to its store. Any thread, even after the close. */
public record HealthCheck(EngineState state, EngineWriter writer, ManyToOneRingBuffer ring, EngineOptions context) {
    public EngineHealth health() {
        final Optional<Throwable> failure = Optional.ofNullable(state.failure());
        final Optional<LogDurability> durability = writer.durability();
        return new EngineHealth(
                failure.isPresent() ? EngineHealth.State.FAILED : running(),
                failure,
                ring.size(),
                ring.capacity(),
                writer.agent().appliedPosition(),
                durability
                        .map(durable -> OptionalLong.of(durable.durableTicket()))
                        .orElse(OptionalLong.empty()),
                Arrays.stream(RefusalReason.values())
                        .mapToLong(writer.refusals()::count)
                        .sum(),
                usableBytes());
    }

    private EngineHealth.State running() {
        return state.isStopRequested() || writer.agent().isStopped()
                ? EngineHealth.State.CLOSED
                : EngineHealth.State.RUNNING;
    }

    private OptionalLong usableBytes() {
        final Optional<Path> directory = writer.resources().directory();
        try {
            return directory.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(context.fileAccess().usableBytes(directory.get()));
        } catch (final IOException e) {
            return OptionalLong.empty();
        }
    }
}
