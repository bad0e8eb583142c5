package io.tollgate.flink;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Status;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * One metric over one window of a series, as an element of a stream. Immutable.
 *
 * @param series   key of the series, or the name that a {@link TogetherQuery} gives its answer.
 * @param timeNs   the instant t of the answer in ns since the epoch.
 * @param window   the window as text.
 * @param metric   the metric as text, see {@link Metric#text()}.
 * @param value    the value, NaN if the status has no value; the same bits as {@link WindowReading#value(Metric)}.
 * @param status   the status.
 * @param coverage the known share of the window, 0 to 1.
 * @param sequence number of points and withdrawals of the series that were accepted up to this answer.
 */
@TypeInfo(RateAnswer.InfoFactory.class)
public record RateAnswer(
        String series,
        long timeNs,
        String window,
        String metric,
        double value,
        Status status,
        double coverage,
        long sequence) {
    /** The type of the elements. */
    public static final TypeInformation<RateAnswer> TYPE = Types.POJO(
            RateAnswer.class,
            Map.of(
                    "series", Types.STRING,
                    "timeNs", Types.LONG,
                    "window", Types.STRING,
                    "metric", Types.STRING,
                    "value", Types.DOUBLE,
                    "status", Types.ENUM(Status.class),
                    "coverage", Types.DOUBLE,
                    "sequence", Types.LONG));

    /**
     * Refuses null.
     *
     * @param series   key of the series, or a name.
     * @param timeNs   the instant t of the answer in ns since the epoch.
     * @param window   the window as text.
     * @param metric   the metric as text.
     * @param value    the value, NaN if the status has no value.
     * @param status   the status.
     * @param coverage the known share of the window, 0 to 1.
     * @param sequence number of points and withdrawals of the series that were accepted up to this answer.
     */
    public RateAnswer {
        Objects.requireNonNull(series, "series=null, expected a key or a name");
        Objects.requireNonNull(window, "window=null, expected a text");
        Objects.requireNonNull(metric, "metric=null, expected a text");
        Objects.requireNonNull(status, "status=null, expected a status");
    }

    /** Gives Flink the type of the elements. */
    public static final class InfoFactory extends TypeInfoFactory<RateAnswer> {
        /** Creates the factory. */
        public InfoFactory() {}

        @Override
        public TypeInformation<RateAnswer> createTypeInfo(
                final Type type, final Map<String, TypeInformation<?>> parameters) {
            return TYPE;
        }
    }
}
