package io.tollgate.core.ingest;

import io.tollgate.api.EngineClosedException;
import io.tollgate.api.Outcome;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.core.operation.OperationDescriptor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/** The fields of one point until an intake takes it. One thread. */
final class ReusablePoint implements PointEncoder {
    /** Neither a value nor {@link #unknown()} is set. */
    private static final int NO_VALUE = 0;

    /**
     * The target of the point; null if the point was taken or is closed, so that a long-lived thread does not keep a
     * closed engine in memory.
     */
    private PointIntake intake;

    /** The series of the point; null if the point was taken, or never begun. */
    private Series series;

    private int type;
    private boolean hasTime;
    private long validTimeNs;
    private long value;
    private long knowledgeTimeNs;
    private long reference;

    /** Begins a point, with all fields cleared. */
    ReusablePoint begin(final PointIntake newIntake, final Series newSeries) {
        series = Objects.requireNonNull(newSeries, "series=null, expected a series of this engine");
        intake = newIntake;
        type = NO_VALUE;
        hasTime = false;
        value = Decimals.UNKNOWN;
        knowledgeTimeNs = Instants.NONE;
        reference = Publisher.NO_REFERENCE;
        return this;
    }

    @Override
    public PointEncoder validAt(final long instantNs) {
        validTimeNs = instantNs;
        hasTime = true;
        return this;
    }

    @Override
    public PointEncoder value(final long scaledValue) {
        type = OperationDescriptor.POINT;
        value = scaledValue;
        return this;
    }

    @Override
    public PointEncoder value(final BigDecimal exactValue) {
        requireBegun();
        Objects.requireNonNull(exactValue, "value=null, expected a decimal, or unknown()");
        return value(series.scaled(exactValue, RoundingMode.UNNECESSARY));
    }

    @Override
    public PointEncoder unknown() {
        requireBegun();
        if (series instanceof FlowSeries) {
            throw new IllegalArgumentException(
                    "series=" + series.key() + " kind=FLOW, expected STEP: an event has a value");
        }
        type = OperationDescriptor.UNKNOWN;
        value = Decimals.UNKNOWN;
        return this;
    }

    @Override
    public PointEncoder knownAt(final long instantNs) {
        knowledgeTimeNs = instantNs;
        return this;
    }

    @Override
    public PointEncoder reference(final long newReference) {
        reference = newReference;
        return this;
    }

    @Override
    public long offer() {
        requireTime();
        if (type == NO_VALUE) {
            throw new IllegalStateException("value=none, expected value(...) or unknown() before offer()");
        }
        return type == OperationDescriptor.POINT && value == Decimals.UNKNOWN ? Publisher.VALUE_RESERVED : put(type);
    }

    @Override
    public long withdraw() {
        requireTime();
        if (type != NO_VALUE) {
            throw new IllegalStateException("value=given, expected none: a withdrawal has no value");
        }
        return put(OperationDescriptor.WITHDRAW);
    }

    @Override
    public Outcome apply() {
        requireTime();
        if (type == NO_VALUE) {
            throw new IllegalStateException("value=none, expected value(...) or unknown() before apply()");
        }
        if (type == OperationDescriptor.POINT && value == Decimals.UNKNOWN) {
            throw reservedValue();
        }
        if (intake == null) {
            throw new EngineClosedException("engine=closed: open it again to apply");
        }
        final Outcome outcome = intake.apply(type, series, validTimeNs, value, knowledgeTimeNs, reference);
        intake = null;
        series = null;
        return outcome;
    }

    /** A taken point cannot be offered twice; a refused point may be offered again. */
    private long put(final int operationType) {
        final long result = intake == null
                ? Publisher.CLOSED
                : intake.put(operationType, intake.numberOf(series), validTimeNs, value, knowledgeTimeNs, reference);
        if (result > 0 || result == Publisher.CLOSED) {
            intake = null;
        }
        if (result > 0) {
            series = null;
        }
        return result;
    }

    static IllegalArgumentException reservedValue() {
        return new IllegalArgumentException("value=" + Decimals.UNKNOWN + ", expected another one: it is reserved");
    }

    private void requireTime() {
        requireBegun();
        if (!hasTime) {
            throw new IllegalStateException("validAt=none, expected validAt(...) before offer() or withdraw()");
        }
    }

    private void requireBegun() {
        if (series == null) {
            throw new IllegalStateException("series=none, expected point(series) first: the last point was taken");
        }
    }
}
