package io.tollgate.api.licence;

/** The denominator of an approval rate. The three give very different rates, so the caller must choose. */
public enum Denominator {
    /** Cases decided, {@code A / (A + D)}: approvals and denials. */
    DECIDED,
    /** Cases closed by the authority, {@code A / (A + D + R)}: also those returned without action. */
    CLOSED,
    /** Applications received in the same window, {@code A / N}. */
    RECEIVED
}
