package io.tollgate.examples.directory;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.directory.DirectoryView;
import io.tollgate.core.report.DirectoryState;
import io.tollgate.core.report.SeriesSummary;
import io.tollgate.examples.terminal.ExitCodes;
import io.tollgate.examples.terminal.PlainLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code inspect}. */
@Command(
        name = "inspect",
        sortOptions = false,
        description = "Shows the contents of a data directory: series, points, pending points, history, log"
                + " positions, counters. Works also while an engine of another process has it open, and after that"
                + " process was killed. Neither locks nor changes the directory.",
        exitCodeList = {
            ExitCodes.DONE,
            "  1:the directory cannot be read",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footerHeading = "%n",
        footer = {
            "The numbers of a series are from one consistent state. Pending points are those after the clock of the"
                    + " engine."
        })
public final class InspectCommand implements Runnable {
    private static final int KEY_WIDTH = 34;
    private static final int LINE_WIDTH = 80;
    private static final int LABEL_WIDTH = 57;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Option(
            names = "--series",
            defaultValue = "20",
            paramLabel = "COUNT",
            description = "Number of series to list one by one. Default: ${DEFAULT-VALUE}.")
    private int listed;

    private final List<SeriesSummary> first = new ArrayList<>();
    /** Keys of successor series, by their numbers. */
    private final Map<Long, String> successors = new HashMap<>();

    private long stepCount;
    private long flowCount;
    private long pointCount;
    private long pendingCount;
    private long unknownCount;
    private long historyCount;
    private long tornCount;
    private long forgottenCount;
    private long closedCount;
    private long lastHorizon = Instants.NONE;

    /** Called by picocli. */
    public InspectCommand() {}

    /**
     * Runs the command.
     *
     * @throws IllegalStateException if the series cannot be read.
     */
    @Override
    public void run() {
        if (listed < 0) {
            throw new ParameterException(spec.commandLine(), "--series=" + listed + ", expected 0 or more");
        }
        final DirectoryInspection inspection = DirectoryInspection.of(directory);
        final Optional<String> fault = inspection.state() == DirectoryState.EMPTY ? Optional.empty() : readSeries();
        final PrintWriter out = spec.commandLine().getOut();
        print(out, inspection, fault.isEmpty() ? "" : ", as far as readable");
        out.flush();
        fault.ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
    }

    /** Reads the series through a view. Returns the reason if they cannot be read. */
    private Optional<String> readSeries() {
        try (DirectoryView view = DirectoryView.open(directory)) {
            view.forEachSummary(this::include);
            for (final SeriesSummary series : first) {
                if (series.successor() != Series.NO_NUMBER) {
                    view.find(series.successor()).ifPresent(next -> successors.put(series.successor(), next.key()));
                }
            }
            return Optional.empty();
        } catch (final IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    private void include(final SeriesSummary series) {
        if (first.size() < listed) {
            first.add(series);
        }
        if (series.series() instanceof StepSeries) {
            stepCount++;
        } else {
            flowCount++;
        }
        pointCount += series.pointCount();
        pendingCount += series.pendingCount().orElse(0);
        unknownCount += series.pendingCount().isPresent() ? 0 : 1;
        historyCount += series.historyCount();
        tornCount += series.isIntact() ? 0 : 1;
        closedCount += series.isClosed() ? 1 : 0;
        if (series.horizon() != Instants.NONE) {
            forgottenCount++;
            lastHorizon = Math.max(lastHorizon, series.horizon());
        }
    }

    private void print(final PrintWriter out, final DirectoryInspection inspection, final String extent) {
        out.println(directory);
        if (inspection.state() == DirectoryState.EMPTY) {
            line(out, "state", "empty: no engine has written to it yet");
            return;
        }
        line(out, "state", state(inspection));
        // Read only once, because an engine that is opening may be replacing the file with the clock.
        final OptionalLong now = inspection.now();
        line(out, "now", now.isPresent() ? Instants.format(now.getAsLong()) : "not known");
        line(out, "series", stepCount + flowCount + " (STEP " + stepCount + ", FLOW " + flowCount + ")" + extent);
        line(out, "points", pointCount + ", of these pending " + pending() + extent);
        line(out, "history", historyCount + " versions revised or withdrawn" + extent);
        if (forgottenCount > 0) {
            line(out, "forgotten", "history of " + forgottenCount + " series, up to " + Instants.format(lastHorizon));
        }
        if (closedCount > 0) {
            line(out, "closed", closedCount + " of the series");
        }
        if (tornCount > 0) {
            line(out, "changing", tornCount + " series during a change");
        }
        print(out, inspection);
        if (!inspection.counters().isEmpty()) {
            print(out, inspection.counters());
        }
        if (!inspection.errors().isEmpty()) {
            out.println("errors");
            inspection.errors().forEach(error -> out.println(cut("  " + error, LINE_WIDTH)));
        }
        if (!first.isEmpty()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-" + KEY_WIDTH + "s %4s %5s %10s %9s %9s",
                    "key",
                    "kind",
                    "scale",
                    "points",
                    "pending",
                    "history"));
            first.forEach(series -> print(out, series));
            final long more = stepCount + flowCount - first.size();
            if (more > 0) {
                out.println("and " + more + " more (--series COUNT)");
            }
        }
    }

    private static void print(final PrintWriter out, final List<DirectoryInspection.Counter> counters) {
        final int width = counters.stream()
                .mapToInt(counter -> Math.min(counter.label().length(), LABEL_WIDTH))
                .max()
                .orElseThrow();
        out.println("counters");
        counters.forEach(counter -> out.println(
                "  " + padded(counter.label(), width) + String.format(Locale.ROOT, " %20d", counter.value())));
    }

    private String pending() {
        if (unknownCount == 0) {
            return Long.toString(pendingCount);
        }
        return unknownCount == stepCount + flowCount ? "not known" : "at least " + pendingCount;
    }

    private static String state(final DirectoryInspection inspection) {
        return switch (inspection.state()) {
            case CLOSED -> "closed cleanly";
            case OPEN ->
                "open by "
                        + inspection
                                .owner()
                                .orElse("a process that has just ended")
                                .replaceAll(" bootId.*", "");
            case NOT_CLOSED -> "not closed; the process that had it open has ended";
            case INCOMPLETE -> "incomplete: a backup or recovery is running, or was interrupted";
            case EMPTY -> "empty";
        };
    }

    private static void print(final PrintWriter out, final DirectoryInspection inspection) {
        final DirectoryInspection.Log log = inspection.log();
        line(out, "store", inspection.store() + " bytes");
        line(out, "log", log.segmentCount() + " segments, " + log.byteCount() + " bytes");
        line(
                out,
                "positions",
                "first " + position(log.firstSequence(), 1) + ", applied " + position(log.appliedSequence(), 0)
                        + ", durable " + position(log.durableSequence(), 0));
    }

    private static String position(final long sequence, final long least) {
        return sequence < least ? "not known" : Long.toString(sequence);
    }

    private void print(final PrintWriter out, final SeriesSummary series) {
        out.println(padded(series.series().key(), KEY_WIDTH)
                + String.format(
                        Locale.ROOT,
                        " %4s %5d %10d %9s %9d%s",
                        series.series() instanceof StepSeries ? "STEP" : "FLOW",
                        series.series().definition().scale(),
                        series.pointCount(),
                        series.pendingCount().isPresent()
                                ? series.pendingCount().getAsLong()
                                : "not known",
                        series.historyCount(),
                        series.isIntact() ? "" : " *"));
        if (series.horizon() != Instants.NONE) {
            out.println("  answers as known at " + Instants.format(series.horizon()) + " or later");
        }
        if (series.isClosed()) {
            out.println("  closed at " + Instants.format(series.lifeEnd()));
            out.println("  known since " + Instants.format(series.endKnownAt()));
        }
        if (series.successor() != Series.NO_NUMBER) {
            out.println(cut(
                    "  followed by "
                            + successors.getOrDefault(series.successor(), "(number " + series.successor() + ")"),
                    LINE_WIDTH));
        }
    }

    private static void line(final PrintWriter out, final String label, final String text) {
        out.println(cut(String.format(Locale.ROOT, "%-12s%s", label, text), LINE_WIDTH));
    }

    /** Returns text from files on one line of limited length, without characters that control a terminal. */
    private static String cut(final String text, final int width) {
        final String line = PlainLine.of(text);
        return length(line) <= width ? line : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static String padded(final String text, final int width) {
        final String cut = cut(text, width);
        return cut + " ".repeat(width - length(cut));
    }

    private static int length(final String text) {
        return text.codePointCount(0, text.length());
    }
}
