package io.tollgate.api.licence;

/** Of what an approval rate is a share: the three give very different numbers, so it must be said. */
public enum Denominator {
    /** Of the cases decided: {@code A / (A + D)}, approvals and denials. */
    DECIDED,
    /** Of the cases that the authority closed: {@code A / (A + D + R)}, those returned without action too. */
    CLOSED,
    /** Of the applications received in the same window: {@code A / N}. */
    RECEIVED
}
