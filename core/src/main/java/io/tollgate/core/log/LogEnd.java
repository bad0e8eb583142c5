package io.tollgate.core.log;

/** The way in which a replay ended. */
public enum LogEnd {
    /** All bytes after the last frame are zero. */
    CLEAN,

    /**
     * The bytes after the last frame are not zero and no valid frame follows them. The cause is a partly written
     * append, or damage to the last frames. Only a durable sequence recorded elsewhere can distinguish the two.
     */
    TORN_TAIL,

    /** Requested records are missing, and valid records with later sequences follow. */
    GAP
}
