package io.tollgate.api.licence;

import io.tollgate.api.Amendment;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import java.util.Objects;

/**
 * A point of one series of a pipeline to be offered, or one to be withdrawn. Immutable.
 *
 * @param series    of the pipeline.
 * @param amendment of the series.
 */
public record LicenceAmendment(Series series, Amendment amendment) {
    /**
     * Refuses null.
     *
     * @param series    of the pipeline.
     * @param amendment of the series.
     */
    public LicenceAmendment {
        Objects.requireNonNull(amendment, "amendment");
        Objects.requireNonNull(series, "series");
    }

    /**
     * Offers the point, or withdraws it.
     *
     * @param publisher to offer to.
     * @return a ticket above 0, or a code below 0: then offer it again, or give up.
     */
    public long offerTo(final Publisher publisher) {
        Objects.requireNonNull(publisher, "publisher");
        return series instanceof StepSeries levels
                ? amendment.offerTo(publisher, levels)
                : amendment.offerTo(publisher, (FlowSeries) series);
    }
}
