package io.tollgate.core.watch;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.UpdateType;
import org.agrona.DirectBuffer;

/** An update in a buffer, in the layout of {@link UpdateDescriptor}. Used by one thread. */
final class UpdateFlyweight implements Update {
    private static final Status[] STATUSES = Status.values();

    private final DirectBuffer buffer;

    UpdateFlyweight(final DirectBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public long number() {
        return buffer.getLong(UpdateDescriptor.NUMBER_OFFSET);
    }

    @Override
    public long seriesNumber() {
        return buffer.getLong(UpdateDescriptor.SERIES_NUMBER_OFFSET);
    }

    @Override
    public UpdateType type() {
        return UpdateType.of(buffer.getByte(UpdateDescriptor.TYPE_OFFSET));
    }

    @Override
    public int watchIndex() {
        return buffer.getInt(UpdateDescriptor.WATCH_INDEX_OFFSET);
    }

    @Override
    public int metricIndex() {
        return buffer.getInt(UpdateDescriptor.METRIC_INDEX_OFFSET);
    }

    @Override
    public long revision() {
        return buffer.getLong(UpdateDescriptor.REVISION_OFFSET);
    }

    @Override
    public UpdateCause cause() {
        return UpdateCause.of(buffer.getByte(UpdateDescriptor.CAUSE_OFFSET));
    }

    @Override
    public long sequence() {
        return buffer.getLong(UpdateDescriptor.SEQUENCE_OFFSET);
    }

    @Override
    public long atNs() {
        return buffer.getLong(UpdateDescriptor.AT_OFFSET);
    }

    @Override
    public long validTimeNs() {
        return buffer.getLong(UpdateDescriptor.VALID_TIME_OFFSET);
    }

    @Override
    public long knowledgeTimeNs() {
        return buffer.getLong(UpdateDescriptor.KNOWLEDGE_TIME_OFFSET);
    }

    @Override
    public long reference() {
        return buffer.getLong(UpdateDescriptor.REFERENCE_OFFSET);
    }

    @Override
    public Status oldStatus() {
        return STATUSES[buffer.getByte(UpdateDescriptor.OLD_STATUS_OFFSET)];
    }

    @Override
    public double oldValue() {
        return buffer.getDouble(UpdateDescriptor.OLD_VALUE_OFFSET);
    }

    @Override
    public Status newStatus() {
        return STATUSES[buffer.getByte(UpdateDescriptor.NEW_STATUS_OFFSET)];
    }

    @Override
    public double newValue() {
        return buffer.getDouble(UpdateDescriptor.NEW_VALUE_OFFSET);
    }

    @Override
    public long oldScaledValue() {
        return buffer.getLong(UpdateDescriptor.OLD_SCALED_OFFSET);
    }

    @Override
    public long newScaledValue() {
        return buffer.getLong(UpdateDescriptor.NEW_SCALED_OFFSET);
    }

    /** {@return the update on one line, with instants in UTC} */
    @Override
    public String toString() {
        return "Update[number=" + number() + ' ' + type() + " seriesNumber=" + seriesNumber() + " metricIndex="
                + metricIndex() + " watchIndex=" + watchIndex() + " revision=" + revision() + " cause=" + cause()
                + " sequence=" + sequence() + " at=" + text(atNs()) + " validTime=" + text(validTimeNs())
                + " knowledgeTime=" + text(knowledgeTimeNs()) + ' ' + oldStatus() + ' ' + oldValue() + " -> "
                + newStatus() + ' ' + newValue() + ']';
    }

    private static String text(final long instantNs) {
        return instantNs == Instants.NONE ? "none" : Instants.format(instantNs);
    }
}
