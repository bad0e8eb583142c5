package io.tollgate.core;

import io.tollgate.api.Status;
import io.tollgate.api.Update;
import io.tollgate.api.UpdateCause;
import io.tollgate.api.UpdateHandler;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.UpdateType;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class UpdateRecorder implements UpdateHandler {
    /** All of an update; doubles by their bits, so that NaN equals NaN. */
    record Told(
            long number,
            long seriesNumber,
            UpdateType type,
            int metricIndex,
            int watchIndex,
            long revision,
            UpdateCause cause,
            long sequence,
            long atNs,
            long validTimeNs,
            long knowledgeTimeNs,
            long reference,
            Status oldStatus,
            Double oldValue,
            Status newStatus,
            Double newValue,
            long oldScaledValue,
            long newScaledValue) {
        static Told of(final Update update) {
            return new Told(
                    update.number(),
                    update.seriesNumber(),
                    update.type(),
                    update.metricIndex(),
                    update.watchIndex(),
                    update.revision(),
                    update.cause(),
                    update.sequence(),
                    update.atNs(),
                    update.validTimeNs(),
                    update.knowledgeTimeNs(),
                    update.reference(),
                    update.oldStatus(),
                    update.oldValue(),
                    update.newStatus(),
                    update.newValue(),
                    update.oldScaledValue(),
                    update.newScaledValue());
        }

        /** For example {@code POINT at=5 EMPTY NaN -> OK 3.0}. */
        String change() {
            return cause + " at=" + atNs + " " + oldStatus + " " + oldValue + " -> " + newStatus + " " + newValue;
        }
    }

    /** A gap. */
    record Gap(long firstNumber, long lastNumber) {}

    private final List<Told> told = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    @Override
    public void onUpdate(final Update update) {
        told.add(Told.of(update));
    }

    @Override
    public void onGap(final long firstNumber, final long lastNumber) {
        gaps.add(new Gap(firstNumber, lastNumber));
    }

    /** Takes all there is. */
    UpdateRecorder drain(final UpdateQueue queue) {
        while (queue.poll(this, 100) > 0) {
            Thread.onSpinWait();
        }
        return this;
    }

    List<Told> told() {
        return told;
    }

    List<Gap> gaps() {
        return gaps;
    }

    /** What has changed, in words; and forgets it. */
    List<String> changes() {
        final List<String> changes = told.stream().map(Told::change).toList();
        told.clear();
        return changes;
    }
}
