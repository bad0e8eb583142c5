package io.tollgate.data;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;

/**
 * The result of a dump.
 *
 * @param seriesCount     number of series.
 * @param versionCount    number of versions.
 * @param incompleteCount number of series of which all versions were requested, and some had been deleted before.
 * @param horizonNs       the latest {@linkplain Retention retention horizon} of these series in ns,
 *                        {@link Instants#NONE} if none is incomplete.
 */
public record DumpReport(long seriesCount, long versionCount, long incompleteCount, long horizonNs) {}
