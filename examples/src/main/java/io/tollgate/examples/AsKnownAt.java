package io.tollgate.examples;

import io.tollgate.api.Amendment;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.measure.LegalCalendar;
import io.tollgate.api.measure.Measure;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;

/** The truce of 2025: a duty of 34%, with 24 points suspended for 90 days, extended twice, and then void. */
public final class AsKnownAt {
    private static final LegalCalendar US = LegalCalendar.UNITED_STATES;

    private AsKnownAt() {}

    /**
     * Prints how long the truce had to run on 1 July 2025, as known then and as known later.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(new EngineContext().clockMode(ClockMode.KNOWLEDGE))) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("tariff.US.CN.reciprocal", Unit.PERCENT, 0));
            long end = US.plus(day("2025-05-14"), Period.ofDays(90));
            Measure measure = Measure.since(day("2025-01-01"))
                    .impose(day("2025-04-09"), day("2025-04-10"), 125)
                    .change(day("2025-05-12"), day("2025-05-14"), 34)
                    .suspend(day("2025-05-12"), day("2025-05-14"), end, 24)
                    .extend(day("2025-08-11"), US.plus(end, Period.ofDays(90)))
                    .extend(day("2025-11-04"), day("2026-11-10"))
                    .voidFrom(day("2026-02-20"), day("2026-02-20"));
            for (Amendment amendment : measure.amendments()) {
                engine.awaitApplied(amendment.offerTo(engine.publisher(), rate));
            }
            MetricReader reader = engine.newReader();
            long asked = Instants.parse("2025-07-01T00:00Z");
            for (String known : new String[] {"2025-07-01", "2025-08-11", "2025-11-04", "2026-02-20"}) {
                LevelReading level = reader.asOf(day(known)).level().read(rate, asked);
                System.out.println("known " + known + ": " + level.scaledValue() + "%, and " + level.nextScaledValue()
                        + "% in " + Duration.ofNanos(level.countdownNs()));
            }
        }
    }

    private static long day(final String date) {
        return US.effective(LocalDate.parse(date));
    }
}
