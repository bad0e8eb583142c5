package io.tollgate.core.control;

import io.tollgate.api.admin.Backup;
import io.tollgate.api.admin.Checkpoint;
import io.tollgate.api.admin.EngineAdmin;
import io.tollgate.api.admin.EngineStatistics;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/** The administration of an engine, as control threads see it. */
public record EngineAdministration(
        CheckpointService copies, Auditor audit, AgentThreads threads, Supplier<EngineStatistics> counted)
        implements EngineAdmin {
    @Override
    public Checkpoint checkpoint() {
        threads.requireOutside("checkpoint");
        return copies.checkpoint();
    }

    @Override
    public Backup backup(final Path directory) {
        Objects.requireNonNull(directory, "directory=null, expected the directory of the copy");
        threads.requireOutside("backup");
        return copies.backup(directory);
    }

    @Override
    public EngineStatistics statistics() {
        return counted.get();
    }
}
