package io.tollgate.api;

import io.tollgate.api.admin.RefusalReason;

/**
 * The disk has no space for an operation. The operation had no effect: free some space and repeat the call. Points that
 * do not fit are refused with {@link RefusalReason#DISK_FULL}.
 */
public final class DiskFullException extends TollgateException {
    private static final long serialVersionUID = 1;

    /** Kind and name of the operation that failed. */
    private final String subject;

    /**
     * Creates the exception.
     *
     * @param subject the operation that failed, for example {@code series=tariff.US}.
     * @param advice  the end of the message: the action to take.
     */
    public DiskFullException(final String subject, final String advice) {
        super(subject + " disk=full, " + advice);
        this.subject = subject;
    }

    /** {@return kind and name of the operation that failed, for example {@code series=tariff.US}} */
    public String subject() {
        return subject;
    }
}
