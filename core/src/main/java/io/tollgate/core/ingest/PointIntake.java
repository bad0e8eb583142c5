package io.tollgate.core.ingest;

import io.tollgate.api.Outcome;
import io.tollgate.api.PointSink;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import io.tollgate.core.operation.OperationDescriptor;

/** Accepts points and withdrawals as operations: on the ring, or into a batch. */
abstract class PointIntake implements PointSink {
    /**
     * Accepts an operation.
     *
     * @param seriesNumber as returned by {@link #numberOf}, or any other number.
     * @return a number above 0, or a code below 0.
     */
    abstract long put(int type, long seriesNumber, long validTimeNs, long value, long knowledgeTimeNs, long reference);

    /**
     * Applies an operation at once.
     *
     * @return APPLIED, UNCHANGED or REFUSED.
     */
    abstract Outcome apply(int type, Series series, long validTimeNs, long value, long knowledgeTimeNs, long reference);

    /** Returns the number of a series of this engine, {@link Series#NO_NUMBER} if the handle is of another. */
    abstract long numberOf(Series series);

    @Override
    public final long offer(final Series series, final long validAtNs, final long scaledValue) {
        return scaledValue == Decimals.UNKNOWN
                ? Publisher.VALUE_RESERVED
                : put(
                        OperationDescriptor.POINT,
                        numberOf(series),
                        validAtNs,
                        scaledValue,
                        Instants.NONE,
                        Publisher.NO_REFERENCE);
    }

    @Override
    public final long offer(final long seriesNumber, final long validAtNs, final long scaledValue) {
        return scaledValue == Decimals.UNKNOWN
                ? Publisher.VALUE_RESERVED
                : put(
                        OperationDescriptor.POINT,
                        seriesNumber,
                        validAtNs,
                        scaledValue,
                        Instants.NONE,
                        Publisher.NO_REFERENCE);
    }

    @Override
    public final long offerUnknown(final StepSeries series, final long validAtNs) {
        return put(
                OperationDescriptor.UNKNOWN,
                numberOf(series),
                validAtNs,
                Decimals.UNKNOWN,
                Instants.NONE,
                Publisher.NO_REFERENCE);
    }

    @Override
    public final long withdraw(final Series series, final long validAtNs) {
        return put(
                OperationDescriptor.WITHDRAW,
                numberOf(series),
                validAtNs,
                Decimals.UNKNOWN,
                Instants.NONE,
                Publisher.NO_REFERENCE);
    }
}
