package io.tollgate.api;

import io.tollgate.api.admin.RefusalReason;

/**
 * The disk has no room for what the call would write. Nothing was done: make some room, and call again. Points that
 * find no room are refused ({@link RefusalReason#DISK_FULL}).
 */
public final class DiskFullException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** The operation that found no room. */
    private final String subject;

    /**
     * A disk that is full.
     *
     * @param subject for which there is no room, as {@code series=tariff.US}.
     * @param advice  for people.
     */
    public DiskFullException(final String subject, final String advice) {
        super(subject + " disk=full, " + advice);
        this.subject = subject;
    }

    /**
     * The operation that found no room.
     *
     * @return its kind and name, as {@code series=tariff.US}.
     */
    public String subject() {
        return subject;
    }
}
