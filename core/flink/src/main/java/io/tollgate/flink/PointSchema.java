package io.tollgate.flink;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.data.DataFormat;
import io.tollgate.data.table.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Reads points from messages in the formats of the command {@code replay}: lines of CSV or JSON, with the columns
 * {@code series}, {@code time}, {@code value}, and optionally {@code known_at} and {@code ref}. A message has one line
 * or several.
 *
 * <pre>{@code
 * PointSchema lines = PointSchema.csv("series", "time", "value", "known_at");
 * PointSchema objects = PointSchema.jsonLines(); // {"series":"tariff.US.CN","time":"2025-04-10T04:01Z","value":"145"}
 * }</pre>
 *
 * <p>Times are ISO-8601 with {@code Z} or an offset. A value is a decimal of at most nine digits after the point,
 * {@code WITHDRAW} for a withdrawal, or empty or {@code NA} for an unknown level. An empty {@code known_at} is the
 * timestamp of the message. One thread uses an instance.
 *
 * @serial exclude
 */
public final class PointSchema implements DeserializationSchema<PointRecord> {
    private static final long serialVersionUID = 1L;
    private static final List<String> COLUMNS = List.of("series", "time", "value", "known_at", "ref");
    private static final List<String> REQUIRED = COLUMNS.subList(0, 3);

    private final DataFormat format;
    private final String[] columns;
    private final boolean skipsFaults;
    private transient @Nullable Messages messages;
    private transient @Nullable RowReader reader;
    private transient @Nullable Counter faults;

    private PointSchema(final DataFormat format, final String[] columns, final boolean skipsFaults) {
        this.format = format;
        this.columns = columns;
        this.skipsFaults = skipsFaults;
    }

    /**
     * Returns a schema of CSV lines without a header.
     *
     * @param columns the names of all columns, in their order.
     * @return the schema.
     * @throws IllegalArgumentException if a name is unknown or repeated, or a required one is missing.
     */
    public static PointSchema csv(final String... columns) {
        final List<String> names = List.of(columns);
        if (!COLUMNS.containsAll(names)
                || !names.containsAll(REQUIRED)
                || names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException(
                    "columns=" + names + ", expected series, time, value and optionally known_at, ref, each once");
        }
        return new PointSchema(DataFormat.CSV, columns.clone(), false);
    }

    /**
     * Returns a schema of JSON objects, one on each line. Optional fields may be absent; others are refused.
     *
     * @return the schema.
     */
    public static PointSchema jsonLines() {
        return new PointSchema(DataFormat.JSON_LINES, COLUMNS.toArray(String[]::new), false);
    }

    /**
     * Returns a schema that skips lines that cannot be read, and counts them in the metric {@code unreadableLines}.
     * Otherwise such a line fails the job.
     *
     * @return the changed copy.
     */
    public PointSchema skippingFaults() {
        return new PointSchema(format, columns, true);
    }

    @Override
    public void open(final InitializationContext context) {
        faults = context.getMetricGroup().counter("unreadableLines");
    }

    /**
     * Reads a message of one line.
     *
     * @param message the bytes of the message.
     * @return the point, null if the message is empty or was skipped.
     * @throws IOException if the line cannot be read, or there are several.
     */
    @Override
    public @Nullable PointRecord deserialize(final byte[] message) throws IOException {
        final PointRecord[] found = new PointRecord[1];
        deserialize(message, new Collector<>() {
            @Override
            public void collect(final PointRecord point) {
                if (found[0] != null) {
                    throw new IllegalArgumentException("message=" + new String(message, StandardCharsets.UTF_8)
                            + ", expected one line; use the method with a collector");
                }
                found[0] = point;
            }

            @Override
            public void close() {}
        });
        return found[0];
    }

    @Override
    public void deserialize(final byte[] message, final Collector<PointRecord> out) throws IOException {
        final RowReader rows = rows();
        messages.next(message);
        while (rows.next()) {
            try {
                if (!rows.fault().isEmpty()) {
                    throw new IllegalArgumentException(rows.fault());
                }
                out.collect(point(rows));
            } catch (final IllegalArgumentException e) {
                if (!skipsFaults) {
                    throw new IOException(
                            "line=" + rows.rowText() + ": " + e.getMessage()
                                    + "; correct the source, or use skippingFaults()",
                            e);
                }
                if (faults != null) {
                    faults.inc();
                }
            }
        }
    }

    /** Returns the reader, which has read the names of the columns before the first message. */
    private RowReader rows() throws IOException {
        if (reader == null) {
            final boolean isCsv = format == DataFormat.CSV;
            messages = new Messages();
            messages.next((isCsv
                            ? String.join(",", columns)
                            : Arrays.stream(columns)
                                    .map(name -> '"' + name + "\":\"\"")
                                    .collect(Collectors.joining(",", "{", "}")))
                    .getBytes(StandardCharsets.UTF_8));
            reader = format.reader(messages);
            if (!isCsv) {
                reader.next();
            }
        }
        return reader;
    }

    private PointRecord point(final RowReader row) {
        final String series = row.text(column("series"));
        final long timeNs = row.instantNs(column("time"));
        final String value = row.text(column("value")).strip();
        final PointRecord point = value.equals("WITHDRAW")
                ? PointRecord.withdrawal(series, timeNs)
                : value.isEmpty() || value.equals("NA")
                        ? PointRecord.unknown(series, timeNs)
                        : PointRecord.point(series, timeNs, scaled(value), scale(value));
        final int knownAt = column("known_at");
        final int reference = column("ref");
        return point.withKnownAt(knownAt < 0 || row.isEmpty(knownAt) ? Instants.NONE : row.instantNs(knownAt))
                .withReference(
                        reference < 0 || row.isEmpty(reference) ? Publisher.NO_REFERENCE : row.integer(reference));
    }

    private int column(final String name) {
        return Arrays.asList(columns).indexOf(name);
    }

    private static long scaled(final String value) {
        return Decimals.parse(value, scale(value), RoundingMode.UNNECESSARY);
    }

    /** Returns the number of digits after the point, at most nine; nine for a number with an exponent. */
    private static int scale(final String value) {
        if (value.indexOf('e') >= 0 || value.indexOf('E') >= 0) {
            return Decimals.MAX_SCALE;
        }
        final int mark = value.indexOf('.');
        return mark < 0 ? 0 : Math.min(value.length() - mark - 1, Decimals.MAX_SCALE);
    }

    @Override
    public boolean isEndOfStream(final PointRecord point) {
        return false;
    }

    @Override
    public TypeInformation<PointRecord> getProducedType() {
        return PointRecord.TYPE;
    }

    /** One message after the other as a stream that ends, and goes on with the next message. */
    private static final class Messages extends InputStream {
        private byte[] message = {};
        private int position;

        /** Sets the next message; a line end follows it. */
        void next(final byte[] newMessage) {
            message = Arrays.copyOf(newMessage, newMessage.length + 1);
            message[newMessage.length] = '\n';
            position = 0;
        }

        @Override
        public int read() {
            return position == message.length ? -1 : message[position++] & 0xFF;
        }

        @Override
        public int read(final byte[] target, final int offset, final int length) {
            if (position == message.length) {
                return -1;
            }
            final int count = Math.min(length, message.length - position);
            System.arraycopy(message, position, target, offset, count);
            position += count;
            return count;
        }
    }
}
