package io.tollgate.core.read;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.SeriesOrigin;
import io.tollgate.api.series.SeriesPolicies;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.store.block.SeriesRecord;
import java.util.List;
import java.util.Optional;

/** Creates the handle of a series from its record in the store. */
public final class SeriesHandle {
    private SeriesHandle() {}

    /**
     * Returns the handle of the series of a record. The series must not be in the middle of its definition.
     *
     * @throws IllegalStateException if the record is invalid or belongs to another series.
     */
    public static Series of(
            final SeriesOrigin origin,
            final SeriesRecord record,
            final long number,
            final String key,
            final List<Window> windows,
            final boolean keepsShapes) {
        if (record.seriesNumber() != number) {
            throw new DirectoryDamagedException("seriesNumber=" + number + " has the record of seriesNumber="
                    + record.seriesNumber() + "; restore the data directory");
        }
        final SeriesDefinition definition;
        try {
            definition = new SeriesDefinition(
                    key,
                    SeriesKind.of(record.kind()),
                    new Unit(record.unitName()),
                    record.scale(),
                    policiesOf(record),
                    windows,
                    keepsShapes);
        } catch (final IllegalArgumentException e) {
            throw new DirectoryDamagedException(
                    "seriesNumber=" + number + " has a damaged record: " + e.getMessage()
                            + "; restore the data directory",
                    e);
        }
        return origin.handle(number, definition);
    }

    private static SeriesPolicies policiesOf(final SeriesRecord record) {
        return new SeriesPolicies(
                record.duplicatePolicy(),
                record.heartbeatNs(),
                record.lifeStart(),
                record.periodCode() == 0 ? Optional.empty() : Optional.of(ReportingPeriod.ofCode(record.periodCode())));
    }
}
