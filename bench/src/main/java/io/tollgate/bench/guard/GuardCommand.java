package io.tollgate.bench.guard;

import io.tollgate.bench.machine.Processor;
import io.tollgate.bench.pair.BenchmarkPair;
import io.tollgate.bench.pair.Effort;
import io.tollgate.bench.pair.PairOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code guard} command: checks all pairs against their bands, or records new bands. */
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        description = {
            "Compares each benchmark of the hot path with its reference.",
            "Exit codes: 0 all inside their bands, 1 a benchmark allocates or its ratio is outside its band, 2"
                    + " wrong usage."
        })
public final class GuardCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--short",
            description = "Measures only the core of the hot path, with fewer series: six to nine minutes.")
    private boolean isShort;

    @Option(
            names = "--record",
            description = "Records new bands around the measured ratios instead of checking them. Other bands stay"
                    + " unchanged.")
    private boolean isRecording;

    @Mixin
    private PairOptions pairOptions;

    @Option(
            names = "--bands",
            paramLabel = "FILE",
            defaultValue = "bench/guard.json",
            description = "The file of bands. Default: ${DEFAULT-VALUE}.")
    private Path file;

    @Option(
            names = "--processor",
            paramLabel = "NAME",
            description = "The processor of the bands. If it has none, the bands of all processors are combined."
                    + " Default: this processor, as the system names it.")
    private String processor = Processor.name();

    @Option(
            names = "--widen",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Widens all bands at both ends by this factor, for a machine on which they were not"
                    + " recorded. Allocations are checked as usual. Default: ${DEFAULT-VALUE}.")
    private double widening;

    private final BiFunction<Effort, Consumer<String>, Guard> guards;

    /** Called by picocli. */
    public GuardCommand() {
        this(Guard::new);
    }

    /** Creates a command with its own guards, for tests. */
    GuardCommand(final BiFunction<Effort, Consumer<String>, Guard> guards) {
        this.guards = guards;
    }

    @Override
    public Integer call() throws IOException {
        if (!(widening >= 1 && widening < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(spec.commandLine(), "--widen=" + widening + ", expected 1 or more");
        }
        final GuardForm form = isShort ? GuardForm.SHORT : GuardForm.FULL;
        final int roundCount = pairOptions.roundCount(form.effort().roundCount());
        final Effort effort = form.effort().withRounds(roundCount);
        final List<BenchmarkPair> pairs = pairOptions.chosen(form.pairs(), BenchmarkPair::name);
        final Guard guard = guards.apply(effort, spec.commandLine().getErr()::println);
        return isRecording ? record(guard, form, pairs) : check(guard, form, pairs);
    }

    private int record(final Guard guard, final GuardForm form, final List<BenchmarkPair> pairs) throws IOException {
        final Bands measured = Bands.around(guard.measure(pairs));
        Bands.read(file, processor, form.text())
                .keeping(form.pairs().stream().map(BenchmarkPair::name).toList())
                .with(measured)
                .write(file, processor, form.text());
        spec.commandLine().getOut().println("recorded " + pairs.size() + " bands of " + processor + " in " + file);
        return 0;
    }

    private int check(final Guard guard, final GuardForm form, final List<BenchmarkPair> pairs) throws IOException {
        if (!Files.exists(file)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--bands=" + file + ", no such file; run the command in the project directory, or record bands"
                            + " with --record");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final Bands recorded = Bands.read(file, processor, form.text());
        final Set<String> names = pairs.stream().map(BenchmarkPair::name).collect(Collectors.toSet());
        if (!recorded.byName().keySet().containsAll(names)) {
            spec.commandLine()
                    .getErr()
                    .println("processor=" + processor + ": no bands are recorded for some pairs on this processor;"
                            + " for these the combined bands of all processors apply");
        }
        final Bands bands = Bands.readAll(file, form.text()).with(recorded).widened(widening);
        final List<String> violations = guard.check(pairs, bands);
        violations.forEach(out::println);
        if (violations.isEmpty()) {
            out.println("guard: " + pairs.size() + " pairs inside their bands, no allocations");
        }
        return violations.isEmpty() ? 0 : 1;
    }
}
