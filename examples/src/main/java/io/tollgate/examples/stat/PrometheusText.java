package io.tollgate.examples.stat;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.report.DirectoryState;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Renders a look in the Prometheus text exposition format, version 0.0.4. Each metric has the label {@code directory},
 * so that files of several engines can be collected together. No metric has a label for each series. Single-threaded.
 */
final class PrometheusText {
    private static final int NANO_DIGITS = 9;
    private static final String COUNTER = "counter";
    private static final String GAUGE = "gauge";

    private final Look look;
    private final String labels;
    private final StringBuilder text = new StringBuilder();

    private PrometheusText(final Look look) {
        this.look = look;
        labels = label("directory", look.inspection().directory().toString());
    }

    static String render(final Look look) {
        return new PrometheusText(look).render();
    }

    private String render() {
        final DirectoryInspection inspection = look.inspection();
        header("up", GAUGE, "1 if an engine has the directory open.");
        sample("up", "", inspection.state() == DirectoryState.OPEN ? 1 : 0);
        points();
        engine();
        files(inspection);
        queues();
        header("errors_total", COUNTER, "Errors recorded by the engine since it was opened.");
        sample(
                "errors_total",
                "",
                inspection.errors().stream()
                        .mapToLong(DirectoryInspection.DistinctError::count)
                        .sum());
        return text.toString();
    }

    private void points() {
        counter("offered_points_total", "Points and withdrawals applied, refused, or waiting in the ring.", "offered");
        counter("applied_points_total", "Points and withdrawals applied.", "applied");
        counter("revised_points_total", "Applied points that revised an earlier one.", "revised");
        counter("unchanged_points_total", "Applied points equal to the current one.", "unchanged");
        counter("late_points_total", "Applied points earlier than the last one of their series.", "late");
        counter("ignored_points_total", "Applied points without effect.", "ignored");
        counter("withdrawn_points_total", "Applied withdrawals.", "withdrawn");
        if (look.refused().isPresent()) {
            header("refused_points_total", COUNTER, "Points and withdrawals refused, by reason.");
            for (final RefusalReason reason : RefusalReason.values()) {
                look.refused(reason)
                        .ifPresent(count -> sample(
                                "refused_points_total",
                                label("reason", reason.name().toLowerCase(Locale.ROOT)),
                                count));
            }
        }
        counter("back_pressured_offers_total", "Offers refused because the ring was full.", "back-pressured");
        counter("contended_reads_total", "Reads that ended as CONTENDED.", "contended-reads");
    }

    private void engine() {
        gauge("series", "Defined series.", look.counter("series"));
        gauge("ring_used_bytes", "Bytes of the ring in use.", look.counter("ring-used"));
        gauge("ring_capacity_bytes", "Capacity of the ring.", look.counter("ring-capacity"));
        gauge("applied_sequence", "The last applied operation.", look.counter("applied-sequence"));
        gauge("durable_sequence", "The last operation on disk.", look.counter("durable-sequence"));
        gauge("durability_lag_operations", "Applied operations not yet on disk.", look.lag());
        seconds(
                "clock_timestamp_seconds",
                "The engine clock.",
                look.inspection().now());
        seconds("opened_timestamp_seconds", "The time at which the engine was opened.", look.counter("opened-at"));
        seconds("opening_duration_seconds", "The duration of the opening.", look.counter("opening-ns"));
        gauge("opening_operations", "Log operations applied at the opening.", look.counter("opening-operations"));
    }

    private void files(final DirectoryInspection inspection) {
        gauge("store_maps", "Maps of the store.", look.counter("store-maps"));
        gauge("store_bytes", "Bytes of the maps.", look.counter("store-bytes"));
        counter("store_stalls_total", "Waits of the writer for a map.", "store-stalls");
        gauge(
                "log_segments",
                "Segments of the log.",
                OptionalLong.of(inspection.log().segmentCount()));
        gauge("log_bytes", "Bytes of the log.", OptionalLong.of(inspection.log().byteCount()));
        counter("log_stalls_total", "Waits of the writer for a segment.", "log-stalls");
        counter("log_deleted_segments_total", "Segments deleted after checkpoints.", "log-segments-deleted");
        gauge("log_failed", "1 if a disk failure has made the log unusable.", look.counter("log-failed"));
        counter("checkpoints_total", "Checkpoints made.", "checkpoints");
        counter("checkpoints_failed_total", "Checkpoints that failed.", "checkpoints-failed");
        gauge("checkpoint_sequence", "The last operation in the checkpoint.", look.counter("checkpoint-sequence"));
        seconds("checkpoint_duration_seconds", "The duration of the last checkpoint.", look.counter("checkpoint-ns"));
    }

    private void queues() {
        if (look.queues().isEmpty()) {
            return;
        }
        header("queue_used_updates", GAUGE, "Updates waiting in the fullest queue of a subscription.");
        look.queues()
                .forEach(queue ->
                        sample("queue_used_updates", label("subscription", queue.subscription()), queue.used()));
        header("queue_capacity_updates", GAUGE, "Capacity of that queue.");
        look.queues()
                .forEach(queue -> sample(
                        "queue_capacity_updates", label("subscription", queue.subscription()), queue.capacity()));
    }

    private void counter(final String name, final String help, final String label) {
        look.counter(label).ifPresent(value -> {
            header(name, COUNTER, help);
            sample(name, "", value);
        });
    }

    private void gauge(final String name, final String help, final OptionalLong value) {
        value.ifPresent(present -> {
            header(name, GAUGE, help);
            sample(name, "", present);
        });
    }

    /** Writes nanoseconds as a gauge in seconds. */
    private void seconds(final String name, final String help, final OptionalLong valueNs) {
        valueNs.ifPresent(present -> {
            header(name, GAUGE, help);
            sample(name, "", BigDecimal.valueOf(present, NANO_DIGITS).toPlainString());
        });
    }

    private void header(final String name, final String type, final String help) {
        text.append("# HELP tollgate_").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE tollgate_").append(name).append(' ').append(type).append('\n');
    }

    private void sample(final String name, final String label, final long value) {
        sample(name, label, Long.toString(value));
    }

    private void sample(final String name, final String label, final String value) {
        text.append("tollgate_").append(name).append('{').append(labels);
        text.append(label.isEmpty() ? "" : ",")
                .append(label)
                .append("} ")
                .append(value)
                .append('\n');
    }

    private static String label(final String name, final String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
