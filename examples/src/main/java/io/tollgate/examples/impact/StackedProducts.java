package io.tollgate.examples.impact;

import io.tollgate.api.Composition;
import io.tollgate.api.Layer;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Stack;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Four products from China and the layers of their US duty: what was there before the trade war, section 301 by list,
 * section 232 on steel, the fentanyl duty, the reciprocal duty and what is exempt from it, and section 122.
 *
 * @param products in the order of the report.
 */
record StackedProducts(List<Product> products) {
    private static final int SCALE = 6;
    /** Not in the timeline: goods under section 232 do not bear the reciprocal duty (EO 14257, section 3). */
    private static final Source STEEL_EXEMPT = new Source(
            "EO 14257: goods under section 232 are not subject to the reciprocal duty (from memory)",
            Verification.MEMORY);

    private static final Source NEVER = new Source("no such duty on this product: 0", Verification.CITED);

    /**
     * A product.
     *
     * @param name       as a reader would say it.
     * @param code       of the tariff, at 8 digits.
     * @param stack      its layers.
     * @param isVerified whether every rule of it was checked against a source.
     */
    record Product(String name, String code, Stack stack, boolean isVerified) {}

    /** What the products have in common. */
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

        /** A level that is 0 until the first of some measures. */
        StepSeries measures(final String key, final String... events) {
            final StepSeries series = define(key);
            feed.level(series, startNs, 0, startNs, sources.number(NEVER));
            for (final String event : events) {
                final Measure measure = timeline.get(event);
                feed.level(
                        series,
                        measure.effectiveNs(),
                        series.scaled(measure.levelPct()),
                        measure.knownNs(),
                        sources.number(measure.source()));
            }
            return series;
        }

        /** What was there before the trade war: the first rate of a code of HS 2017. */
        StepSeries base(final String hs6) {
            final StepSeries rate = rates.series().get(hs6);
            final StepSeries series = define("base." + hs6);
            final long value = answers.level(
                            rate, rates.moments().iterator().next().atNs())
                    .scaledValue();
            feed.level(series, startNs, value, startNs, sources.number(rates.source()));
            return series;
        }

        /** An exemption: 1 from an instant on. */
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

    static StackedProducts load(
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
        final StepSeries s122 = load.measures("s122", "US-S122");
        final Measure end = timeline.get("US-S122");
        feed.level(s122, end.scheduledEndNs(), 0, end.knownNs(), sources.number(end.source()));
        final StepSeries none = load.measures("none");
        final StepSeries noExemption = feed.step(SeriesDefinition.step("exempt.US.CN.none", Unit.COUNT, 0));
        final Measure phones = timeline.get("US-ELEC-EXEMPT");
        final StepSeries phoneExemption =
                load.exemption("electronics", phones.effectiveNs(), phones.knownNs(), phones.source());
        final Measure base = timeline.get("US-RECIP-BASE");
        final StepSeries steelExemption = load.exemption("steel", base.effectiveNs(), base.knownNs(), STEEL_EXEMPT);
        final StepSeries steel = load.measures("s232", "US-232-STEEL", "US-232-50");
        final StepSeries steelS122 = load.define("steel.s122");
        feed.level(steelS122, load.startNs(), 0, load.startNs(), sources.number(NEVER));
        feed.level(steelS122, end.effectiveNs(), Publisher.UNKNOWN, end.knownNs(), sources.number(STEEL_EXEMPT));
        final Measure review = timeline.get("US-301-4YR");
        final StepSeries steelReview = load.define("steel.s301-review");
        feed.level(steelReview, load.startNs(), 0, load.startNs(), sources.number(NEVER));
        feed.level(
                steelReview,
                review.effectiveNs(),
                steelReview.scaled("25"),
                review.knownNs(),
                sources.number(review.source()));

        final List<Product> products = new ArrayList<>();
        products.add(new Product(
                "Wooden furniture",
                "94036080",
                stack(load, "940360", load.list("3"), none, fentanyl, noExemption, s122, none),
                true));
        products.add(new Product(
                "Cotton pullovers",
                "61102020",
                stack(load, "611020", load.list("4A"), none, fentanyl, noExemption, s122, none),
                true));
        products.add(new Product(
                "Smartphones",
                "85171300",
                stack(load, "851712", none, none, fentanyl, phoneExemption, s122, none),
                true));
        products.add(new Product(
                "Flat-rolled steel",
                "72083900",
                stack(load, "720839", load.list("4A"), steel, fentanyl, steelExemption, steelS122, steelReview),
                false));
        return new StackedProducts(products);
    }

    private static Stack stack(
            final Load load,
            final String hs6,
            final StepSeries list,
            final StepSeries steel,
            final StepSeries fentanyl,
            final StepSeries exemption,
            final StepSeries s122,
            final StepSeries review) {
        return Stack.of(Composition.of(
                Layer.add("base", load.base(hs6)),
                Layer.max("list", "s301", list),
                Layer.max("review", "s301", review),
                Layer.add("s232", steel),
                Layer.add("fentanyl", fentanyl),
                Layer.add("reciprocal", load.reciprocal().series()),
                Layer.exempt("exemption", exemption, "reciprocal"),
                Layer.add("s122", s122)));
    }
}
