package io.tollgate.bench.latency;

import io.tollgate.bench.heap.CarefulHeap;
import io.tollgate.bench.heap.DequeHeap;
import io.tollgate.bench.heap.HeapFloor;
import io.tollgate.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures latencies under a paced load. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends points at a steady rate, whatever comes back, and measures from the instant at which each should"
                    + " have been sent until its metrics are read.",
            "Writes a table, CONTENDER-PERCENT.hgrm and CONTENDER-PERCENT-read.hgrm, and latency.svg."
        })
public final class LatencyCommand implements Callable<Integer> {
    private static final int HEADLINE_PERCENT = 50;
    private static final double NS_PER_US = 1e3;
    private static final int THREADS = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "floor,careful,deques,engine",
            description = "Some of ${DEFAULT-VALUE}; that is the default.")
    private List<String> contenders;

    @Option(
            names = "--workload",
            defaultValue = "W1",
            description = "W1 to W5, or NAME:SERIES. Default: ${DEFAULT-VALUE}.")
    private String workload;

    @Option(
            names = "--percents",
            split = ",",
            paramLabel = "PERCENT",
            defaultValue = "10,25,50,75,90,100",
            description = "Rates, in per cent of each contender's own maximum. Default: ${DEFAULT-VALUE}.")
    private List<Integer> percents;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "How long each rate is measured, after a quarter of that as warm-up. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/latency",
            description = "Where the files go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    /** Made by picocli. */
    public LatencyCommand() {}

    @Override
    public Integer call() throws IOException {
        final PrintWriter console = spec.commandLine().getOut();
        final int cores = Runtime.getRuntime().availableProcessors();
        if (cores < THREADS) {
            console.println("cores=" + cores + ", expected " + THREADS + " or more: the engine's thread and the load's"
                    + " take turns here, and latencies say little");
        }
        final Workload load = Workload.named(workload);
        final List<Run> runs = new ArrayList<>();
        for (final String name : contenders) {
            try (Contender contender = contender(name, load)) {
                runs.addAll(
                        new Sweep(load, seconds, spec.commandLine().getErr()::println).run(name, contender, percents));
            }
        }
        write(runs);
        console.println(LatencyTable.render(runs));
        console.println("Histograms and latency.svg: " + out);
        return 0;
    }

    private Contender contender(final String name, final Workload load) {
        return switch (name) {
            case "engine" -> new EngineContender(load);
            case "floor" -> new HeapContender(new HeapFloor(load));
            case "careful" -> new HeapContender(new CarefulHeap(load));
            case "deques" -> new HeapContender(new DequeHeap(load));
            default ->
                throw new ParameterException(
                        spec.commandLine(), "contender=" + name + ", expected engine, floor, careful or deques");
        };
    }

    private void write(final List<Run> runs) throws IOException {
        Files.createDirectories(out);
        for (final Run run : runs) {
            final String name = run.contender() + "-" + run.percent();
            writeHistogram(run.latencies().seen(), name + ".hgrm");
            writeHistogram(run.latencies().read(), name + "-read.hgrm");
        }
        final List<Run> headline =
                runs.stream().filter(run -> run.percent() == HEADLINE_PERCENT).toList();
        final String title = "Latency at half of each one's maximum, " + workload;
        Files.writeString(
                out.resolve("latency.svg"),
                LatencyChart.render(title, headline.isEmpty() ? runs : headline),
                StandardCharsets.UTF_8);
    }

    private void writeHistogram(final Histogram histogram, final String file) throws IOException {
        try (PrintStream stream = new PrintStream(out.resolve(file).toFile(), StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(stream, NS_PER_US);
        }
    }
}
