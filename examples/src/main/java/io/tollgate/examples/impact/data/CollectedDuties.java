package io.tollgate.examples.impact.data;

import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calculated duty on imports from China in 2024 divided by their value, for single tariff lines: a ratio of the
 * sums over the lines of 10 digits.
 *
 * @param ratios by code of 8 digits.
 */
public record CollectedDuties(Map<String, FlowRatio> ratios) {
    private static final int HTS8_DIGITS = 8;
    private static final Unit USD = new Unit("USD");
    private static final long START_NS = Zone.NEW_YORK.startOf(LocalDate.of(2024, 1, 1));
    public static final long END_NS = Zone.NEW_YORK.endOf(LocalDate.of(2024, 12, 31));
    public static final Window.Sliding YEAR = Window.slidingNs(END_NS - START_NS);

    public static CollectedDuties load(final Feed feed, final List<String> codes) throws IOException {
        final Map<String, FlowSeries> duties = new HashMap<>();
        final Map<String, FlowSeries> imports = new HashMap<>();
        final Map<String, FlowRatio> ratios = new HashMap<>();
        for (final String code : codes) {
            duties.put(code, flow(feed, "duties.US.CN.hts8." + code));
            imports.put(code, flow(feed, "imports.US.CN.hts8." + code));
            ratios.put(code, FlowRatio.of(duties.get(code), imports.get(code)));
        }
        BundledCsv.read("us_imports_from_china_2024_hs10.csv.gz", csv -> {
            final String line = csv.getField("hts10");
            final String code = line.substring(0, HTS8_DIGITS);
            if (ratios.containsKey(code)) {
                book(feed, duties.get(code), csv.getField("calculated_duty_usd"), line);
                book(feed, imports.get(code), csv.getField("imports_customs_value_usd"), line);
            }
        });
        return new CollectedDuties(ratios);
    }

    private static FlowSeries flow(final Feed feed, final String key) {
        return feed.flow(SeriesDefinition.flow(key, USD, 0).withLifeStart(START_NS));
    }

    private static void book(final Feed feed, final FlowSeries flow, final String amount, final String line) {
        feed.event(flow, END_NS, flow.scaled(amount), Instants.NONE, Long.parseLong(line));
    }

    /** Returns the rate collected in 2024 on a tariff line. */
    public RatioReading read(final Answers answers, final String code) {
        return answers.panels().ratio(ratios.get(code), YEAR).read(END_NS);
    }

    /** Returns the imports of 2024 on a tariff line, in USD. */
    public double imports(final Answers answers, final String code) {
        return answers.window(ratios.get(code).denominators().get(0), YEAR, END_NS)
                .value(Metric.SUM);
    }
}
