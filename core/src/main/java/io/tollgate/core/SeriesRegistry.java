package io.tollgate.core;

import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.ReportingPeriod;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.SeriesKind;
import io.tollgate.api.SeriesPolicies;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.api.Window;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.operation.WindowDefinitionOperation;
import io.tollgate.core.store.SeriesRecord;
import io.tollgate.core.store.SeriesRecordDescriptor;
import io.tollgate.core.store.ShardStore;
import io.tollgate.core.store.WindowSetDescriptor;
import java.util.List;
import java.util.Optional;

/** The series of an engine by key and number. Defining is for the engine's thread, finding for any. */
final class SeriesRegistry {
    private final ShardStore store;
    private final OperationJournal journal;
    private final Limits limits;
    private final SeriesDefinitionOperation seriesOperation = new SeriesDefinitionOperation();
    private final WindowDefinitionOperation windowOperation = new WindowDefinitionOperation();

    SeriesRegistry(final ShardStore store, final OperationJournal journal, final Limits limits) {
        this.store = store;
        this.journal = journal;
        this.limits = limits;
    }

    /** Defines a series, or finds it where it is defined the same way. */
    Series define(final SeriesDefinition definition) {
        final Optional<Series> existing = find(definition.key());
        if (existing.isPresent()) {
            requireSame(definition, existing.get().definition());
            return existing.get();
        }
        final long number = store.seriesCount();
        if (number >= limits.maxSeriesCount()
                || !store.hasRoomForSeries(definition.windows().size())) {
            throw new IllegalStateException("series=" + definition.key() + " seriesCount=" + number
                    + ", expected room for one more within maxSeriesCount=" + limits.maxSeriesCount()
                    + " and the disk; raise the limit, or make room");
        }
        try {
            encode(number, definition);
            journal.commit();
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
        return handle(number, definition);
    }

    private void encode(final long number, final SeriesDefinition definition) {
        final SeriesPolicies policies = definition.policies();
        seriesOperation
                .encode(
                        journal.buffer(),
                        journal.offset(),
                        number,
                        definition.unit().name(),
                        definition.key())
                .kind(definition.kind().code())
                .scale(definition.scale())
                .duplicatePolicy(policies.duplicates().code())
                .openEnd(policies.heartbeatNs() == 0 ? SeriesRecordDescriptor.EXTEND : SeriesRecordDescriptor.UNKNOWN)
                .heartbeatNs(policies.heartbeatNs())
                .lifeStart(policies.lifeStartNs())
                .periodCode(policies.period().map(ReportingPeriod::code).orElse(0L));
        journal.add();
        for (final Window window : definition.windows()) {
            windowOperation.encode(
                    journal.buffer(),
                    journal.offset(),
                    number,
                    WindowSetDescriptor.TYPE_SLIDING,
                    WindowSetDescriptor.CLOSED_RIGHT,
                    WindowSetDescriptor.MOMENTS_TO_SECOND,
                    ((Window.Sliding) window).lengthNs(),
                    0);
            journal.add();
        }
    }

    /** Finds a series by its key. */
    Optional<Series> find(final String key) {
        return find(store.find(key));
    }

    /** Finds a series by its number. */
    Optional<Series> find(final long number) {
        final long address = store.recordAddress(number);
        if (address == 0) {
            return Optional.empty();
        }
        final SeriesRecord record = new SeriesRecord().wrap(address);
        final List<Window> windows = store.windowLengths(record).stream()
                .<Window>map(Window::slidingNs)
                .toList();
        return Optional.of(handle(
                number,
                new SeriesDefinition(
                        store.keyOf(number),
                        SeriesKind.of(record.kind()),
                        new Unit(record.unitName()),
                        record.scale(),
                        policiesOf(record),
                        windows)));
    }

    private static SeriesPolicies policiesOf(final SeriesRecord record) {
        return new SeriesPolicies(
                DuplicatePolicy.of(record.duplicatePolicy()),
                record.heartbeatNs(),
                record.lifeStart(),
                record.periodCode() == 0 ? Optional.empty() : Optional.of(ReportingPeriod.ofCode(record.periodCode())));
    }

    private static Series handle(final long number, final SeriesDefinition definition) {
        return definition.kind() == SeriesKind.STEP
                ? new StepSeries(number, definition)
                : new FlowSeries(number, definition);
    }

    private static void requireSame(final SeriesDefinition wanted, final SeriesDefinition found) {
        if (!wanted.equals(found)) {
            throw new IllegalStateException("series=" + wanted.key() + " is defined as " + found + ", expected "
                    + wanted + "; give the same definition, or define another key");
        }
    }
}
