package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.licence.LicenceEventKind;
import io.tollgate.api.licence.LicenceSeries;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.RatioMetric;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.time.Duration;
import java.util.List;

/** An alert if fewer than half of the licences decided in 90 days were granted; it clears at 60 per cent. */
public final class ApprovalAlert {
    private static final long START = Instants.parse("2025-04-04T00:00Z");

    private ApprovalAlert() {}

    /**
     * Prints when the alert fires and clears.
     *
     * @param args not used.
     */
    public static void main(final String[] args) {
        try (Engine engine = TollgateEngine.launch(
                new EngineContext().clockMode(ClockMode.MANUAL).threadingMode(ThreadingMode.STEPPED))) {
            LicenceSeries series = LicenceSeries.define(engine, "licences.CN.magnets", START);
            FlowSeries granted = series.events(LicenceEventKind.ISSUED);
            FlowSeries refused = series.events(LicenceEventKind.REFUSED);
            FlowRatio rate = new FlowRatio(List.of(granted), List.of(granted, refused));
            WatchedPanel watched = WatchedPanel.of(Window.sliding(Duration.ofDays(90)), rate, RatioMetric.PERCENT);
            engine.advanceTo(START);
            WatchSet approvals =
                    WatchSet.of("approvals", Watch.below(watched, 50).withClear(60));
            engine.updates().subscribe(approvals, QueueOptions.DEFAULT, event -> {
                System.out.println(
                        Instants.format(event.atNs()) + ' ' + event.type() + " at " + event.newValue() + "%");
            });
            report(engine, granted, 30, 3);
            report(engine, refused, 60, 5);
            report(engine, granted, 100, 4);
            report(engine, granted, 130, 4);
        }
    }

    private static void report(final Engine engine, final FlowSeries events, final int day, final int count) {
        engine.advanceTo(START + Duration.ofDays(day).toNanos());
        engine.awaitApplied(engine.publisher().offer(events, engine.now(), count));
        while (engine.step() > 0) {}
    }
}
