package io.tollgate.core.define;

import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Defines many series, some in each duty cycle, so that points need not wait for all of them. Engine thread only. */
public final class DefinitionRun implements BooleanSupplier {
    private static final int SERIES_PER_CYCLE = 256;

    private final SeriesRegistry registry;
    private final List<SeriesDefinition> definitions;
    private final List<Series> defined;

    /** Creates a run that defines series in the order of a list, which must not change. */
    public DefinitionRun(final SeriesRegistry registry, final List<SeriesDefinition> definitions) {
        this.registry = registry;
        this.definitions = definitions;
        defined = new ArrayList<>(definitions.size());
    }

    /** Goes on; false if there is more to be done. */
    @Override
    public boolean getAsBoolean() {
        final int end = Math.min(defined.size() + SERIES_PER_CYCLE, definitions.size());
        while (defined.size() < end) {
            defined.add(registry.define(definitions.get(defined.size())));
        }
        return end == definitions.size();
    }

    /** {@return the handles of the defined series, in the order of the list} */
    public List<Series> defined() {
        return Collections.unmodifiableList(defined);
    }
}
