package io.tollgate.data;

/**
 * The result of a load.
 *
 * @param seriesCount    number of series that were found or defined.
 * @param rowCount       number of rows of the file of versions.
 * @param unchangedCount number of these rows that repeated what the engine held.
 * @param refusedCount   number of refused rows of both files. A row is refused as well if only its withdrawal was.
 */
public record LoadReport(long seriesCount, long rowCount, long unchangedCount, long refusedCount) {}
