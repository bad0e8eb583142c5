package io.tollgate.flink;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * A point, or the withdrawal of a point, as an element of a stream. Immutable.
 *
 * <pre>{@code
 * PointRecord rate = PointRecord.point("tariff.US.CN", effectiveNs, 3_400, 2).withKnownAt(announcedNs);
 * }</pre>
 *
 * @param series    key of the series.
 * @param timeNs    the valid time in ns since the epoch.
 * @param kind      point, unknown level or withdrawal.
 * @param value     {@code value x 10^scale}; 0 for an unknown level and for a withdrawal.
 * @param scale     number of digits of the value after the decimal point, 0 to 9; the value is converted exactly to the
 *                  scale of the series.
 * @param knownAtNs the knowledge time in ns since the epoch; {@link Instants#NONE} for the timestamp that the stream
 *                  gives the element.
 * @param reference the reference, {@link Publisher#NO_REFERENCE} for none.
 * @serial exclude
 */
@TypeInfo(PointRecord.InfoFactory.class)
public record PointRecord(String series, long timeNs, Kind kind, long value, int scale, long knownAtNs, long reference)
        implements Serializable {
    /** The type of the elements. */
    public static final TypeInformation<PointRecord> TYPE = Types.POJO(
            PointRecord.class,
            Map.of(
                    "series", Types.STRING,
                    "timeNs", Types.LONG,
                    "kind", Types.ENUM(Kind.class),
                    "value", Types.LONG,
                    "scale", Types.INT,
                    "knownAtNs", Types.LONG,
                    "reference", Types.LONG));

    /** Kinds of elements. */
    public enum Kind {
        /** A level that takes effect, or an event. */
        POINT,
        /** The level of a STEP is unknown from the valid time on. */
        UNKNOWN,
        /** The point at the valid time is withdrawn. */
        WITHDRAWAL
    }

    /**
     * Checks the fields.
     *
     * @param series    key of the series.
     * @param timeNs    the valid time in ns since the epoch.
     * @param kind      point, unknown level or withdrawal.
     * @param value     {@code value x 10^scale}.
     * @param scale     number of digits of the value after the decimal point, 0 to 9.
     * @param knownAtNs the knowledge time in ns since the epoch, or {@link Instants#NONE}.
     * @param reference the reference, or {@link Publisher#NO_REFERENCE}.
     * @throws IllegalArgumentException if the scale is out of range.
     */
    public PointRecord {
        Objects.requireNonNull(series, "series=null, expected a key");
        Objects.requireNonNull(kind, "kind=null, expected the kind of the element");
        Decimals.requireScale(scale);
    }

    /**
     * Returns a point without a knowledge time and a reference.
     *
     * @param series key of the series.
     * @param timeNs the valid time in ns since the epoch.
     * @param value  {@code value x 10^scale}.
     * @param scale  number of digits after the decimal point, 0 to 9.
     * @return the point.
     * @throws IllegalArgumentException if the scale is out of range.
     */
    public static PointRecord point(final String series, final long timeNs, final long value, final int scale) {
        return new PointRecord(series, timeNs, Kind.POINT, value, scale, Instants.NONE, Publisher.NO_REFERENCE);
    }

    /**
     * Returns a point without a knowledge time and a reference.
     *
     * @param series key of the series.
     * @param timeNs the valid time in ns since the epoch.
     * @param value  the value, with at most nine digits after the decimal point.
     * @return the point, with the smallest scale that represents the value.
     * @throws IllegalArgumentException if the value has more digits, or is out of range.
     */
    public static PointRecord point(final String series, final long timeNs, final BigDecimal value) {
        final int scale = Math.max(0, value.stripTrailingZeros().scale());
        return point(
                series, timeNs, Decimals.scaled(value, Decimals.requireScale(scale), RoundingMode.UNNECESSARY), scale);
    }

    /**
     * Returns an unknown level without a knowledge time and a reference.
     *
     * @param series key of the series.
     * @param timeNs the instant in ns since the epoch from which the level is unknown.
     * @return the element.
     */
    public static PointRecord unknown(final String series, final long timeNs) {
        return new PointRecord(series, timeNs, Kind.UNKNOWN, 0, 0, Instants.NONE, Publisher.NO_REFERENCE);
    }

    /**
     * Returns a withdrawal without a knowledge time and a reference.
     *
     * @param series key of the series.
     * @param timeNs the valid time of the point in ns since the epoch.
     * @return the withdrawal.
     */
    public static PointRecord withdrawal(final String series, final long timeNs) {
        return new PointRecord(series, timeNs, Kind.WITHDRAWAL, 0, 0, Instants.NONE, Publisher.NO_REFERENCE);
    }

    /**
     * Returns a copy with another knowledge time.
     *
     * @param instantNs the knowledge time in ns since the epoch.
     * @return the copy.
     */
    public PointRecord withKnownAt(final long instantNs) {
        return new PointRecord(series, timeNs, kind, value, scale, instantNs, reference);
    }

    /**
     * Returns a copy with another reference.
     *
     * @param newReference the reference, {@link Publisher#NO_REFERENCE} for none.
     * @return the copy.
     */
    public PointRecord withReference(final long newReference) {
        return new PointRecord(series, timeNs, kind, value, scale, knownAtNs, newReference);
    }

    /** Gives Flink the type of the elements. */
    public static final class InfoFactory extends TypeInfoFactory<PointRecord> {
        /** Creates the factory. */
        public InfoFactory() {}

        @Override
        public TypeInformation<PointRecord> createTypeInfo(
                final Type type, final Map<String, TypeInformation<?>> parameters) {
            return TYPE;
        }
    }
}
