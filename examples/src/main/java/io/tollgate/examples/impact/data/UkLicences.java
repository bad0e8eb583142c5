package io.tollgate.examples.impact.data;

import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/**
 * UK export licences to China, issued and refused, by day. A day has up to three events in a series, one for each
 * category of goods, distinguished by their references. Each event is booked at noon in London. A window of whole days
 * that ends at midnight therefore contains whole days, even across a change to summer time.
 *
 * @param issued  licences issued.
 * @param refused licences refused.
 */
public record UkLicences(FlowSeries issued, FlowSeries refused) {
    public static final LocalDate FIRST_DAY = LocalDate.of(2008, 1, 1);
    public static final LocalDate LAST_DAY = LocalDate.of(2015, 3, 31);

    /** The windows over which the counts are summed, kept up to date by the engine. */
    public static final List<Window.Sliding> WINDOWS =
            List.of(Window.sliding(Duration.ofDays(90)), Window.sliding(Duration.ofDays(365)));

    public static final Source SOURCE = new Source(
            "uk_licence_daily_counts_china.csv: UK export licences by day, github caatdata/uk-arms-export-data"
                    + " @f8e49da0; contains public sector information licensed under the Open Government Licence v3.0",
            Verification.FILE);

    /**
     * The categories of goods: dual-use, military, para-military. The index in this list is the reference of the event.
     */
    private static final List<String> CATEGORIES = List.of("DU", "ML", "PL");

    public static UkLicences load(final Feed feed, final Sources sources) throws IOException {
        sources.number(SOURCE);
        final UkLicences licences = new UkLicences(define(feed, "issued"), define(feed, "refused"));
        BundledCsv.read("uk_licence_daily_counts_china.csv", csv -> {
            final long noonNs = Zone.LONDON.at(LocalDate.parse(csv.getField("date")), LocalTime.NOON);
            final long category = CATEGORIES.indexOf(csv.getField("category"));
            final long issued = licences.issued.scaled(csv.getField("issued_count"));
            final long refused = licences.refused.scaled(csv.getField("refused_count"));
            feed.event(licences.issued, noonNs, issued, Instants.NONE, category);
            feed.event(licences.refused, noonNs, refused, Instants.NONE, category);
        });
        return licences;
    }

    private static FlowSeries define(final Feed feed, final String decision) {
        return feed.flow(SeriesDefinition.flow("licences.UK.CN." + decision, Unit.COUNT, 0)
                .withWindows(WINDOWS.toArray(Window[]::new))
                .withLifeStart(Zone.LONDON.startOf(FIRST_DAY)));
    }
}
