package io.tollgate.flink;

import io.tollgate.api.Publisher;
import io.tollgate.api.admin.RefusalReason;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * A point or withdrawal that was refused, as an element of the side output {@link RateStream#REFUSED}. Immutable.
 *
 * @param point  the refused element.
 * @param reason the name of a {@link RefusalReason} or of a code of {@link Publisher}, {@code UNDEFINED_SERIES} if no
 *               template matches the key, or {@code INVALID} for a value that does not suit the series.
 * @param detail a sentence for people, empty if the reason says everything.
 */
@TypeInfo(RefusedPoint.InfoFactory.class)
public record RefusedPoint(PointRecord point, String reason, String detail) {
    /** The type of the elements. */
    public static final TypeInformation<RefusedPoint> TYPE = Types.POJO(
            RefusedPoint.class, Map.of("point", PointRecord.TYPE, "reason", Types.STRING, "detail", Types.STRING));

    /**
     * Refuses null.
     *
     * @param point  the refused element.
     * @param reason the name of the reason.
     * @param detail a sentence for people, or empty.
     */
    public RefusedPoint {
        Objects.requireNonNull(point, "point=null, expected the refused element");
        Objects.requireNonNull(reason, "reason=null, expected a name");
        Objects.requireNonNull(detail, "detail=null, expected a text");
    }

    /** Gives Flink the type of the elements. */
    public static final class InfoFactory extends TypeInfoFactory<RefusedPoint> {
        /** Creates the factory. */
        public InfoFactory() {}

        @Override
        public TypeInformation<RefusedPoint> createTypeInfo(
                final Type type, final Map<String, TypeInformation<?>> parameters) {
            return TYPE;
        }
    }
}
