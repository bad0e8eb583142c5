package io.tollgate.examples.replay;

import io.tollgate.examples.CommandRun;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command with its required options. */
final class ReplayRun {
    private ReplayRun() {}

    static CommandRun of(
            final Path in, final String kind, final String windows, final String metrics, final Object... more) {
        final List<Object> arguments = new ArrayList<>(
                List.of("replay", "--in", in, "--kind", kind, "--windows", windows, "--metrics", metrics));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    /** The last value of a STEP over a day, at each line. */
    static CommandRun lastOfStep(final Path in, final Object... more) {
        return of(in, "STEP", "1d", "last", more);
    }

    static Path resource(final String name) throws URISyntaxException {
        final URI uri = ReplayRun.class.getResource(name).toURI();
        return Path.of(uri);
    }
}
