package io.tollgate.core.watch;

import io.tollgate.api.series.Status;
import io.tollgate.api.watch.UpdateType;
import java.util.Arrays;

/** The events that a watch on a panel has to tell, until they are logged. In arrays that grow. Used by one thread. */
final class PanelEvents implements WatchEvaluator.Teller {
    private UpdateType[] types = new UpdateType[8];
    private long[] instants = new long[8];
    private Status[] oldStatuses = new Status[8];
    private double[] oldValues = new double[8];
    private Status[] newStatuses = new Status[8];
    private double[] newValues = new double[8];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    @Override
    public void tell(
            final UpdateType type,
            final long instantNs,
            final Status oldStatus,
            final double oldValue,
            final Status newStatus,
            final double newValue) {
        if (count == types.length) {
            types = Arrays.copyOf(types, 2 * count);
            instants = Arrays.copyOf(instants, 2 * count);
            oldStatuses = Arrays.copyOf(oldStatuses, 2 * count);
            oldValues = Arrays.copyOf(oldValues, 2 * count);
            newStatuses = Arrays.copyOf(newStatuses, 2 * count);
            newValues = Arrays.copyOf(newValues, 2 * count);
        }
        types[count] = type;
        instants[count] = instantNs;
        oldStatuses[count] = oldStatus;
        oldValues[count] = oldValue;
        newStatuses[count] = newStatus;
        newValues[count++] = newValue;
    }

    UpdateType type(final int index) {
        return types[index];
    }

    long instantNs(final int index) {
        return instants[index];
    }

    Status oldStatus(final int index) {
        return oldStatuses[index];
    }

    double oldValue(final int index) {
        return oldValues[index];
    }

    Status newStatus(final int index) {
        return newStatuses[index];
    }

    double newValue(final int index) {
        return newValues[index];
    }
}
