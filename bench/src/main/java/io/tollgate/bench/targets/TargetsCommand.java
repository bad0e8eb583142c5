package io.tollgate.bench.targets;

import io.tollgate.bench.pair.BenchmarkPair;
import io.tollgate.bench.pair.Effort;
import io.tollgate.bench.pair.OpeningRunner;
import io.tollgate.bench.pair.PairResult;
import io.tollgate.bench.pair.PairRunner;
import io.tollgate.examples.report.ReportWriter;
import io.tollgate.examples.report.TextReport;
import io.tollgate.examples.report.model.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures all targets in one run. */
@Command(
        name = "targets",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What the engine is to reach, and what it reaches on this machine: a table on the terminal, and a page.",
            "Latency and bytes a series have commands of their own: tollgate.jar latency, and scale."
        })
public final class TargetsCommand implements Callable<Integer> {
    private static final int ITERATIONS = 5;
    private static final int ITERATION_MILLIS = 200;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Those targets alone whose names contain this.")
    private String only;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "How often benchmark and reference take turns, an odd number; the median counts. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int roundCount;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/targets",
            description = "Where to write report.html. Default: ${DEFAULT-VALUE}.")
    private Path out;

    private final Function<Effort, Function<BenchmarkPair, PairResult>> runners;

    /** Made by picocli. */
    public TargetsCommand() {
        this(effort -> new PairRunner(effort)::run);
    }

    /** Says what such a runner measures, but for openings. */
    TargetsCommand(final Function<Effort, Function<BenchmarkPair, PairResult>> runners) {
        this.runners = runners;
    }

    /** How much is measured of each. */
    static Effort effort(final int roundCount) {
        return new Effort(roundCount, ITERATIONS, ITERATION_MILLIS);
    }

    @Override
    public Integer call() throws IOException {
        if (roundCount < 1 || roundCount % 2 == 0) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds=" + roundCount + ", expected an odd number: the median is taken");
        }
        final List<Target> wanted = Targets.all().stream()
                .filter(target -> target.name().contains(only))
                .toList();
        if (wanted.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--only=" + only + ", expected a part of one of "
                            + Targets.all().stream().map(Target::name).toList());
        }
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
        ReportWriter.write(report, out);
        final PrintWriter terminal = spec.commandLine().getOut();
        terminal.print(TextReport.render(report));
        terminal.println();
        terminal.println("Written: report.html in");
        terminal.println(out);
        terminal.flush();
        return 0;
    }
}
