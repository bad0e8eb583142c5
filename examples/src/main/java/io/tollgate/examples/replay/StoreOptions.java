package io.tollgate.examples.replay;

import io.tollgate.api.admin.Durability;
import io.tollgate.core.EngineContext;
import io.tollgate.examples.points.OutputFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for the data directory of an engine and its durability. */
final class StoreOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Data directory, created if absent; new points are added to its data. Without it the"
                    + " engine is in memory.")
    private Optional<Path> directory;

    @Option(
            names = "--durability",
            defaultValue = "NONE",
            paramLabel = "LEVEL",
            converter = DurabilityArgument.class,
            description = "Time at which the log of the data directory is forced to disk. NONE: when the operating"
                    + " system decides. INTERVAL:10: every 10 ms. COMMIT: before a line is answered. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Durability durability;

    /** Called by picocli. */
    StoreOptions() {}

    Durability durability() {
        return durability;
    }

    EngineContext applyTo(final EngineContext context) {
        return directory
                .map(path -> context.durability(durability).directory(path))
                .orElse(context);
    }

    void requireUsable() {
        if (directory.isEmpty() && !durability.equals(Durability.NONE)) {
            throw wrong("--durability=" + durability + " without --dir, expected a data directory");
        }
    }

    /** Refuses an output that would destroy data of an engine. */
    void requireOutside(final String name, final OutputFile written) {
        if (directory.isPresent() && written.isOfEngine(directory.get())) {
            throw wrong(name + "=" + written + " belongs to the data directory --dir="
                    + directory.get()
                    + ", expected a place outside");
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
