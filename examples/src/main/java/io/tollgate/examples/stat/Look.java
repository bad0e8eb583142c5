package io.tollgate.examples.stat;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.directory.DirectoryInspection;
import io.tollgate.core.directory.DirectoryInspection.Counter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One look at a data directory from outside.
 *
 * @param at         the time of the look.
 * @param elapsedNs  the same on a clock that is not set.
 * @param inspection the findings.
 * @param counters   of the engine, by label; without those of queues.
 * @param queues     of subscriptions, in the order of their opening.
 */
record Look(
        Instant at, long elapsedNs, DirectoryInspection inspection, Map<String, Long> counters, List<Queue> queues) {
    /** The fullest queue of a subscription. */
    record Queue(String subscription, long used, long capacity) {}

    /**
     * Looks at a directory.
     *
     * @throws IllegalStateException if it is not a data directory.
     */
    static Look at(final Path directory) {
        return of(Instant.now(), System.nanoTime(), DirectoryInspection.of(directory));
    }

    static Look of(final Instant at, final long elapsedNs, final DirectoryInspection inspection) {
        final Map<String, Long> counters = new LinkedHashMap<>();
        inspection.counters().forEach(counter -> counters.put(counter.label(), counter.value()));
        final List<Queue> queues = new ArrayList<>();
        counters.forEach((label, used) -> {
            if (label.startsWith(Counter.QUEUE_USED)) {
                final String name = label.substring(Counter.QUEUE_USED.length());
                queues.add(new Queue(name, used, counters.getOrDefault(Counter.QUEUE_CAPACITY + name, 0L)));
            }
        });
        counters.keySet()
                .removeIf(label -> label.startsWith(Counter.QUEUE_USED) || label.startsWith(Counter.QUEUE_CAPACITY));
        return new Look(at, elapsedNs, inspection, counters, queues);
    }

    /** Returns a counter, empty if the engine does not count it. */
    OptionalLong counter(final String label) {
        final Long value = counters.get(label);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Returns the number of points refused for a reason, empty if the engine does not count it. */
    OptionalLong refused(final RefusalReason reason) {
        return counter("refused-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Returns the number of points refused for all reasons, empty without counters. */
    OptionalLong refused() {
        OptionalLong sum = OptionalLong.empty();
        for (final RefusalReason reason : RefusalReason.values()) {
            final OptionalLong count = refused(reason);
            if (count.isPresent()) {
                sum = OptionalLong.of(sum.orElse(0) + count.getAsLong());
            }
        }
        return sum;
    }

    /** Returns the number of applied operations that are not known to be on disk, empty without counters. */
    OptionalLong lag() {
        final OptionalLong applied = counter("applied-sequence");
        final OptionalLong durable = counter("durable-sequence");
        // The engine publishes both one after the other.
        return applied.isPresent() && durable.isPresent()
                ? OptionalLong.of(Math.max(0, applied.getAsLong() - durable.getAsLong()))
                : OptionalLong.empty();
    }
}
