package io.tollgate.data;

/** Receives the refused rows of a load, on the thread that loads. */
@FunctionalInterface
public interface RejectHandler {
    /**
     * Receives a refused row.
     *
     * @param isOfSeries true for a row of the file of series, false for one of the file of versions.
     * @param rowNumber  number of the line or row.
     * @param reason     one word, such as UNREADABLE or KNOWLEDGE_DECREASES.
     * @param message    the fault and the expected content.
     * @param rowText    the row as text.
     */
    void refused(boolean isOfSeries, long rowNumber, String reason, String message, String rowText);
}
