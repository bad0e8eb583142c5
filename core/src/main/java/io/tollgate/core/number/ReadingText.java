package io.tollgate.core.number;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import java.util.StringJoiner;

/**
 * A reading in one line, for logs and debuggers:
 * {@code WindowReading[at=2025-05-14T04:01:00Z, count=3, mean=20.5 PARTIAL]}. Each answer shows its value, with the
 * status unless that is OK, or only its status. Used by one thread.
 */
public final class ReadingText {
    private final StringJoiner parts;

    /**
     * Begins a line.
     *
     * @param name of the reading.
     */
    public ReadingText(final String name) {
        parts = new StringJoiner(", ", name + '[', "]");
    }

    /**
     * Adds an instant, if there is one.
     *
     * @param name      of the instant.
     * @param instantNs the instant, {@link Instants#NONE} for none.
     * @return this.
     */
    public ReadingText instant(final String name, final long instantNs) {
        return instantNs == Instants.NONE ? this : add(name, Instants.format(instantNs));
    }

    /**
     * Adds an answer.
     *
     * @param name   of the metric.
     * @param status of the answer.
     * @param value  of the answer.
     * @return this.
     */
    public ReadingText answer(final String name, final Status status, final Object value) {
        if (!status.hasValue()) {
            return add(name, status);
        }
        return add(name, status == Status.OK ? value : value + " " + status);
    }

    /**
     * Adds a number or a name.
     *
     * @param name  of it.
     * @param value of it.
     * @return this.
     */
    public ReadingText add(final String name, final Object value) {
        parts.add(name + '=' + value);
        return this;
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
