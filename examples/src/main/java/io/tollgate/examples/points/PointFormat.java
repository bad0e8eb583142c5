package io.tollgate.examples.points;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.config.ValidTimeCheck;
import io.tollgate.examples.csv.CsvLine;
import java.math.RoundingMode;
import java.util.List;

/**
 * Converts a line of the input to a point.
 *
 * @param kind     of the series.
 * @param scale    digits kept after the decimal point.
 * @param rounding mode for digits beyond the scale.
 * @param times    format of times.
 * @param columns  positions of the columns.
 * @param values   form of values.
 */
public record PointFormat(
        SeriesKind kind, int scale, RoundingMode rounding, PointTimes times, PointColumns columns, ValueForm values) {
    private static final String NOT_AVAILABLE = "NA";
    private static final String WITHDRAW = "WITHDRAW";
    private static final int MAX_ASCII = 127;
    private static final ValidTimeCheck VALID_TIMES = new ValidTimeCheck(false);

    /**
     * Parses a line. Spaces around a time, a value or a reference are ignored. Spaces in a key are part of the key.
     *
     * @param line of the file.
     * @return the point.
     * @throws IllegalArgumentException if the line is refused; the message says why.
     */
    public PointLine parse(final CsvLine line) {
        if (!line.isSound()) {
            throw new IllegalArgumentException(line.fault());
        }
        final List<String> fields = line.fields();
        if (fields.size() != columns.count()) {
            throw new IllegalArgumentException(
                    "columns=" + fields.size() + ", expected " + columns.count() + " as in the header");
        }
        final String key = fields.get(columns.series());
        final String value = fields.get(columns.value()).strip();
        final boolean isWithdrawal = value.equals(WITHDRAW);
        return new PointLine(
                key,
                validTime(fields.get(columns.time()).strip()),
                isWithdrawal,
                isWithdrawal ? Decimals.UNKNOWN : value(key, values.plain(value)),
                columns.hasKnownAt() ? knownAt(fields.get(columns.knownAt()).strip()) : Instants.NONE,
                columns.hasReference()
                        ? reference(fields.get(columns.reference()).strip())
                        : Publisher.NO_REFERENCE);
    }

    private long validTime(final String text) {
        final long validTimeNs = times.parse(text);
        VALID_TIMES.require("time", validTimeNs);
        return validTimeNs;
    }

    private long value(final String key, final String text) {
        if (text.isEmpty() || text.equals(NOT_AVAILABLE)) {
            if (kind != SeriesKind.STEP) {
                throw new IllegalArgumentException("series=" + key + " value=" + text
                        + ", expected a number: only a STEP can be unknown from an instant on");
            }
            return Decimals.UNKNOWN;
        }
        try {
            return Decimals.parse(text, scale, rounding);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("series=" + key + ' ' + e.getMessage(), e);
        }
    }

    private long knownAt(final String text) {
        return text.isEmpty() ? Instants.NONE : times.parse(text);
    }

    private static long reference(final String text) {
        if (text.isEmpty()) {
            return Publisher.NO_REFERENCE;
        }
        try {
            final long reference = Long.parseLong(text);
            if (reference != Publisher.NO_REFERENCE && text.chars().allMatch(c -> c <= MAX_ASCII)) {
                return reference;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(badReference(text), e);
        }
        throw new IllegalArgumentException(badReference(text));
    }

    private static String badReference(final String text) {
        return "ref=" + text + ", expected an integer above -2^63 in ASCII digits";
    }
}
