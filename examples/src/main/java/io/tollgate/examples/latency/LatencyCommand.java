package io.tollgate.examples.latency;

import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.points.ClosedQuotes;
import io.tollgate.examples.report.ReportOptions;
import io.tollgate.examples.terminal.ExitCodes;
import io.tollgate.examples.terminal.StatusLine;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadArgument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code latency}: latencies under a paced load, of the engine and of other programs. Single-threaded. */
@Command(
        name = "latency",
        sortOptions = false,
        customSynopsis = {
            "tollgate latency [--contenders NAME,...] [--workload NAME[:SERIES]]",
            "       [--percents PERCENT,...] [--seconds S] [--out DIR]"
        },
        description = {
            "Sends points at a steady rate, whatever comes back, and measures from the instant at which each should"
                    + " have been sent until it is readable, and until its metrics are read."
        },
        exitCodeList = {
            ExitCodes.DONE,
            "  1:a point was refused, or a file cannot be written",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footer = {
            "",
            "Writes report.html, charts as PNG and SVG, and for each run CONTENDER-PERCENT-readable.hgrm, -seen.hgrm"
                    + " and -read.hgrm: histograms in microseconds for HdrHistogram's plotter. The engine logs to a"
                    + " directory below java.io.tmpdir while it is measured.",
            "",
            "It needs two cores that nobody else uses. More exact, in some ten minutes: --workload W1"
                    + " --seconds 10."
        })
public final class LatencyCommand implements Callable<Integer> {
    private static final double MOST_SECONDS = 3_600;
    private static final int MOST_PERCENT = 100;
    private static final int THREADS = 2;

    /** Contenders without a valid result, because all series of their engine needed another block at the same time. */
    private final List<ContenderName> stalled = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--contenders",
            split = ",",
            preprocessor = ClosedQuotes.class,
            paramLabel = "NAME",
            converter = ContenderConverter.class,
            description = "Some of floor (primitive arrays), busy (floor, while a thread that does nothing keeps"
                    + " another core busy, as engine's does), careful (rings by hand), deques (an afternoon's work),"
                    + " stepped (the engine, worked by the thread that sends, as those are), engine (with a thread of"
                    + " its own), and updates (the engine, from offer to update received; W1 and W5). Default: all that"
                    + " suit the workload.")
    private List<ContenderName> chosen;

    @Option(
            names = "--workload",
            paramLabel = "NAME[:SERIES]",
            defaultValue = "W1:250",
            converter = WorkloadArgument.class,
            description = "W1 hot: 1000 series, windows of an hour, a day and a week with a point a minute; W2 wide:"
                    + " 1000000 series in bursts; W3 late: W1 with 10 %% of the points late; W4 pending; W5 falling; W6"
                    + " grown: W2 with 200000 series of more than 40 points each."
                    + " Default: ${DEFAULT-VALUE}.")
    private Workload workload;

    @Option(
            names = "--percents",
            split = ",",
            preprocessor = ClosedQuotes.class,
            paramLabel = "PERCENT",
            defaultValue = "10,25,50,75,90,100",
            description = "Rates, rising, in per cent of each contender's own maximum; those beyond 50 only up to the"
                    + " first past the knee. Default: ${DEFAULT-VALUE}.")
    private List<Integer> percents;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "How long each rate is measured, after a quarter of that as warm-up. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double seconds;

    @Mixin
    private ReportOptions reportOptions;

    /** Called by picocli. */
    public LatencyCommand() {}

    /** Reads {@code floor}. */
    static final class ContenderConverter implements ITypeConverter<ContenderName> {
        @Override
        public ContenderName convert(final String text) {
            return Arrays.stream(ContenderName.values())
                    .filter(name -> name.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text
                            + "' is no contender, expected floor, busy, careful, deques, stepped, engine or updates"));
        }
    }

    @Override
    public Integer call() throws IOException {
        requireUsable();
        final Path directory = reportOptions.makeDirectory();
        final List<LoadProfile> profiles = measure();
        for (final LoadProfile profile : profiles) {
            HistogramFiles.write(profile, directory);
        }
        reportOptions.write(LatencyReport.of(workload.name(), machine() + caveat(), profiles), "*.hgrm, ");
        return spec.exitCodeOnSuccess();
    }

    private List<LoadProfile> measure() {
        final StatusLine status = new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminal());
        final List<LoadProfile> profiles = new ArrayList<>();
        try {
            for (final ContenderName name : contenders()) {
                // Collects the garbage of the previous contender, so that this one does not pay for it.
                System.gc();
                try (Contender contender = name.open(workload)) {
                    final Sweep sweep = new Sweep(workload, seconds, System::nanoTime, status::show);
                    profiles.add(sweep.run(name, contender, percents));
                    if (name.isEngine() && sweep.measured().isAcrossBlocks()) {
                        stalled.add(name);
                    }
                }
            }
        } finally {
            status.end();
        }
        return profiles;
    }

    private List<ContenderName> contenders() {
        final boolean isChosen = spec.commandLine().getParseResult().hasMatchedOption("--contenders");
        return isChosen ? chosen : ContenderName.suiting(workload);
    }

    private static String machine() {
        final int cores = Runtime.getRuntime().availableProcessors();
        final String few = cores < THREADS
                ? ". With cores below " + THREADS
                        + " the engine's thread and the load's take turns, and latencies say little."
                : "";
        return cores + " cores, JDK " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + few;
    }

    private String caveat() {
        return stalled.isEmpty()
                ? ""
                : ". All series needed another block at once while " + names(stalled)
                        + " took points: that stands in their tails. More series, or fewer seconds, are without it.";
    }

    private static String names(final List<ContenderName> contenders) {
        return contenders.stream().map(ContenderName::toString).collect(Collectors.joining(", "));
    }

    private void requireUsable() {
        final List<ContenderName> contenders = contenders();
        if (contenders.isEmpty() || contenders.stream().distinct().count() < contenders.size()) {
            throw wrong("--contenders=" + contenders + ", expected one at least, and each once");
        }
        for (final ContenderName name : contenders) {
            if (!name.suits(workload)) {
                throw wrong("--contenders=" + name + " with --workload=" + workload.name()
                        + ", expected W1 or W5, whose points come in the order of their times");
            }
            if (!name.isEngine() && HeapFloor.pointBytes(workload) > HeapFloor.mostPointBytes()) {
                throw wrong("--contenders=" + name + " with --workload=" + workload.name()
                        + ", expected fewer series: their points take " + HeapFloor.pointBytes(workload)
                        + " bytes, and the heap and its arrays have room for " + HeapFloor.mostPointBytes());
            }
        }
        if (percents.isEmpty()) {
            throw wrong("--percents names nothing, expected one at least");
        }
        int before = 0;
        for (final int percent : percents) {
            if (percent <= before || percent > MOST_PERCENT) {
                throw wrong("--percents=" + percents + ", expected rising numbers from 1 to " + MOST_PERCENT);
            }
            before = percent;
        }
        if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
            throw wrong("--seconds=" + seconds + ", expected more than 0, and at most " + Math.round(MOST_SECONDS));
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
