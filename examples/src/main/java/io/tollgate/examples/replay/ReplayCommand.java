package io.tollgate.examples.replay;

import io.tollgate.api.pair.Bucket;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.TollgateEngine;
import io.tollgate.data.table.RowWriter;
import io.tollgate.examples.points.ClosedQuotes;
import io.tollgate.examples.points.InputFile;
import io.tollgate.examples.points.OutputFile;
import io.tollgate.examples.points.PointFile;
import io.tollgate.examples.points.PointOptions;
import io.tollgate.examples.points.PointTimes;
import io.tollgate.examples.points.RefusedInputException;
import io.tollgate.examples.points.RefusedLines;
import io.tollgate.examples.points.Rejects;
import io.tollgate.examples.points.SeriesOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command {@code replay}: its options, files and exit codes. */
@Command(
        name = "replay",
        sortOptions = false,
        customSynopsis = {
            "tollgate replay --in FILE [--out FILE] --kind STEP|FLOW",
            "       --windows 7d,12h,last:20,since:2025-04-02T04:01Z,month:America/New_York",
            "       --metrics count,sum,mean,variance,sd,min,max,... [--bucket 1d]",
            "       [--scale 6] [--rounding UNNECESSARY|HALF_EVEN]",
            "       [--closed right|left|both|neither] [--zone ZONE] [--time-of-day 00:00]",
            "       [--time-unit ns|us|ms|s]",
            "       [--duplicates REVISE|ALL|KEEP_FIRST|REJECT|SUM]",
            "       [--at T1,T2,... | --every 1d|month:ZONE] [--as-known-at TIME]",
            "       [--columns series=hs6,time=date,...] [--ignore-other-columns]",
            "       [--delimiter ,] [--decimal .] [--percent] [--map Free=0,...] [--dry-run]",
            "       [--rejects FILE] [--max-rejects 0]",
            "       [--dir DATADIR] [--durability NONE|INTERVAL:10|COMMIT]"
        },
        description =
                "Feeds a file of points to the engine and writes rolling metrics. Files are CSV, or by their ending"
                        + " JSON Lines (.jsonl), Arrow (.arrow, .arrows) or Parquet (.parquet).",
        footerHeading = "%n",
        footer = {
            "Input: a header with the columns series, time, value and optionally known_at and ref, in any order,"
                    + " then one point on each line, in order of arrival. UTF-8, quoted as in RFC 4180. Empty lines"
                    + " and lines that start with # are skipped. A file with any other column is refused.",
            "A time, in the input and in options, is a date-time with Z or an offset (2025-04-10T00:01-04:00); with"
                    + " --zone also a date (2025-04-10 or 20250410); with --time-unit an integer since the epoch."
                    + " An input time in January 1970 that is not a whole minute is refused: it is usually an"
                    + " integer with too fine a unit. A blank value or NA is an unknown level from then on, for"
                    + " STEP only. WITHDRAW withdraws the point at that time (under ALL the one with that ref;"
                    + " without a ref, the only one). With a column known_at the clock is the largest known_at so"
                    + " far, otherwise the largest time. Under ALL a line without a ref gets a generated ref above"
                    + " 0. If lines with and without a ref share an instant, use refs below 0.",
            "Without --at and --every, the series of each line is read at the clock of the engine. With one of"
                    + " them, each series of the input is read.",
            "A bad line is refused with its reason, and reading continues. Standard error lists the first 100"
                    + " refused lines. At the end it reports the number of refused lines by reason."
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final Bucket DAY = Bucket.of(Duration.ofDays(1));

    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE",
            description = "The file of points, or - for standard input.")
    private InputFile in;

    @Mixin
    private SeriesOptions seriesOptions;

    @Option(
            names = "--windows",
            required = true,
            split = ",",
            preprocessor = ClosedQuotes.class,
            paramLabel = "WINDOW",
            description = "Windows to read. Sliding: an integer and ns, us, ms, s, m, h, d (24 h) or w, such as 7d."
                    + " The last points: last:20. Since an instant: since:TIME. Calendar to date: month:ZONE,"
                    + " quarter:ZONE, year:ZONE.")
    private List<String> windows;

    @Option(
            names = "--metrics",
            required = true,
            split = ",",
            preprocessor = ClosedQuotes.class,
            paramLabel = "METRIC",
            converter = MetricArgument.Converter.class,
            description = "Any of count, sum, rate (per day), mean, variance, sd, variance-population, sd-population,"
                    + " min, max, range, median, p01 to p99, first, last, delta, relative, log-change"
                    + " (ln(last/first)), zscore (newest point against those before it), zscore-inclusive"
                    + " (last against all), skew, kurtosis, slope (per day), intercept (at the start of the"
                    + " window), changes, since-change (in days), above:X and below:X (share),"
                    + " ewma:HALFLIFE (such as ewma:30d; STEP: an average in which weights halve every 30d;"
                    + " FLOW: a rate per day with the same weights), volatility:PERIODS (PERIODS a year,"
                    + " such as volatility:252: the sd of the log changes between points, times the root of"
                    + " PERIODS), coverage. With another series as x: corr:SERIES, cov:SERIES, beta:SERIES"
                    + " (the slope); a key that contains a comma in double quotes, such as corr:\"a,b\".")
    private List<MetricArgument> metrics;

    @Option(
            names = "--bucket",
            paramLabel = "BUCKET",
            converter = BucketConverter.class,
            description = "FLOW: the buckets in which events of two series are summed and paired. A duration,"
                    + " counted back from the end of the window, or whole periods: month:ZONE, quarter:ZONE,"
                    + " year:ZONE. Default: 1d.")
    private Optional<Bucket> bucket;

    @Option(
            names = "--closed",
            defaultValue = "right",
            paramLabel = "SIDE",
            converter = ClosedConverter.class,
            description = "The ends included in a sliding window: right is (t - w, t]; or left, both, neither."
                    + " Default:"
                    + " ${DEFAULT-VALUE}.")
    private Closed closed;

    @Mixin
    private PointOptions pointOptions;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "File for refused lines, as CSV with line, reason, text.")
    private Optional<Path> rejectsFile;

    @Option(names = "--dry-run", description = "Only shows the first 10 lines as understood. Nothing is written.")
    private boolean isDryRun;

    @Mixin
    private StoreOptions storeOptions;

    /** Called by picocli. */
    public ReplayCommand() {}

    /** Converts {@code right}. */
    static final class ClosedConverter implements ITypeConverter<Closed> {
        @Override
        public Closed convert(final String text) {
            return Arrays.stream(Closed.values())
                    .filter(closed -> closed.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is not a side, expected right, left, both or neither"));
        }
    }

    /** Converts {@code 1d} or {@code month:America/New_York}. */
    static final class BucketConverter implements ITypeConverter<Bucket> {
        private static final PointTimes DATE_TIMES =
                new PointTimes(Optional.empty(), LocalTime.MIDNIGHT, Optional.empty());

        @Override
        public Bucket convert(final String text) {
            final String expected =
                    "', expected a duration such as 1d or 12h, or month:, quarter: or year: with a zone";
            try {
                final Window window = WindowArgument.of(text, DATE_TIMES).window();
                if (window instanceof Window.Sliding sliding) {
                    return new Bucket.Fixed(sliding.lengthNs());
                }
                if (window instanceof Window.ToDate toDate) {
                    return new Bucket.Calendar(toDate.period(), toDate.zone());
                }
                throw new TypeConversionException("bucket '" + text + expected);
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException("bucket '" + text + expected);
            }
        }
    }

    /**
     * Runs the command.
     *
     * @return 0, or 1 if more lines were refused than allowed.
     * @throws IOException           if the input cannot be read or an output cannot be written.
     * @throws RefusedInputException if the input has no usable header.
     */
    @Override
    public Integer call() throws IOException, RefusedInputException {
        requireUsable();
        final RefusedLines refused = pointOptions.refusedLines();
        final Replay replay = replay();
        // The outputs are opened last, first the rejects, then the metrics: opening truncates them, and all earlier
        // steps may be refused.
        try (PointFile input = pointOptions.open(in)) {
            if (isDryRun) {
                input.show(replay.format(input.columns()), pointOptions.standardOutput());
                return 0;
            }
            final TollgateEngine engine = replay.launch(input.columns());
            try (engine;
                    Rejects rejects = new Rejects(in, refused, rejectsFile);
                    RowWriter output = pointOptions.openOutput(MetricTable.COLUMNS)) {
                replay.run(engine, input, output, rejects, pointOptions.progress(in));
            }
            requireWritten(engine);
            return pointOptions.exitCode(in.toString(), refused);
        }
    }

    /** If the disk refuses a force after the last answer, the engine fails, but close does not throw. */
    private static void requireWritten(final TollgateEngine engine) {
        engine.health().failure().ifPresent(failure -> {
            throw new IllegalStateException(
                    "the engine has failed: " + failure.getMessage() + "; the data on disk may be incomplete,"
                            + " replay again",
                    failure);
        });
    }

    private Replay replay() {
        return new Replay(seriesOptions, windowArguments(), metrics, bucket.orElse(DAY), pointOptions, storeOptions);
    }

    private List<WindowArgument> windowArguments() {
        final PointTimes times = pointOptions.times();
        return pointOptions.converted(
                "--windows", windows, text -> WindowArgument.of(text, times).closed(closed));
    }

    private void requireUsable() throws IOException {
        pointOptions.requireUsable();
        pointOptions.requireAny("--windows", windows);
        pointOptions.requireAny("--metrics", metrics);
        seriesOptions.requireUsable();
        requireUsablePairs();
        storeOptions.requireUsable();
        final OutputFile rejectsTo = new OutputFile(rejectsFile);
        storeOptions.requireOutside("--out", pointOptions.out());
        storeOptions.requireOutside("--rejects", rejectsTo);
        if (rejectsFile.isPresent() && !rejectsTo.isFile()) {
            throw pointOptions.wrong("--rejects=-, expected a file: standard output is for the metrics");
        }
        requireApart();
    }

    private void requireUsablePairs() {
        if (seriesOptions.kind() == SeriesKind.STEP) {
            if (bucket.isPresent()) {
                throw pointOptions.wrong(
                        "--bucket with --kind STEP, expected FLOW: levels are paired at every instant");
            }
            return;
        }
        final boolean isPaired = metrics.stream().anyMatch(MetricArgument.OfPair.class::isInstance);
        if (isPaired && windowArguments().stream().anyMatch(window -> window.window() instanceof Window.LastPoints)) {
            throw pointOptions.wrong(
                    "--windows contains last:, expected only time windows with metrics of two FLOW series: events"
                            + " are paired in buckets, and the last points do not fill whole buckets");
        }
    }

    /** Refuses outputs that would destroy the input or each other. */
    private void requireApart() throws IOException {
        final OutputFile metricsTo = pointOptions.out();
        pointOptions.requireApart("--in", in, "--out", metricsTo);
        if (rejectsFile.isPresent()) {
            final OutputFile rejectsTo = new OutputFile(rejectsFile);
            pointOptions.requireApart("--in", in, "--rejects", rejectsTo);
            if (metricsTo.isSameAs(rejectsTo)) {
                throw pointOptions.wrong("--out=" + metricsTo + " and --rejects=" + rejectsTo
                        + " are the same file, expected two different files");
            }
        }
    }
}
