package io.tollgate.core.event;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.StackTrace;

/** An event of an engine. It may be begun and ended again and again, by one thread at a time. */
@Category("Tollgate")
@StackTrace(false)
abstract class EngineEvent extends Event {
    /** Begins the event if a recording has it enabled, and returns false otherwise. */
    public final boolean tryBegin() {
        if (!isEnabled()) {
            return false;
        }
        begin();
        return true;
    }

    /** Ends the time of the event, and returns true if a recording takes an event of this length. */
    final boolean isTaken() {
        end();
        return shouldCommit();
    }
}
