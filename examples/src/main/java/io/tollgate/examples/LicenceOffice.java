package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.licence.DayCount;
import io.tollgate.api.licence.Denominator;
import io.tollgate.api.licence.LicenceAmendment;
import io.tollgate.api.licence.LicenceCounts;
import io.tollgate.api.licence.LicenceEvent;
import io.tollgate.api.licence.LicenceEventKind;
import io.tollgate.api.licence.LicencePipeline;
import io.tollgate.api.licence.LicenceSeries;
import io.tollgate.api.read.Metric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;
import java.time.ZoneOffset;

/** Five applications for export licences: the backlog, the approvals, and the processing times. */
public final class LicenceOffice {
    private static final long START = Instants.parse("2025-04-04T00:00Z");

    private LicenceOffice() {}

    /**
     * Prints backlog, approval rate and processing time after sixty days.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext())) {
            LicenceSeries series = LicenceSeries.define(engine, "licences.CN.magnets", START);
            LicencePipeline office = LicencePipeline.ofCases(series, DayCount.calendarDays(ZoneOffset.UTC), 0, 0);
            offer(engine, office.opening());
            for (int i = 0; i < 5; i++) {
                offer(engine, office.take(LicenceEvent.of(LicenceEventKind.RECEIVED, i, day(i), day(60))));
            }
            for (int i = 0; i < 4; i++) {
                LicenceEventKind kind = i == 1 ? LicenceEventKind.REFUSED : LicenceEventKind.ISSUED;
                offer(engine, office.take(LicenceEvent.of(kind, i, day(11 * i + 10), day(60))));
            }
            LicenceCounts counts = series.counts(engine.newReader().window(Window.since(START), Metric.SUM), day(60));
            System.out.println("pending " + office.backlog(day(60)) + ", in force " + office.inForce(day(60))
                    + ", approved " + counts.approvalRate(Denominator.DECIDED).value() + ", median "
                    + office.survival(START, day(60)).median().orElseThrow() + " days");
        }
    }

    private static void offer(final Engine engine, final Iterable<LicenceAmendment> amendments) {
        for (LicenceAmendment amendment : amendments) {
            engine.awaitApplied(amendment.offerTo(engine.publisher()));
        }
    }

    private static long day(final long day) {
        return START + Duration.ofDays(day).toNanos();
    }
}
