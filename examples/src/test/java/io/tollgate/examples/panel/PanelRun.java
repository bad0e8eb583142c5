package io.tollgate.examples.panel;

import io.tollgate.examples.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command with its required options. */
final class PanelRun {
    private PanelRun() {}

    static CommandRun of(
            final Path rates, final Path weights, final String at, final String metrics, final Object... more) {
        final List<Object> arguments = new ArrayList<>(
                List.of("panel", "--rates", rates, "--weights", weights, "--at", at, "--metrics", metrics));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }
}
