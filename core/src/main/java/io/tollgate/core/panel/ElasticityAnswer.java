package io.tollgate.core.panel;

import io.tollgate.api.panel.ElasticityReading;
import io.tollgate.api.series.Instants;
import io.tollgate.core.read.LevelReader;

/** The slope of a quantity against a rate. Used by one thread. */
final class ElasticityAnswer extends SlopeAnswer implements ElasticityReading {
    private final ElasticityScan scan;

    ElasticityAnswer(final ElasticityScan scan, final LevelReader reader) {
        super(scan, reader);
        this.scan = scan;
    }

    @Override
    public ElasticityReading read(final long beforeNs, final long afterNs) {
        Instants.requireInRange(beforeNs);
        Instants.requireInRange(afterNs);
        scan.at(afterNs, beforeNs);
        fill(scan);
        return this;
    }
}
