package io.tollgate.api.licence;

/** Kinds of event of an application and its licence. */
public enum LicenceEventKind {
    /** An application was received and is pending. */
    RECEIVED("received"),
    /** The application was approved; a licence is in force. */
    ISSUED("issued"),
    /** The application was denied. */
    REFUSED("refused"),
    /** The application was returned without action: closed, but not decided. */
    RETURNED("returned"),
    /** The applicant withdrew the application: closed. */
    WITHDRAWN("withdrawn"),
    /** A licence was revoked. */
    REVOKED("revoked"),
    /** A licence expired. */
    EXPIRED("expired");

    private final String segment;

    LicenceEventKind(final String segment) {
        this.segment = segment;
    }

    /** {@return the last segment of the key of its series: the kind in small letters} */
    public String segment() {
        return segment;
    }

    /** {@return true if the authority has finished the application: ISSUED, REFUSED and RETURNED} */
    public boolean isClosedByAuthority() {
        return this == ISSUED || this == REFUSED || this == RETURNED;
    }

    /** {@return true if the application is no longer pending: ISSUED, REFUSED, RETURNED and WITHDRAWN} */
    public boolean isClosing() {
        return isClosedByAuthority() || this == WITHDRAWN;
    }

    /** {@return true if the licence is no longer in force: REVOKED and EXPIRED} */
    public boolean isEndOfLicence() {
        return this == REVOKED || this == EXPIRED;
    }
}
