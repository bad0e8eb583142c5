package io.tollgate.bench.targets;

import io.tollgate.bench.machine.Processor;
import io.tollgate.bench.pair.PairResult;
import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Section;
import io.tollgate.examples.report.model.Table;
import io.tollgate.examples.report.model.Table.Column;
import io.tollgate.examples.report.model.Table.Row;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The report of the results of targets. */
final class TargetsReport {
    private static final double NANOSECONDS_A_MILLISECOND = 1e6;

    private TargetsReport() {}

    /**
     * Creates the report of targets and machine.
     *
     * @param results of the targets.
     * @param machine memory lines by size of the memory; the last size exceeds every cache.
     */
    static Report of(final List<TargetResult> results, final List<PairResult> machine) {
        final double nanosecondsALine = machine.get(machine.size() - 1).referenceNanoseconds();
        final Table targets = new Table(
                "Targets and references",
                List.of(
                        Column.text("target"),
                        Column.text("wanted"),
                        Column.number("found"),
                        Column.text("holds"),
                        Column.number("time"),
                        Column.number("beside"),
                        Column.number("B/op"),
                        Column.number("memory")),
                results.stream()
                        .map(result -> Row.of(
                                result.target().name(),
                                result.target().bound().toString(),
                                number(result.figure()),
                                result.holds() ? "yes" : "no",
                                time(result.result().nanoseconds()),
                                time(result.result().referenceNanoseconds()),
                                bytes(result.result().allocatedBytes()),
                                time(result.leastNanoseconds(nanosecondsALine))))
                        .toList(),
                "");
        final Table lines = new Table(
                "A line of memory",
                List.of(Column.number("KiB"), Column.number("ns, known late"), Column.number("ns, known before")),
                machine.stream()
                        .map(result -> Row.of(
                                result.name(), number(result.nanoseconds()), number(result.referenceNanoseconds())))
                        .toList(),
                "");
        return new Report(
                "Targets",
                LocalDate.now(ZoneOffset.UTC) + ", " + Processor.name() + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors, JDK " + Runtime.version() + ", "
                        + System.getProperty("os.name"),
                List.of(),
                List.of(
                        new Section("targets", "Targets", "", List.of(targets), List.of()),
                        new Section("machine", "The machine", "", List.of(lines), List.of())),
                List.of(),
                "time: median time of an operation over all rounds. beside: the same for its reference, see"
                        + " bench/README.md. B/op: allocated bytes, at most 0.1, which JMH itself causes; not"
                        + " counted for openings. memory: time to read the memory lines of an operation, see"
                        + " core/docs/footprint.md, if each line comes from memory and the reads are independent.");
    }

    private static String number(final double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }

    private static String time(final double nanoseconds) {
        if (Double.isNaN(nanoseconds)) {
            return "-";
        }
        return nanoseconds < NANOSECONDS_A_MILLISECOND
                ? number(nanoseconds) + " ns"
                : number(nanoseconds / NANOSECONDS_A_MILLISECOND) + " ms";
    }

    private static String bytes(final double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
