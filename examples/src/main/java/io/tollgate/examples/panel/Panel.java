package io.tollgate.examples.panel;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKey;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.data.table.RowWriter;
import io.tollgate.examples.points.InputFile;
import io.tollgate.examples.points.PointColumns;
import io.tollgate.examples.points.PointFeed;
import io.tollgate.examples.points.PointFile;
import io.tollgate.examples.points.PointFormat;
import io.tollgate.examples.points.PointLine;
import io.tollgate.examples.points.PointOptions;
import io.tollgate.examples.points.Progress;
import io.tollgate.examples.points.RefusedInputException;
import io.tollgate.examples.points.Rejects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.agrona.collections.MutableLong;

/**
 * A run of the command.
 *
 * @param rateScale   digits of the rates kept after the decimal point.
 * @param weightScale digits of the weights kept after the decimal point.
 * @param metrics     requested metrics.
 * @param missing     policy for members with an unknown rate.
 * @param points      format of points, and the instants of the answers.
 */
record Panel(int rateScale, int weightScale, List<GroupMetric> metrics, MissingPolicy missing, PointOptions points) {
    /** Limit of series without a weight that are named. */
    private static final int MAX_NAMED = 5;

    /**
     * A file of points, and the progress of reading it.
     *
     * @param file     to read.
     * @param points   after the header.
     * @param rejects  for refused lines.
     * @param progress updated for each line.
     */
    record Input(InputFile file, PointFile points, Rejects rejects, Progress progress) {}

    /**
     * Runs the command.
     *
     * @throws IOException           if an input cannot be read or the output cannot be written.
     * @throws RefusedInputException if there are more weights than a group can have members.
     */
    void run(final Input rates, final Input weights, final RowWriter output) throws IOException, RefusedInputException {
        try (Engine engine = launch(rates, weights)) {
            final PointFeed rateFeed = feed(engine, "rate", rateScale);
            final PointFeed weightFeed = feed(engine, "weight", weightScale);
            read(rates, rateFeed, rateScale, point -> {});
            final MutableLong negative = new MutableLong();
            read(weights, weightFeed, weightScale, point -> {
                if (!point.isUnknown() && point.value() < 0) {
                    negative.increment();
                }
            });
            reportLeftOut(rates, rateFeed, weights, weightFeed, negative.get());
            requireSpace(weights.file(), weightFeed.series().size());
            final Group group = group(engine, rateFeed.series(), weightFeed.series());
            final GroupReading reading =
                    engine.newPanelReader().asOf(points.knownAtNs()).group(group);
            final PanelTable table = new PanelTable(output, metrics, reading);
            points.instants().forEach(table::write);
            points.grid().ifPresent(grid -> grid.forEach(firstNs(rateFeed, weightFeed), engine.now(), table::write));
        }
    }

    /** Returns the first instant at which both files have a point, after all of them if a file has none. */
    private static long firstNs(final PointFeed... feeds) {
        return Arrays.stream(feeds)
                .mapToLong(feed -> feed.series().values().stream()
                        .mapToLong(feed::firstTimeNs)
                        .min()
                        .orElse(Instants.MAX))
                .max()
                .orElseThrow();
    }

    /** The clock follows knowledge times only if both files contain them. */
    private static Engine launch(final Input rates, final Input weights) {
        final boolean isKnown = rates.points().columns().hasKnownAt()
                && weights.points().columns().hasKnownAt();
        return TollgateEngine.launch(new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(isKnown ? ClockMode.KNOWLEDGE : ClockMode.EVENT)
                .refusalHandler(refusal -> {}));
    }

    /** Both files may use the same keys, at the maximum length of a key, so the engine uses keys of its own. */
    private static PointFeed feed(final Engine engine, final String name, final int scale) {
        final Map<String, String> names = new HashMap<>();
        final UnaryOperator<String> keys =
                key -> names.computeIfAbsent(SeriesKey.validate(key), valid -> name + '.' + names.size());
        return new PointFeed(engine, keys, SeriesKind.STEP, DuplicatePolicy.REVISE, scale);
    }

    /** Reports what is missing in the answers. */
    private static void reportLeftOut(
            final Input rates,
            final PointFeed rateFeed,
            final Input weights,
            final PointFeed weightFeed,
            final long negativeCount) {
        final List<String> withoutWeight = new ArrayList<>(rateFeed.series().keySet());
        withoutWeight.removeAll(weightFeed.series().keySet());
        if (!withoutWeight.isEmpty()) {
            final List<String> named = withoutWeight.subList(0, Math.min(withoutWeight.size(), MAX_NAMED));
            rates.rejects()
                    .report("seriesWithoutWeight=" + withoutWeight.size()
                            + ", expected a weight for each series; they are left out of all answers: "
                            + String.join(", ", named)
                            + (named.size() < withoutWeight.size() ? ", ..." : ""));
        }
        if (negativeCount > 0) {
            weights.rejects()
                    .report("negativeWeights=" + negativeCount
                            + ", expected 0 or more; the series is not a member while its weight is negative");
        }
    }

    private void read(final Input input, final PointFeed feed, final int scale, final Consumer<PointLine> accepted)
            throws IOException {
        final PointFile file = input.points();
        file.feed(
                format(file.columns(), scale),
                feed,
                input.rejects(),
                input.progress(),
                (point, series) -> accepted.accept(point));
    }

    /** Returns the format of a file with its columns. */
    PointFormat format(final PointColumns columns, final int scale) {
        return new PointFormat(SeriesKind.STEP, scale, points.rounding(), points.times(), columns, points.values());
    }

    /** Refuses a file with weights for more series than a group can have members. */
    static void requireSpace(final InputFile file, final int count) throws RefusedInputException {
        if (count > Group.MAX_MEMBERS) {
            throw new RefusedInputException(file + ": series=" + count + ", expected at most " + Group.MAX_MEMBERS
                    + ", the limit of a group; split the file");
        }
    }

    /** Every series with a weight is a member. A series without a rate gets a rate that is always unknown. */
    private Group group(final Engine engine, final Map<String, Series> rates, final Map<String, Series> weights) {
        final List<GroupMember> members = new ArrayList<>();
        weights.forEach((key, weight) -> {
            final Series known = rates.get(key);
            final StepSeries rate = known != null ? (StepSeries) known : withoutPoints(engine, members.size());
            members.add(GroupMember.of(rate, (StepSeries) weight));
        });
        return Group.of(members).withMissing(missing);
    }

    private StepSeries withoutPoints(final Engine engine, final int number) {
        return engine.defineStep(SeriesDefinition.step("none." + number, PointFeed.UNDECLARED, rateScale));
    }
}
