package io.tollgate.bench.targets;

import io.tollgate.bench.pair.BenchmarkPair;
import io.tollgate.bench.pair.Effort;
import io.tollgate.bench.pair.OpeningRunner;
import io.tollgate.bench.pair.PairOptions;
import io.tollgate.bench.pair.PairResult;
import io.tollgate.bench.pair.PairRunner;
import io.tollgate.examples.report.ReportOptions;
import io.tollgate.examples.report.model.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code targets} command: measures all targets in one run. */
@Command(
        name = "targets",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the performance targets of the engine on this machine. Writes a table to the terminal, and a"
                    + " page.",
            "Latency and bytes a series have their own commands: tollgate.jar latency, and scale."
        })
public final class TargetsCommand implements Callable<Integer> {
    private static final int ROUNDS = 3;
    private static final int ITERATIONS = 5;
    private static final int ITERATION_MILLIS = 200;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PairOptions pairOptions;

    @Mixin
    private ReportOptions reportOptions;

    private final Function<Effort, Function<BenchmarkPair, PairResult>> runners;

    /** Called by picocli. */
    public TargetsCommand() {
        this(effort -> new PairRunner(effort)::run);
    }

    /** Creates a command with its own runners for all pairs except openings, for tests. */
    TargetsCommand(final Function<Effort, Function<BenchmarkPair, PairResult>> runners) {
        this.runners = runners;
    }

    /** Returns the effort of each measurement. */
    static Effort effort(final int roundCount) {
        return new Effort(roundCount, ITERATIONS, ITERATION_MILLIS);
    }

    @Override
    public Integer call() throws IOException {
        final int roundCount = pairOptions.roundCount(ROUNDS);
        final List<Target> wanted = pairOptions.chosen(Targets.all(), Target::name);
        reportOptions.makeDirectory();
        final Function<BenchmarkPair, PairResult> runner = runners.apply(effort(roundCount));
        final List<TargetResult> results = new ArrayList<>();
        for (final Target target : wanted) {
            spec.commandLine().getErr().println(target.name());
            results.add(new TargetResult(
                    target,
                    target.bound().isOfAnOpening()
                            ? new OpeningRunner(roundCount).run(target.pair())
                            : runner.apply(target.pair())));
        }
        spec.commandLine().getErr().println("the machine");
        final Report report =
                TargetsReport.of(results, Targets.machine().stream().map(runner).toList());
        reportOptions.write(report, "");
        return 0;
    }
}
