package io.tollgate.examples.impact.data;

import io.tollgate.api.Publisher;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Source;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.impact.source.TimelineEvent;
import io.tollgate.examples.impact.source.Verification;
import io.tollgate.examples.impact.source.Zone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Four products from China and the layers of their US duty: the duty before the trade war, section 301 by list, section
 * 232 on steel, the fentanyl duty, and the reciprocal duty with its exemptions. No source says which products bear
 * section 122, so no stack has an answer from its first instant on.
 *
 * @param products in the order of the report.
 */
public record StackedProducts(List<Product> products) {
    private static final int SCALE = 6;
    private static final String LIST = "list";
    /** Percent. The timeline gives it in words, and the lists by line in the name of the list. */
    private static final String STEEL_IN_REVIEW = "25";

    /** Steel under section 232 does not bear the reciprocal duty. The timeline does not contain this. */
    private static final Source STEEL_EXEMPT = new Source(
            "EO 14257, section 3(b)(ii): articles of steel under section 232 do not bear the reciprocal duty;"
                    + " whitehouse.gov of 2025-04-02, text by github brian14708/wh-briefings @24a2e948",
            Verification.FILE);

    /** The lists by line contain the review list for steel, but not the earlier one. */
    private static final Source STEEL_LIST = new Source(
            "steel was on list 4A: 720839 rose by 15 points on 2019-09-01 in "
                    + Hs6Tariffs.Direction.US_ON_CN.source().text(),
            Verification.FILE);

    /** The edition of the rates by code does not contain this code. */
    private static final Source PHONES_FREE = new Source(
            "us_imports_from_china_2024_hs10.csv: duty of USD 166 on USD 40679904773 of 8517130000 in 2024",
            Verification.FILE);

    private static final Source NEVER = new Source("no such duty on this product: 0", Verification.CITED);

    /**
     * A product.
     *
     * @param name    for the reader.
     * @param code    8-digit tariff code.
     * @param stack   its layers.
     * @param listing source of its list under section 301.
     */
    public record Product(String name, String code, Stack stack, Source listing) {
        /**
         * Returns the sources of the levels of some layers at an instant.
         *
         * @param layers    indexes of the layers.
         * @param atNs      the instant.
         * @param knownAtNs knowledge time.
         * @return each source once, in the order of the layers. A level without a source means no duty, so there is at
         *     least one.
         */
        public Set<Source> sources(final Inquiry inquiry, final int[] layers, final long atNs, final long knownAtNs) {
            final Set<Source> sources = new LinkedHashSet<>();
            for (final int place : layers) {
                final Layer layer = stack.compositions().get(0).layers().get(place);
                final long reference =
                        inquiry.answers().level(layer.rate(), atNs, knownAtNs).reference();
                if (reference != Publisher.NO_REFERENCE) {
                    sources.add(inquiry.sources().of(reference));
                }
                if (layer.name().equals(LIST)) {
                    sources.add(listing);
                }
            }
            if (sources.isEmpty()) {
                sources.add(NEVER);
            }
            return sources;
        }
    }

    /** The common context for loading the products. */
    private record Load(
            Feed feed,
            Answers answers,
            Sources sources,
            Timeline timeline,
            Section301 lists,
            Hs6Tariffs rates,
            ReciprocalDuty reciprocal,
            long startNs) {
        StepSeries define(final String key) {
            return feed.step(SeriesDefinition.step("tariff.US.CN.stack." + key, Unit.PERCENT, SCALE));
        }

        /** Returns a level that is 0 until the first of some measures. */
        StepSeries measures(final String key, final String... events) {
            final StepSeries series = define(key);
            feed.level(series, startNs, 0, startNs, sources.number(NEVER));
            for (final String event : events) {
                timeline.get(event).feedLevel(feed, sources, series);
            }
            return series;
        }

        /** Returns a level that is 0 until a measure. */
        StepSeries from(final String key, final TimelineEvent measure, final long value) {
            final StepSeries series = measures(key);
            measure.feedLevel(feed, sources, series, value);
            return series;
        }

        /** Returns the duty before the trade war: the first rate of a code of HS 2017. */
        StepSeries base(final String hs6) {
            final StepSeries rate = rates.series().get(hs6);
            final StepSeries series = define("base." + hs6);
            final long value = answers.level(
                            rate, rates.moments().iterator().next().atNs())
                    .scaledValue();
            feed.level(series, startNs, value, startNs, sources.number(rates.source()));
            return series;
        }

        /** Returns a zero rate for a code that is free by the duty of 2024 and is not on a list. */
        StepSeries free(final String code) {
            final StepSeries series = define("base." + code);
            feed.level(series, startNs, 0, startNs, sources.number(PHONES_FREE));
            return series;
        }

        /** Returns an exemption: 1 from an instant on. */
        StepSeries exemption(final String key, final long fromNs, final long knownNs, final Source source) {
            final StepSeries series = feed.step(SeriesDefinition.step("exempt.US.CN." + key, Unit.COUNT, 0));
            feed.level(series, startNs, 0, startNs, sources.number(NEVER));
            feed.level(series, fromNs, 1, knownNs, sources.number(source));
            return series;
        }

        StepSeries list(final String name) {
            return lists.lists().stream()
                    .filter(list -> list.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .rate();
        }
    }

    /** Returns the tariff lines, in the order of the report. */
    public List<String> codes() {
        return products.stream().map(Product::code).toList();
    }

    public static StackedProducts load(
            final Feed feed,
            final Inquiry inquiry,
            final Timeline timeline,
            final Section301 lists,
            final Hs6Tariffs rates,
            final ReciprocalDuty reciprocal) {
        feed.publish();
        final Sources sources = inquiry.sources();
        final long startNs = Zone.NEW_YORK.startOf(AddOnRate.STUDY_START);
        final Load load = new Load(feed, inquiry.answers(), sources, timeline, lists, rates, reciprocal, startNs);
        final StepSeries fentanyl = load.measures("fentanyl", "US-FENT-1", "US-FENT-2", "US-FENT-CUT", "US-IEEPA-VOID");
        final StepSeries s122 = load.from("s122", timeline.get("US-S122"), Decimals.UNKNOWN);
        final StepSeries none = load.measures("none");
        final StepSeries noExemption = feed.step(SeriesDefinition.step("exempt.US.CN.none", Unit.COUNT, 0));
        final TimelineEvent phones = timeline.get("US-ELEC-EXEMPT");
        final StepSeries phoneExemption =
                load.exemption("electronics", phones.effectiveNs(), phones.knownNs(), phones.source());
        final TimelineEvent base = timeline.get("US-RECIP-BASE");
        final StepSeries steelExemption = load.exemption("steel", base.effectiveNs(), base.knownNs(), STEEL_EXEMPT);
        final StepSeries steel = load.measures("s232", "US-232-STEEL", "US-232-50");
        final StepSeries steelReview =
                load.from("steel.s301-review", timeline.get("US-301-4YR"), none.scaled(STEEL_IN_REVIEW));

        final List<Product> products = new ArrayList<>();
        products.add(new Product(
                "Household batteries",
                "85061000",
                stack(load, load.base("850610"), load.list("3"), none, fentanyl, noExemption, s122, none),
                Section301Lines.SOURCE));
        products.add(new Product(
                "Cotton pullovers",
                "61102020",
                stack(load, load.base("611020"), load.list("4A"), none, fentanyl, noExemption, s122, none),
                Section301Lines.SOURCE));
        products.add(new Product(
                "Smartphones",
                "85171300",
                stack(load, load.free("851713"), none, none, fentanyl, phoneExemption, s122, none),
                Section301Lines.SOURCE));
        products.add(new Product(
                "Flat-rolled steel",
                "72083900",
                stack(load, load.base("720839"), load.list("4A"), steel, fentanyl, steelExemption, s122, steelReview),
                STEEL_LIST.and(Section301Lines.SOURCE)));
        return new StackedProducts(products);
    }

    private static Stack stack(
            final Load load,
            final StepSeries base,
            final StepSeries list,
            final StepSeries steel,
            final StepSeries fentanyl,
            final StepSeries exemption,
            final StepSeries s122,
            final StepSeries review) {
        return Stack.of(Composition.of(
                Layer.add("base", base),
                Layer.max(LIST, "s301", list),
                Layer.max("review", "s301", review),
                Layer.add("s232", steel),
                Layer.add("fentanyl", fentanyl),
                Layer.add("reciprocal", load.reciprocal().series()),
                Layer.exempt("exemption", exemption, "reciprocal"),
                Layer.add("s122", s122)));
    }
}
