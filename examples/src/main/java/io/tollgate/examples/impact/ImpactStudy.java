package io.tollgate.examples.impact;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.impact.chapter.AveragesChapter;
import io.tollgate.examples.impact.chapter.BacklogChapter;
import io.tollgate.examples.impact.chapter.BeliefsChapter;
import io.tollgate.examples.impact.chapter.Chapter;
import io.tollgate.examples.impact.chapter.ConductChapter;
import io.tollgate.examples.impact.chapter.ConflictsChapter;
import io.tollgate.examples.impact.chapter.EngineChapter;
import io.tollgate.examples.impact.chapter.EventStudyChapter;
import io.tollgate.examples.impact.chapter.HeadlineChapter;
import io.tollgate.examples.impact.chapter.Hs2Chapter;
import io.tollgate.examples.impact.chapter.Hs6Chapter;
import io.tollgate.examples.impact.chapter.ListsChapter;
import io.tollgate.examples.impact.chapter.MagnetsChapter;
import io.tollgate.examples.impact.chapter.ProcessingChapter;
import io.tollgate.examples.impact.chapter.PublishedChapter;
import io.tollgate.examples.impact.chapter.Section301Chapter;
import io.tollgate.examples.impact.chapter.StackChapter;
import io.tollgate.examples.impact.chapter.SupplyChapter;
import io.tollgate.examples.impact.chapter.TruceChapter;
import io.tollgate.examples.impact.chapter.UkLicencesChapter;
import io.tollgate.examples.impact.chapter.WatchChapter;
import io.tollgate.examples.impact.data.Accusations;
import io.tollgate.examples.impact.data.AddOnRate;
import io.tollgate.examples.impact.data.CollectedDuties;
import io.tollgate.examples.impact.data.Hs2Names;
import io.tollgate.examples.impact.data.Hs6Tariffs;
import io.tollgate.examples.impact.data.ImportWeights;
import io.tollgate.examples.impact.data.MagnetExports;
import io.tollgate.examples.impact.data.ProcessingTimes;
import io.tollgate.examples.impact.data.PublishedLicences;
import io.tollgate.examples.impact.data.ReciprocalDuty;
import io.tollgate.examples.impact.data.Section301;
import io.tollgate.examples.impact.data.Section301Lines;
import io.tollgate.examples.impact.data.StackedProducts;
import io.tollgate.examples.impact.data.TruceConduct;
import io.tollgate.examples.impact.data.TruceEnd;
import io.tollgate.examples.impact.data.UkLicences;
import io.tollgate.examples.impact.finding.Answers;
import io.tollgate.examples.impact.finding.Findings;
import io.tollgate.examples.impact.finding.Inquiry;
import io.tollgate.examples.impact.finding.MetricRow;
import io.tollgate.examples.impact.source.Feed;
import io.tollgate.examples.impact.source.Sources;
import io.tollgate.examples.impact.source.Timeline;
import io.tollgate.examples.report.model.Report;
import io.tollgate.examples.report.model.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The complete study: all bundled data is fed into one engine in memory, and the chapters are written from the engine.
 *
 * @param report  tables and charts.
 * @param metrics the numbers of the tables, for {@code metrics.csv}.
 * @param summary statistics of the engine, in two lines for the terminal.
 * @param refused points that the engine refused, by reason; empty if all is well.
 */
public record ImpactStudy(Report report, List<MetricRow> metrics, String summary, Map<RefusalReason, Long> refused) {

    /** Runs the study. */
    public static ImpactStudy run() throws IOException {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            final Feed feed = new Feed(engine);
            final Inquiry inquiry = new Inquiry(new Answers(engine), new Sources(), new Findings());
            final List<Chapter> chapters = load(feed, inquiry);
            feed.publish();

            final List<Section> sections = new ArrayList<>();
            for (final Chapter chapter : chapters) {
                sections.add(chapter.write(inquiry));
            }
            final EngineStatistics statistics = engine.admin().statistics();
            final EngineChapter last = new EngineChapter(statistics, feed);
            sections.add(last.write(inquiry));
            return new ImpactStudy(
                    report(inquiry, sections),
                    inquiry.findings().metrics(),
                    last.summary(),
                    statistics.refusedCounts());
        }
    }

    private static List<Chapter> load(final Feed feed, final Inquiry inquiry) throws IOException {
        final Sources sources = inquiry.sources();
        final Timeline timeline = Timeline.load();
        final List<AddOnRate> rates = List.of(
                AddOnRate.loadUnitedStates(feed, inquiry.answers(), sources, timeline),
                AddOnRate.loadChina(feed, inquiry.answers(), sources, timeline));
        final TruceEnd truce = TruceEnd.load(feed, sources, timeline);
        final ReciprocalDuty reciprocal = ReciprocalDuty.load(feed, sources, timeline);
        final Section301 lists = Section301.load(feed, sources, timeline);
        final Hs6Tariffs onChina = Hs6Tariffs.load(Hs6Tariffs.Direction.US_ON_CN, feed, sources, timeline);
        final ImportWeights imports = ImportWeights.load(feed, sources);
        final PublishedLicences licences = PublishedLicences.load(feed, sources);
        final Hs2Names names = Hs2Names.load();
        final MagnetExports magnets = MagnetExports.load(feed, sources);
        final StackedProducts stacked = StackedProducts.load(feed, inquiry, timeline, lists, onChina, reciprocal);
        final CollectedDuties collected = CollectedDuties.load(feed, stacked.codes());
        return List.of(
                new HeadlineChapter(rates, truce),
                new TruceChapter(rates, truce),
                new ConductChapter(TruceConduct.load(feed, sources, timeline), magnets, licences, Accusations.load()),
                new BeliefsChapter(reciprocal, truce),
                new AveragesChapter(rates),
                new WatchChapter(rates),
                new StackChapter(stacked, collected),
                new ListsChapter(lists),
                new Section301Chapter(lists, Section301Lines.load(feed, sources, lists, imports), names),
                new Hs6Chapter(
                        onChina, imports, Hs6Tariffs.load(Hs6Tariffs.Direction.CN_ON_US, feed, sources, timeline)),
                Hs2Chapter.of(feed, onChina, imports, names),
                new UkLicencesChapter(UkLicences.load(feed, sources)),
                new PublishedChapter(licences),
                new BacklogChapter(licences),
                new ProcessingChapter(ProcessingTimes.load(feed, sources), licences),
                new MagnetsChapter(magnets),
                SupplyChapter.load(feed, sources, magnets),
                EventStudyChapter.load(feed, sources, timeline),
                ConflictsChapter.load(feed, inquiry, rates.get(0)));
    }

    private static Report report(final Inquiry inquiry, final List<Section> sections) {
        return new Report(
                "US-China tariffs and licences, 2018 to 2026",
                "The levels in force, their averages, and their effect on licences and trade. Numbers marked as"
                        + " unverified are partly from memory; all others name a file or page.",
                inquiry.findings().highlights(),
                sections,
                inquiry.sources().lines(),
                "Made by the example program impact from bundled public data. Every level, sum and average over"
                        + " time was read from the engine. The numbers of the tables, with status, unit and source:"
                        + " metrics.csv.");
    }
}
