package io.tollgate.flink;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * An event of a watch on a series, as an element of the side output {@link RateStream#WATCHES}. Immutable.
 *
 * @param series  key of the series.
 * @param watch   name of the watch.
 * @param isFired true if the watch fired, false if it cleared.
 * @param timeNs  the instant of the answer that shows it, in ns since the epoch.
 * @param value   the value of the metric.
 */
@TypeInfo(WatchEvent.InfoFactory.class)
public record WatchEvent(String series, String watch, boolean isFired, long timeNs, double value) {
    /** The type of the elements. */
    public static final TypeInformation<WatchEvent> TYPE = Types.POJO(
            WatchEvent.class,
            Map.of(
                    "series", Types.STRING,
                    "watch", Types.STRING,
                    "isFired", Types.BOOLEAN,
                    "timeNs", Types.LONG,
                    "value", Types.DOUBLE));

    /**
     * Refuses null.
     *
     * @param series  key of the series.
     * @param watch   name of the watch.
     * @param isFired true if the watch fired, false if it cleared.
     * @param timeNs  the instant of the answer that shows it, in ns since the epoch.
     * @param value   the value of the metric.
     */
    public WatchEvent {
        Objects.requireNonNull(series, "series=null, expected a key");
        Objects.requireNonNull(watch, "watch=null, expected a name");
    }

    /** Gives Flink the type of the elements. */
    public static final class InfoFactory extends TypeInfoFactory<WatchEvent> {
        /** Creates the factory. */
        public InfoFactory() {}

        @Override
        public TypeInformation<WatchEvent> createTypeInfo(
                final Type type, final Map<String, TypeInformation<?>> parameters) {
            return TYPE;
        }
    }
}
