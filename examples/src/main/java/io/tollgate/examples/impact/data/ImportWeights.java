package io.tollgate.examples.impact.data;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.source.BundledCsv;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * US imports from China in 2024, customs value in USD: the weights of the tariffs. There is one FLOW series for each
 * 6-digit code. Each line of 10 digits is an event, booked at the end of the year, with the code of the line as
 * reference.
 */
public final class ImportWeights {
    public static final Source SOURCE = new Source(
            "us_imports_from_china_2024_hs10.csv: US Census, calendar 2024, github tradewartracker/trade-war-redux-2025"
                    + " @726c5958, MIT",
            Verification.FILE);

    private static final int HS6_DIGITS = 6;
    private static final int HTS8_DIGITS = 8;
    private static final Unit USD = new Unit("USD");
    private static final long START_NS = Zone.NEW_YORK.startOf(LocalDate.of(2024, 1, 1));
    private static final long END_NS = Zone.NEW_YORK.endOf(LocalDate.of(2024, 12, 31));
    private static final Window.Sliding YEAR = Window.slidingNs(END_NS - START_NS);

    private final Map<String, FlowSeries> series = new LinkedHashMap<>();
    private final Map<String, StepSeries> byHs6 = new LinkedHashMap<>();
    private final Map<String, StepSeries> byHts8 = new LinkedHashMap<>();

    private ImportWeights() {}

    public static ImportWeights load(final Feed feed, final Sources sources) throws IOException {
        final long reference = sources.number(SOURCE);
        final ImportWeights weights = new ImportWeights();
        final Map<String, Long> hs6 = new LinkedHashMap<>();
        final Map<String, Long> hts8 = new LinkedHashMap<>();
        BundledCsv.read("us_imports_from_china_2024_hs10.csv.gz", csv -> {
            final String line = csv.getField("hts10");
            final FlowSeries flow = weights.series.computeIfAbsent(
                    line.substring(0, HS6_DIGITS),
                    code -> feed.flow(SeriesDefinition.flow("imports.US.CN.hs6." + code, USD, 0)
                            .withLifeStart(START_NS)));
            final long value = flow.scaled(csv.getField("imports_customs_value_usd"));
            feed.event(flow, END_NS, value, Instants.NONE, Long.parseLong(line));
            hs6.merge(line.substring(0, HS6_DIGITS), value, Math::addExact);
            hts8.merge(line.substring(0, HTS8_DIGITS), value, Math::addExact);
        });
        hs6.forEach((code, usd) -> weights.byHs6.put(code, level(feed, "weight.US.CN.hs6." + code, usd, reference)));
        hts8.forEach((code, usd) -> weights.byHts8.put(code, level(feed, "weight.US.CN.hts8." + code, usd, reference)));
        return weights;
    }

    /** Defines the imports of the year as a constant weight. */
    static StepSeries level(final Feed feed, final String key, final long usd, final long reference) {
        final StepSeries weight = feed.step(SeriesDefinition.step(key, USD, 0));
        feed.level(weight, Zone.NEW_YORK.startOf(AddOnRate.STUDY_START), usd, Instants.NONE, reference);
        return weight;
    }

    /** Returns the weights of 6-digit codes: the imports of 2024. */
    public Map<String, StepSeries> byHs6() {
        return Collections.unmodifiableMap(byHs6);
    }

    /** Returns the weights of 8-digit lines: the imports of 2024. */
    Map<String, StepSeries> byHts8() {
        return Collections.unmodifiableMap(byHts8);
    }

    /** Returns the imports of each code over the year, in USD. */
    public Map<String, Long> read(final Answers answers) {
        final Map<String, Long> weights = new LinkedHashMap<>();
        series.forEach((code, flow) -> {
            final WindowReading year = answers.window(flow, YEAR, END_NS);
            weights.put(code, Math.round(year.value(Metric.SUM)));
        });
        return Collections.unmodifiableMap(weights);
    }
}
