package io.tollgate.core;

import io.tollgate.api.FlowSeries;
import io.tollgate.api.ReportingPeriod;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.SeriesKind;
import io.tollgate.api.SeriesPolicies;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.core.store.SeriesRecord;
import java.util.List;
import java.util.Optional;

/** What a program holds of a series, made from what the store has of it. */
final class SeriesHandle {
    private SeriesHandle() {}

    /** The handle of the series of a record, which is not being defined. */
    static Series of(
            final SeriesRecord record, final String key, final List<Window> windows, final boolean keepsShapes) {
        final SeriesDefinition definition = new SeriesDefinition(
                key,
                SeriesKind.of(record.kind()),
                new Unit(record.unitName()),
                record.scale(),
                policiesOf(record),
                windows,
                keepsShapes);
        return definition.kind() == SeriesKind.STEP
                ? new StepSeries(record.seriesNumber(), definition)
                : new FlowSeries(record.seriesNumber(), definition);
    }

    private static SeriesPolicies policiesOf(final SeriesRecord record) {
        return new SeriesPolicies(
                record.duplicatePolicy(),
                record.heartbeatNs(),
                record.lifeStart(),
                record.periodCode() == 0 ? Optional.empty() : Optional.of(ReportingPeriod.ofCode(record.periodCode())));
    }
}
