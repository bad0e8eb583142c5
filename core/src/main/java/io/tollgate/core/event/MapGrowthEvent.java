package io.tollgate.core.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The making of a further map of a store. */
@Name("io.tollgate.MapGrowth")
@Label("Map Growth")
@Description("A further map of a store was made. On the thread of the engine, points waited for it")
public final class MapGrowthEvent extends EngineEvent {
    @Label("Map")
    @Description("Name and index of the map, as of its file")
    private String map;

    @Label("Entries")
    @Description("Entries for which the map has room")
    private long entries;

    @Label("Bytes")
    @Description("Memory or disk space that the map takes")
    @DataAmount
    private long bytes;

    static MapGrowthEvent begun() {
        final MapGrowthEvent event = new MapGrowthEvent();
        return event.tryBegin() ? event : null;
    }

    /** Ends the event. */
    public void end(final String chain, final int index, final long mapEntries, final long length) {
        if (isTaken()) {
            map = chain + '-' + index;
            entries = mapEntries;
            bytes = length;
            commit();
        }
    }
}
