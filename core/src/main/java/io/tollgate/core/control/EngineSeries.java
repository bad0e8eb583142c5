package io.tollgate.core.control;

import io.tollgate.api.SeriesCatalog;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.config.ValidTimeCheck;
import io.tollgate.core.define.DefinitionRun;
import io.tollgate.core.define.SeriesCloser;
import io.tollgate.core.define.SeriesRegistry;
import io.tollgate.core.define.WindowRegistrar;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.store.KnownHandles;
import io.tollgate.core.writer.EngineCommand;
import io.tollgate.core.writer.EngineWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The series of an engine, as control threads see them. */
public final class EngineSeries implements SeriesCatalog {
    private static final String DEFINE = "define";
    private static final String CLOSE = "closeSeries";

    private final SeriesRegistry registry;
    private final WindowRegistrar registrar;
    private final EnginePanels panels;
    private final HistoryRetainer retainer;
    private final SeriesCloser closer;
    private final GroupStates groups;
    private final KnownHandles handles;
    private final CommandInvoker calls;
    private final ValidTimeCheck times;
    private final Object closingLock = new Object();

    public EngineSeries(
            final EngineWriter writer,
            final EnginePanels panels,
            final KnownHandles handles,
            final CommandInvoker calls,
            final ValidTimeCheck times) {
        registry = writer.registry();
        registrar = writer.registrar();
        this.panels = panels;
        retainer = new HistoryRetainer(writer, calls);
        closer = writer.closer();
        groups = writer.groups();
        this.handles = handles;
        this.calls = calls;
        this.times = times;
    }

    /** Defines a series of a kind, or finds it if it has the same definition. */
    public Series define(final SeriesDefinition definition, final SeriesKind expected) {
        Objects.requireNonNull(definition, "definition=null, expected the definition of a series");
        if (definition.kind() != expected) {
            throw new IllegalArgumentException(
                    "series=" + definition.key() + " kind=" + definition.kind() + ", expected " + expected);
        }
        requireLifeStart(definition);
        return calls.call(DEFINE, () -> registry.define(definition));
    }

    @Override
    public List<Series> define(final List<SeriesDefinition> definitions) {
        Objects.requireNonNull(definitions, "definitions=null, expected those of series");
        final List<SeriesDefinition> copy = List.copyOf(definitions);
        copy.forEach(this::requireLifeStart);
        final DefinitionRun run = new DefinitionRun(registry, copy);
        return calls.call(DEFINE, new EngineCommand<>(run, run::defined));
    }

    private void requireLifeStart(final SeriesDefinition definition) {
        final long lifeStartNs = definition.policies().lifeStartNs();
        if (times.isImplausible(lifeStartNs)) {
            times.require("series=" + definition.key() + " lifeStart", lifeStartNs);
        }
    }

    @Override
    public Optional<Series> find(final String key) {
        Objects.requireNonNull(key, "key=null, expected the key of a series");
        return calls.callOrRun(() -> registry.find(key));
    }

    @Override
    public Optional<Series> find(final long number) {
        return calls.callOrRun(() -> registry.find(number));
    }

    @Override
    public void register(final WindowRegistration registration) {
        Objects.requireNonNull(registration, "registration=null, expected windows by pattern");
        calls.call("register", new EngineCommand<>(registrar.check(registration), () -> {
            registrar.register(registration);
            return registration;
        }));
    }

    @Override
    public void register(final Group group) {
        Objects.requireNonNull(group, "group=null, expected a group of series of this engine");
        panels.register(group);
    }

    @Override
    public void register(final Hierarchy hierarchy) {
        Objects.requireNonNull(hierarchy, "hierarchy=null, expected a hierarchy of series of this engine");
        panels.register(hierarchy);
    }

    @Override
    public long retain(final String pattern, final Retention retention) {
        Objects.requireNonNull(pattern, "pattern=null, expected a pattern of keys");
        Objects.requireNonNull(retention, "retention=null, expected a retention");
        return retainer.retain(pattern, retention);
    }

    /**
     * Closes a series. Before that, the link to its predecessor is recorded in the successor. The link becomes valid
     * only with the close, so a crash in between leaves no half-closed series.
     */
    @Override
    public void close(final Series series, final LifeEnd end) {
        Objects.requireNonNull(series, "series=null, expected a series of this engine");
        Objects.requireNonNull(end, "end=null, expected the end of its life");
        handles.requireKnown(series);
        times.require("series=" + series.key() + " lifeEnd", end.instantNs());
        end.successor().ifPresent(next -> requireSuits(series, next));
        calls.requireOutside(CLOSE);
        synchronized (closingLock) {
            final boolean isClosed = calls.call(CLOSE, () -> {
                closer.requirePossible(series, end);
                return closer.isClosed(series);
            });
            if (isClosed) {
                if (!isNewSuccessor(series, end)) {
                    return;
                }
                calls.run(CLOSE, () -> closer.requireKnown(series, end));
            }
            if (end.successor().isPresent()) {
                follow(end.successor().get(), series, end);
            }
            calls.run(CLOSE, () -> closer.close(series, end));
        }
    }

    /** Returns true if a closed series gets a new successor; refuses a second successor. */
    private boolean isNewSuccessor(final Series series, final LifeEnd end) {
        if (end.successor().isEmpty()) {
            return false;
        }
        final Series next = end.successor().get();
        final long successor = successorOf(series.number());
        if (successor == Series.NO_NUMBER || predecessorOf(successor) != series.number()) {
            return true;
        }
        if (successor != next.number()) {
            throw new IllegalStateException("series=" + series.key() + " successor=" + next.key()
                    + " is followed by seriesNumber=" + successor + " already, expected one successor");
        }
        return false;
    }

    private void requireSuits(final Series series, final Series next) {
        handles.requireKnown(next);
        if (next.number() == series.number()
                || next.definition().kind() != series.definition().kind()) {
            throw new IllegalArgumentException("series=" + series.key() + " kind="
                    + series.definition().kind() + " successor=" + next.key() + " kind="
                    + next.definition().kind() + ", expected another series of the same kind");
        }
    }

    private void follow(final Series next, final Series series, final LifeEnd end) {
        final long before = calls.call(CLOSE, () -> {
            closer.requireOpen(next);
            return closer.predecessor(next.number());
        });
        if (before == series.number()) {
            return;
        }
        if (before != Series.NO_NUMBER && successorOf(before) == next.number()) {
            throw new IllegalStateException("successor=" + next.key() + " follows seriesNumber=" + before
                    + " already, expected a series without a predecessor; define a new series to follow "
                    + series.key());
        }
        calls.run(CLOSE, () -> closer.follow(next, series, end));
    }

    /**
     * Returns the successor recorded in the end of a series. The link is valid only if {@link #predecessorOf} agrees.
     */
    private long successorOf(final long number) {
        return calls.call(CLOSE, () -> closer.successor(number));
    }

    private long predecessorOf(final long number) {
        return calls.call(CLOSE, () -> closer.predecessor(number));
    }
}
