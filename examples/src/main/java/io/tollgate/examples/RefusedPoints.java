package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.Audit;
import io.tollgate.api.admin.Checkpoint;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import java.io.IOException;
import java.nio.file.Files;

/** The audit names each refused point, also from the log. A checkpoint shortens the next opening. */
public final class RefusedPoints {
    private RefusedPoints() {}

    /**
     * Prints the refused point, the number of refusals in the log, and the last operation of a checkpoint.
     *
     * @param args not used.
     * @throws IOException if there is no room for a directory.
     */
    public static void main(final String[] args) throws IOException {
        EngineContext context = new EngineContext().directory(Files.createTempDirectory("tollgate"));
        try (Engine engine = TollgateEngine.launch(context.refusalHandler(refusal -> {}))) {
            FlowSeries granted = engine.defineFlow(
                    SeriesDefinition.flow("licences.granted", Unit.COUNT, 0).withDuplicates(DuplicatePolicy.REJECT));
            long day = Instants.parse("2025-06-02T00:00Z");
            engine.awaitApplied(engine.publisher().offer(granted, day, 5));
            engine.awaitApplied(engine.publisher().offer(granted, day, 7));
            Audit audit = engine.admin().audit();
            audit.lastRefusals()
                    .forEach(refusal -> System.out.println(
                            refusal.reason() + " " + Instants.format(refusal.validTimeNs()) + " " + refusal.value()));
            System.out.println(audit.readRefusals(refusal -> {}) + " in the log");
            Checkpoint checkpoint = engine.admin().checkpoint();
            System.out.println("checkpoint up to operation " + checkpoint.lastSequence());
        }
    }
}
