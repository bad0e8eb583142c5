package io.tollgate.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What kind of processor this machine has: ratios of cached and memory-bound work depend on it. */
public final class Processor {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL_NAME = "model name";

    private Processor() {}

    /**
     * As Linux calls its model; elsewhere, or where it has no name, its architecture.
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
