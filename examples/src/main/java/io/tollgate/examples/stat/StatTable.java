package io.tollgate.examples.stat;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.Instants;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.report.DirectoryState;
import io.tollgate.examples.terminal.PlainLine;
import io.tollgate.examples.terminal.Style;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Renders looks as tables of 80 columns, with the rates since the look before. Single-threaded. */
final class StatTable {
    private static final int WIDTH = 80;
    private static final int SPARK_WIDTH = 24;
    private static final int MAX_QUEUES = 5;
    private static final int MAX_ERRORS = 3;
    private static final double SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final double ALL = 100;

    private final Style style;
    private final Map<String, Long> before = new HashMap<>();
    private final Map<String, Sparkline> sparklines = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private long beforeNs;
    private long intervalNs;

    StatTable(final Style style) {
        this.style = style;
    }

    /** Renders the next look. */
    List<String> render(final Look look) {
        lines.clear();
        intervalNs = before.isEmpty() ? 0 : look.elapsedNs() - beforeNs;
        beforeNs = look.elapsedNs();
        final DirectoryInspection inspection = look.inspection();
        lines.add(style.heading(
                PlainLine.of(inspection.directory() + "  " + look.at().truncatedTo(ChronoUnit.SECONDS))));
        line(state(inspection) + ", clock "
                + (inspection.now().isPresent()
                        ? Instants.format(inspection.now().getAsLong())
                        : "not known"));
        if (!look.counters().isEmpty()) {
            lines.add(String.format(
                            Locale.ROOT,
                            "%-18s %19s %14s  last %d looks",
                            "",
                            "since opening",
                            "per second",
                            SPARK_WIDTH)
                    .stripTrailing());
            points(look);
            levels(look);
            rest(look);
        }
        queues(look.queues());
        errors(inspection.errors());
        return List.copyOf(lines);
    }

    private static String state(final DirectoryInspection inspection) {
        return inspection.state() == DirectoryState.OPEN
                ? "open by "
                        + inspection
                                .owner()
                                .orElse("a process that has just ended")
                                .replaceAll(" bootId.*", "")
                : inspection.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void points(final Look look) {
        rate("points offered", look.counter("offered"));
        rate("  applied", look.counter("applied"));
        rate("  late", look.counter("late"));
        rateIfAny("  revised", look.counter("revised"));
        rateIfAny("  unchanged", look.counter("unchanged"));
        rateIfAny("  withdrawn", look.counter("withdrawn"));
        rate("  refused", look.refused());
        for (final RefusalReason reason : RefusalReason.values()) {
            rateIfAny("    " + reason.name().toLowerCase(Locale.ROOT).replace('_', ' '), look.refused(reason));
        }
        rate("back-pressured", look.counter("back-pressured"));
        rateIfAny("contended reads", look.counter("contended-reads"));
    }

    private void levels(final Look look) {
        fill("ring bytes", look.counter("ring-used"), look.counter("ring-capacity"));
        rate("log applied", look.counter("applied-sequence"));
        rate("  durable", look.counter("durable-sequence"));
        level("  lag", look.lag(), "operations");
        final DirectoryInspection.Log log = look.inspection().log();
        level("  bytes", OptionalLong.of(log.byteCount()), "in " + log.segmentCount() + " segments");
        level(
                "store bytes",
                look.counter("store-bytes"),
                "in " + text(look.counter("store-maps")) + " maps, " + text(look.counter("series")) + " series");
    }

    private void rest(final Look look) {
        line(String.format(
                Locale.ROOT,
                "%-18s store %s, log %s",
                "waits for growth",
                text(look.counter("store-stalls")),
                text(look.counter("log-stalls"))));
        line(String.format(
                Locale.ROOT,
                "%-18s %s made, %s failed, last up to %s, took %s",
                "checkpoints",
                text(look.counter("checkpoints")),
                text(look.counter("checkpoints-failed")),
                text(look.counter("checkpoint-sequence")),
                seconds(look.counter("checkpoint-ns"))));
        look.counter("opened-at")
                .ifPresent(at -> line(String.format(
                        Locale.ROOT,
                        "%-18s %s, took %s, %s operations",
                        "opened",
                        Instant.EPOCH.plusNanos(at).truncatedTo(ChronoUnit.SECONDS),
                        seconds(look.counter("opening-ns")),
                        text(look.counter("opening-operations")))));
        if (look.counter("log-failed").orElse(0) > 0) {
            fault("the log has failed: the engine accepts no points; close it and open it again");
        }
    }

    private void queues(final List<Look.Queue> queues) {
        queues.stream()
                .limit(MAX_QUEUES)
                .forEach(queue -> fill(
                        "queue " + queue.subscription(),
                        OptionalLong.of(queue.used()),
                        OptionalLong.of(queue.capacity())));
        more(queues.size(), MAX_QUEUES, "queues");
    }

    private void errors(final List<DirectoryInspection.DistinctError> errors) {
        errors.stream()
                .limit(MAX_ERRORS)
                .forEach(error -> fault(
                        "error " + Instant.ofEpochMilli(error.lastMs()).truncatedTo(ChronoUnit.SECONDS) + " " + error));
        more(errors.size(), MAX_ERRORS, "errors");
    }

    private void more(final int count, final int shown, final String noun) {
        if (count > shown) {
            line("and " + (count - shown) + " more " + noun);
        }
    }

    /** Adds a count with its rate. A count that decreased belongs to an engine that was opened since. */
    private void rate(final String name, final OptionalLong count) {
        if (count.isEmpty()) {
            return;
        }
        final Long last = before.put(name, count.getAsLong());
        String rate = "";
        if (last != null && last <= count.getAsLong() && intervalNs > 0) {
            final double perSecond = (count.getAsLong() - last) * SECOND_NS / intervalNs;
            rate = String.format(Locale.ROOT, "%,.0f", perSecond);
            sparkline(name).add(perSecond);
        }
        row(name, count, rate);
    }

    /** Keeps the table lower than a terminal of 24 lines in most cases. */
    private void rateIfAny(final String name, final OptionalLong count) {
        if (count.orElse(0) > 0) {
            rate(name, count);
        }
    }

    private void level(final String name, final OptionalLong level, final String remark) {
        if (level.isPresent()) {
            line(String.format(Locale.ROOT, "%-18s %,19d %s", name, level.getAsLong(), remark));
        }
    }

    private void fill(final String name, final OptionalLong used, final OptionalLong capacity) {
        if (used.isPresent() && capacity.orElse(0) > 0) {
            final double share = ALL * used.getAsLong() / capacity.getAsLong();
            sparkline(name).add(share);
            row(name, used, String.format(Locale.ROOT, "%.1f %% full", share));
        }
    }

    private Sparkline sparkline(final String name) {
        return sparklines.computeIfAbsent(name, key -> new Sparkline(SPARK_WIDTH));
    }

    private void row(final String name, final OptionalLong count, final String remark) {
        line(String.format(
                Locale.ROOT, "%-18s %,19d %14s  %s", cut(name, 18), count.getAsLong(), remark, sparkline(name)));
    }

    private void line(final String text) {
        lines.add(fitted(text));
    }

    private void fault(final String text) {
        lines.add(style.fault(fitted(text)));
    }

    private static String fitted(final String text) {
        return cut(PlainLine.of(text.stripTrailing()), WIDTH);
    }

    private static String cut(final String text, final int width) {
        return text.codePointCount(0, text.length()) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static String text(final OptionalLong count) {
        return count.isPresent() ? String.format(Locale.ROOT, "%,d", count.getAsLong()) : "-";
    }

    private static String seconds(final OptionalLong durationNs) {
        return durationNs.isPresent() ? String.format(Locale.ROOT, "%.3f s", durationNs.getAsLong() / SECOND_NS) : "-";
    }
}
