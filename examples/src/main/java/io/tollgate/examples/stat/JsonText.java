package io.tollgate.examples.stat;

import io.tollgate.api.series.Instants;
import io.tollgate.core.directory.DirectoryInspection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Renders a look as a JSON object on one line. Instants are text. An integer beyond 2^53 - 1 is text too, because most
 * readers would round it. Thread-safe.
 */
final class JsonText {
    private static final long MAX_EXACT = (1L << 53) - 1;
    /** Counters that are instants. */
    private static final Set<String> INSTANTS = Set.of("now", "opened-at");

    private JsonText() {}

    static String render(final Look look) {
        final DirectoryInspection inspection = look.inspection();
        final DirectoryInspection.Log log = inspection.log();
        return "{" + field("directory", text(inspection.directory().toString()))
                + "," + field("at", text(look.at().toString()))
                + "," + field("state", text(inspection.state().name()))
                + inspection
                        .owner()
                        .map(owner -> "," + field("owner", text(owner)))
                        .orElse("")
                + (inspection.now().isPresent()
                        ? ","
                                + field(
                                        "now",
                                        text(Instants.format(inspection.now().getAsLong())))
                        : "")
                + "," + field("logSegments", number(log.segmentCount()))
                + "," + field("logBytes", number(log.byteCount()))
                + "," + field("storeFileBytes", number(inspection.store()))
                + "," + field("counters", counters(look.counters()))
                + "," + field("queues", list(look.queues(), JsonText::queue))
                + "," + field("errors", list(inspection.errors(), JsonText::error)) + "}";
    }

    private static String counters(final Map<String, Long> counters) {
        return counters.entrySet().stream()
                .map(entry -> field(
                        entry.getKey(),
                        INSTANTS.contains(entry.getKey())
                                ? text(Instants.format(entry.getValue()))
                                : number(entry.getValue())))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String queue(final Look.Queue queue) {
        return "{" + field("subscription", text(queue.subscription())) + "," + field("used", number(queue.used())) + ","
                + field("capacity", number(queue.capacity())) + "}";
    }

    private static String error(final DirectoryInspection.DistinctError error) {
        return "{" + field("count", number(error.count())) + ","
                + field("first", text(Instant.ofEpochMilli(error.firstMs()).toString())) + ","
                + field("last", text(Instant.ofEpochMilli(error.lastMs()).toString())) + ","
                + field("text", text(error.text())) + "}";
    }

    private static <T> String list(final List<T> items, final Function<T, String> toJson) {
        return items.stream().map(toJson).collect(Collectors.joining(",", "[", "]"));
    }

    private static String field(final String name, final String value) {
        return text(name) + ":" + value;
    }

    private static String number(final long value) {
        final String digits = Long.toString(value);
        return Math.abs(value) <= MAX_EXACT && value != Long.MIN_VALUE ? digits : text(digits);
    }

    private static String text(final String value) {
        final StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ' || Character.isSurrogate((char) c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
