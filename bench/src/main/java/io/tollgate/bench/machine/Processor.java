package io.tollgate.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processor of this machine. Ratios of cached to memory-bound work depend on it. */
public final class Processor {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL_NAME = "model name";

    private Processor() {}

    /**
     * Returns the model name as Linux reports it, or the architecture if there is no model name.
     *
     * @return the name.
     */
    public static String name() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return nameIn(lines);
        } catch (final IOException e) {
            return architecture();
        }
    }

    static String nameIn(final Stream<String> cpuInfo) {
        return cpuInfo.filter(line -> line.startsWith(MODEL_NAME))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseGet(Processor::architecture);
    }

    private static String architecture() {
        return System.getProperty("os.arch");
    }
}
