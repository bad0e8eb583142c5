package io.tollgate.core.watch;

import static io.tollgate.core.watch.UpdateDescriptor.AT_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.CAUSE_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.KNOWLEDGE_TIME_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.METRIC_INDEX_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.NEW_SCALED_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.NEW_STATUS_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.NEW_VALUE_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.NUMBER_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.OLD_SCALED_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.OLD_STATUS_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.OLD_VALUE_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.REFERENCE_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.REVISION_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.SEQUENCE_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.SERIES_NUMBER_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.TYPE_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.VALID_TIME_OFFSET;
import static io.tollgate.core.watch.UpdateDescriptor.WATCH_INDEX_OFFSET;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Status;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.UpdateType;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes updates one at a time, and puts them into queues. Writer only. */
final class UpdateWriter {
    private static final int NO_INDEX = -1;

    private final UnsafeBuffer update = new UnsafeBuffer(new byte[UpdateDescriptor.LENGTH]);

    /** Sets the cause of all further updates. */
    void cause(
            final UpdateCause cause,
            final long sequence,
            final long validTimeNs,
            final long knowledgeTimeNs,
            final long reference) {
        update.putByte(CAUSE_OFFSET, cause.code());
        update.putLong(SEQUENCE_OFFSET, sequence);
        update.putLong(VALID_TIME_OFFSET, validTimeNs);
        update.putLong(KNOWLEDGE_TIME_OFFSET, knowledgeTimeNs);
        update.putLong(REFERENCE_OFFSET, reference);
    }

    /** Makes all further updates changes of metrics of a series, read at an instant. */
    void changes(final long seriesNumber, final long atNs) {
        update.putLong(SERIES_NUMBER_OFFSET, seriesNumber);
        update.putLong(AT_OFFSET, atNs);
        update.putByte(TYPE_OFFSET, UpdateType.CHANGED.code());
        update.putInt(WATCH_INDEX_OFFSET, NO_INDEX);
    }

    /** Makes all further updates events of a watch on a series. */
    void events(final long seriesNumber, final int watchIndex) {
        update.putLong(SERIES_NUMBER_OFFSET, seriesNumber);
        update.putInt(METRIC_INDEX_OFFSET, NO_INDEX);
        update.putInt(WATCH_INDEX_OFFSET, watchIndex);
        update.putLong(OLD_SCALED_OFFSET, Decimals.UNKNOWN);
        update.putLong(NEW_SCALED_OFFSET, Decimals.UNKNOWN);
    }

    /** Starts a change of a metric; {@link #publishUpdate} must follow. */
    void change(final int metricIndex, final long oldScaledValue, final long newScaledValue) {
        update.putInt(METRIC_INDEX_OFFSET, metricIndex);
        update.putLong(OLD_SCALED_OFFSET, oldScaledValue);
        update.putLong(NEW_SCALED_OFFSET, newScaledValue);
    }

    /** Starts an event of a watch; {@link #publishUpdate} must follow. */
    void event(final UpdateType type, final long instantNs) {
        update.putByte(TYPE_OFFSET, type.code());
        update.putLong(AT_OFFSET, instantNs);
    }

    /** Completes the update, and puts it into queues. */
    void publishUpdate(
            final UpdateRings rings,
            final long number,
            final long revision,
            final Status oldStatus,
            final double oldValue,
            final Status newStatus,
            final double newValue) {
        update.putLong(NUMBER_OFFSET, number);
        update.putLong(REVISION_OFFSET, revision);
        update.putByte(OLD_STATUS_OFFSET, (byte) oldStatus.ordinal());
        update.putDouble(OLD_VALUE_OFFSET, oldValue);
        update.putByte(NEW_STATUS_OFFSET, (byte) newStatus.ordinal());
        update.putDouble(NEW_VALUE_OFFSET, newValue);
        rings.offer(update);
    }
}
