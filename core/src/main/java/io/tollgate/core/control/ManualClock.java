package io.tollgate.core.control;

import io.tollgate.api.DiskFullException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Instants;
import io.tollgate.core.writer.EngineWriter;

/** Advances the clock of an engine manually. Control threads. */
public record ManualClock(ClockMode mode, EngineWriter writer, CommandInvoker calls) {
    public void advanceTo(final long instantNs) {
        Instants.requireInRange(instantNs);
        if (mode != ClockMode.MANUAL) {
            throw new IllegalStateException("clockMode=" + mode
                    + ", expected MANUAL: in the other modes time comes from the clock or the points");
        }
        calls.run("advanceTo", () -> {
            if (!writer.hasSpaceToAdvance()) {
                throw new DiskFullException(
                        "instantNs=" + instantNs, "expected room in the log; make some, and call again");
            }
            writer.advanceTo(instantNs);
        });
    }
}
