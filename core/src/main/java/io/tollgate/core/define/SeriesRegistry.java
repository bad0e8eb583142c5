package io.tollgate.core.define;

import io.tollgate.api.DiskFullException;
import io.tollgate.api.LimitExceededException;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesPolicies;
import io.tollgate.api.series.Window;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.operation.WindowDefinitionOperation;
import io.tollgate.core.read.SeriesHandle;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.store.registration.WindowCodes;
import java.util.Optional;
import java.util.StringJoiner;

/** The series of an engine by key and number. Engine thread only. */
public final class SeriesRegistry {
    private static final long ABSENT = -1;

    private final SeriesStore store;
    private final OperationJournal journal;
    private final long maxSeriesCount;
    private final Runnable clockJournal;
    private final SeriesDefinitionOperation seriesOperation = new SeriesDefinitionOperation();
    private final WindowDefinitionOperation windowOperation = new WindowDefinitionOperation();

    /**
     * Creates the registry.
     *
     * @param clockJournal journals the clock if there is a subscription, because subscribers follow a new series from
     *     its definition on.
     */
    public SeriesRegistry(
            final SeriesStore store,
            final OperationJournal journal,
            final long maxSeriesCount,
            final Runnable clockJournal) {
        this.store = store;
        this.journal = journal;
        this.maxSeriesCount = maxSeriesCount;
        this.clockJournal = clockJournal;
    }

    /**
     * Defines a series, or finds it if it has the same definition. Windows that are not registered yet are registered.
     */
    public Series define(final SeriesDefinition definition) {
        final long found = store.find(definition.key());
        return found == ABSENT ? defineNew(definition) : extend(found, definition);
    }

    private Series defineNew(final SeriesDefinition definition) {
        final String key = definition.key();
        final Registered before = store.registrations().of(key);
        final Registered added = registeredOf(definition).without(before);
        final Registered all = before.with(added);
        requirePossible(key, all, added);
        requireSpaceForSeries(key, added.windows().size());
        final long number = store.seriesCount();
        log(number, Optional.of(definition), added);
        return store.origin().handle(number, all == added ? definition : with(definition, all));
    }

    private static SeriesDefinition with(final SeriesDefinition definition, final Registered all) {
        return new SeriesDefinition(
                definition.key(),
                definition.kind(),
                definition.unit(),
                definition.scale(),
                definition.policies(),
                all.windows(),
                all.keepsShapes());
    }

    /** Adds the windows and shapes of a definition to an existing series, if the rest of the definition is equal. */
    private Series extend(final long number, final SeriesDefinition definition) {
        final Series series = find(number).orElseThrow();
        requireSame(definition, series.definition());
        final Registered before = registeredOf(series.definition());
        final Registered added = registeredOf(definition).without(before);
        if (added.isNothing()) {
            return series;
        }
        final String key = definition.key();
        requirePossible(key, before.with(added), added);
        if (!store.blocks().hasSpace(added.windows().size() + 1)) {
            throw full(key);
        }
        log(number, Optional.empty(), added);
        return find(number).orElseThrow();
    }

    private void requirePossible(final String key, final Registered all, final Registered added) {
        if (all.windows().size() > SeriesDefinition.MAX_WINDOWS) {
            WindowRegistrar.requireWindowCount("series=" + key, all);
        }
        final int length =
                SeriesDefinitionOperation.MAX_LENGTH + (added.windows().size() + 1) * WindowDefinitionOperation.LENGTH;
        if (!journal.reserveForCommand(length)) {
            journal.requireForCommand("series=" + key, length);
        }
    }

    /** Logs and applies a definition, and what it registers. */
    private void log(final long number, final Optional<SeriesDefinition> definition, final Registered added) {
        try {
            clockJournal.run();
            journal.commit();
            if (definition.isPresent()) {
                encode(number, definition.get());
            }
            encode(number, added);
            journal.commit();
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
    }

    private static Registered registeredOf(final SeriesDefinition definition) {
        return new Registered(definition.windows(), definition.keepsShapes());
    }

    private void requireSpaceForSeries(final String key, final int windowCount) {
        if (store.seriesCount() >= maxSeriesCount) {
            throw new LimitExceededException(
                    subject(key) + ", expected room for one more within maxSeriesCount=" + maxSeriesCount
                            + "; raise the limit",
                    "maxSeriesCount",
                    maxSeriesCount);
        }
        if (!store.hasSpaceForSeries(key, windowCount)) {
            throw full(key);
        }
    }

    private DiskFullException full(final String key) {
        return new DiskFullException(subject(key), "expected room for one more series; make room, and call again");
    }

    private String subject(final String key) {
        return "series=" + key + " seriesCount=" + store.seriesCount();
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
    }

    private void encode(final long number, final Registered added) {
        for (final Window window : added.windows()) {
            windowOperation.encode(journal.buffer(), journal.offset(), number, 0);
            WindowCodes.put(journal.buffer(), windowOperation.windowOffset(), window);
            journal.add();
        }
        if (added.keepsShapes()) {
            windowOperation.encode(
                    journal.buffer(), journal.offset(), number, SeriesRecordDescriptor.MOMENTS_OF_SHAPES);
            journal.add();
        }
    }

    /** Finds a series by its key. */
    public Optional<Series> find(final String key) {
        return find(store.find(key));
    }

    /** Finds a series by number. A series that is being defined has a record but no key yet. */
    public Optional<Series> find(final long number) {
        final long address = store.isNamed(number) ? store.recordAddress(number) : 0;
        if (address == 0) {
            return Optional.empty();
        }
        final SeriesRecord record = new SeriesRecord().wrap(address);
        final Registered registered = store.registeredOf(record);
        return Optional.of(SeriesHandle.of(
                store.origin(), record, number, store.keyOf(number), registered.windows(), registered.keepsShapes()));
    }

    private static void requireSame(final SeriesDefinition wanted, final SeriesDefinition found) {
        final StringJoiner is = new StringJoiner(" ");
        final StringJoiner asked = new StringJoiner(" ");
        compare("kind", found.kind(), wanted.kind(), is, asked);
        compare("unit", found.unit(), wanted.unit(), is, asked);
        compare("scale", found.scale(), wanted.scale(), is, asked);
        compare("duplicates", found.policies().duplicates(), wanted.policies().duplicates(), is, asked);
        compare("heartbeatNs", found.policies().heartbeatNs(), wanted.policies().heartbeatNs(), is, asked);
        compare("lifeStartNs", found.policies().lifeStartNs(), wanted.policies().lifeStartNs(), is, asked);
        compare("period", found.policies().period(), wanted.policies().period(), is, asked);
        if (is.length() > 0) {
            throw new IllegalStateException("series=" + wanted.key() + " is defined with " + is + ", expected " + asked
                    + " as asked for; give the same definition but for its windows, or define another key");
        }
    }

    private static void compare(
            final String name,
            final Object found,
            final Object wanted,
            final StringJoiner is,
            final StringJoiner asked) {
        if (!found.equals(wanted)) {
            is.add(name + '=' + text(found));
            asked.add(name + '=' + text(wanted));
        }
    }

    private static Object text(final Object value) {
        final Object shown = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return shown == null || shown.equals(Instants.NONE) ? "none" : shown;
    }
}
