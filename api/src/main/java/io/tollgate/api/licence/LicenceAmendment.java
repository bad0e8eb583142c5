package io.tollgate.api.licence;

import io.tollgate.api.Amendment;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import java.util.Objects;

/**
 * A point of one series of a pipeline, to offer or to withdraw. Immutable.
 *
 * @param series    series of the pipeline.
 * @param amendment the point.
 */
public record LicenceAmendment(Series series, Amendment amendment) {
    /**
     * Creates the amendment; no argument may be null.
     *
     * @param series    series of the pipeline.
     * @param amendment the point.
     */
    public LicenceAmendment {
        Objects.requireNonNull(amendment, "amendment");
        Objects.requireNonNull(series, "series");
    }

    /**
     * Offers or withdraws the point. For a {@link io.tollgate.api.Batch}, call
     * {@code amendment().offerTo(batch, series())} instead.
     *
     * @param publisher publisher of the engine.
     * @return a ticket above 0, or a code below 0; the same call may then be repeated.
     */
    public long offerTo(final Publisher publisher) {
        Objects.requireNonNull(publisher, "publisher");
        return series instanceof StepSeries levels
                ? amendment.offerTo(publisher, levels)
                : amendment.offerTo(publisher, (FlowSeries) series);
    }
}
