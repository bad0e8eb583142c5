package io.tollgate.api.licence;

/** What happens to an application, and to the licence that comes of it. */
public enum LicenceEventKind {
    /** An application came in: it is pending. */
    RECEIVED("received"),
    /** Approved: a licence is in force. */
    ISSUED("issued"),
    /** Denied. */
    REFUSED("refused"),
    /** Returned without action: closed, and not decided. */
    RETURNED("returned"),
    /** Taken back by the applicant: closed. */
    WITHDRAWN("withdrawn"),
    /** A licence was taken away. */
    REVOKED("revoked"),
    /** A licence ran out. */
    EXPIRED("expired");

    private final String segment;

    LicenceEventKind(final String segment) {
        this.segment = segment;
    }

    /**
     * The last segment of the key of its series.
     *
     * @return the kind in small letters.
     */
    public String segment() {
        return segment;
    }

    /**
     * Whether the authority is done with an application.
     *
     * @return true for ISSUED, REFUSED and RETURNED.
     */
    public boolean isClosedByAuthority() {
        return this == ISSUED || this == REFUSED || this == RETURNED;
    }

    /**
     * Whether an application is no longer pending.
     *
     * @return true also for WITHDRAWN.
     */
    public boolean isClosing() {
        return isClosedByAuthority() || this == WITHDRAWN;
    }

    /**
     * Whether a licence is no longer in force.
     *
     * @return true for REVOKED and EXPIRED.
     */
    public boolean isEndOfLicence() {
        return this == REVOKED || this == EXPIRED;
    }
}
