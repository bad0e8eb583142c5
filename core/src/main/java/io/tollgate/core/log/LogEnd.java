package io.tollgate.core.log;

/** How a replay came to its end. */
public enum LogEnd {
    /** All bytes behind the last frame are zero. */
    CLEAN,

    /**
     * Behind the last frame stands something that is no valid frame, and no valid frame follows: an append the disk got
     * in part, or damage to the last frames. Which of the two it is only a durable sequence noted elsewhere can tell.
     */
    TORN_TAIL,

    /** Records that were to be replayed are missing, and valid ones with later sequences follow. */
    GAP
}
