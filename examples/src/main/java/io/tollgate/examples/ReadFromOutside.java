package io.tollgate.examples;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process reads levels while an engine writes to the directory. It neither locks nor writes. */
public final class ReadFromOutside {
    private ReadFromOutside() {}

    /**
     * Starts a second process and prints what it reads. With a directory as argument, this is that second process.
     *
     * @param args a data directory, or empty.
     * @throws IOException if the directory or the process cannot be created.
     */
    public static void main(final String[] args) throws IOException {
        if (args.length == 1) {
            read(Path.of(args[0]));
            return;
        }
        Path directory = Files.createTempDirectory("tollgate");
        EngineContext context = new EngineContext().directory(directory).clockMode(ClockMode.EVENT);
        try (Engine engine = TollgateEngine.launch(context)) {
            StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 2));
            engine.awaitApplied(
                    engine.publisher().offer(rate, Instants.parse("2025-03-04T00:01-05:00"), rate.scaled("20")));
            List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), ReadFromOutside.class.getName()));
            command.add(directory.toString());
            Process reader = new ProcessBuilder(command).start();
            reader.getInputStream().transferTo(System.out);
        }
    }

    private static void read(final Path directory) {
        try (DirectoryView view = DirectoryView.open(directory)) {
            StepSeries rate = (StepSeries) view.find("rate").orElseThrow();
            MetricReader reader = view.newReader();
            LevelReading level = reader.level().read(rate, view.now().orElseThrow());
            System.out.println(view.state() + ": " + level.value() + "%");
        }
    }
}
