package io.tollgate.core.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** An episode of back pressure: from the first offer that found the ring full to the next offer that was taken. */
@Name("io.tollgate.BackPressure")
@Label("Back Pressure")
@Description("The ring was full: from the first offer that was not taken to the next one that was")
public final class BackPressureEvent extends EngineEvent {
    @Label("Refused Offers")
    @Description("Offers of all producers that ended as BACK_PRESSURED")
    private long refusedOffers;

    /** Ends the event. */
    public void end(final long offers) {
        if (isTaken()) {
            refusedOffers = offers;
            commit();
        }
    }
}
