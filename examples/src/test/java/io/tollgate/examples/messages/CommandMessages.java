package io.tollgate.examples.messages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The errors of the commands. */
final class CommandMessages {
    private static final String REPLAY = "replay --in DIR/points.csv --kind STEP --windows 7d --metrics mean";
    private static final List<String> WRONG_USAGE = List.of(
            "reply",
            "replay",
            "replay --kind STEP --windows 7d --metrics mean",
            "replay --in DIR/points.csv --kind LEVEL --windows 7d --metrics mean",
            "replay --in DIR/points.csv --kind STEP --windows 7 --metrics mean",
            "replay --in DIR/points.csv --kind STEP --windows last:0 --metrics mean",
            "replay --in DIR/points.csv --kind STEP --windows since:2025-04-02 --metrics mean",
            "replay --in DIR/points.csv --kind STEP --windows month:Mars --metrics mean",
            "replay --in DIR/points.csv --kind STEP --windows 7d --metrics average",
            "replay --in DIR/points.csv --kind STEP --windows 7d --metrics p100",
            "replay --in DIR/points.csv --kind STEP --windows 7d --metrics above:x",
            "replay --in DIR/points.csv --kind FLOW --windows last:3 --metrics corr:b",
            REPLAY + " --bucket 1d",
            REPLAY + " --scale 10",
            REPLAY + " --scale x",
            REPLAY + " --rounding FLOOR",
            REPLAY + " --closed top",
            REPLAY + " --zone Mars",
            REPLAY + " --time-of-day 24:00",
            REPLAY + " --time-unit m",
            REPLAY + " --at now",
            REPLAY + " --at 1744243200",
            REPLAY + " --every 0d",
            REPLAY + " --as-known-at 2025-04-10T00:00Z",
            REPLAY + " --duplicates SUM",
            REPLAY + " --duplicates LAST",
            REPLAY + " --max-rejects -1",
            REPLAY + " --durability COMMIT",
            REPLAY + " --dir DIR/run --durability INTERVAL:0",
            REPLAY + " --out DIR/points.csv",
            REPLAY + " --out DIR/a --rejects DIR/a",
            REPLAY + " --rejects -",
            "panel --rates DIR/points.csv",
            "panel --rates - --weights - --metrics weighted",
            "panel --rates DIR/points.csv --weights DIR/points.csv --metrics weighted --missing GUESS",
            "latency --contenders horse",
            "latency --percents 50,10",
            "latency --seconds 0",
            "latency --workload W9",
            "inspect",
            "inspect DIR/data --series -1",
            "recover DIR/data",
            "backup DIR/data",
            "restore DIR/data");
    private static final List<String> FAILURES = List.of(
            "replay --in DIR/none.csv --kind STEP --windows 7d --metrics mean",
            "replay --in DIR/columns.csv --kind STEP --windows 7d --metrics mean",
            "replay --in DIR/empty.csv --kind STEP --windows 7d --metrics mean",
            "replay --in DIR/bad.csv --kind STEP --windows 7d --metrics mean",
            "replay --in DIR/known.csv --kind STEP --windows 7d --metrics mean",
            "replay --in DIR/points.csv --kind STEP --windows 7d --metrics mean --dir DIR/file",
            "inspect DIR/none",
            "inspect DIR/manifest-damaged",
            "verify DIR/none",
            "verify DIR/store-damaged",
            "verify DIR/other-version",
            "recover DIR/none DIR/recovered",
            "recover DIR/data DIR/killed",
            "backup DIR/none DIR/copy",
            "backup DIR/data DIR/killed",
            "restore DIR/none DIR/copy",
            "restore DIR/manifest-damaged DIR/copy");

    private CommandMessages() {}

    static void addTo(final MessageTable table, final Path temporary) throws IOException {
        final String header = "series,time,value\n";
        Files.writeString(temporary.resolve("points.csv"), header + "a,2025-04-09T00:01-04:00,104\n");
        Files.writeString(temporary.resolve("columns.csv"), "name,when,amount\na,2025-04-09T00:01-04:00,104\n");
        Files.writeString(temporary.resolve("empty.csv"), "");
        Files.writeString(
                temporary.resolve("bad.csv"),
                header
                        + "a,2025-04-09T00:01-04:00\na..b,2025-04-09T00:01Z,1\na,,1\na,2025-04-09,1\n"
                        + "a,1744243200,1\na,1970-01-01T00:00:01.7Z,1\na,2025-04-09T00:01Z,34%\n"
                        + "a,2025-04-09T00:01Z,1e41\na,2025-04-09T00:01Z,WITHDRAW\n\"a,2025-04-09T00:01Z,1\n");
        Files.writeString(
                temporary.resolve("known.csv"),
                "series,time,value,known_at\na,2025-04-09T00:01Z,1,2025-04-09T00:01Z\n"
                        + "a,2025-04-10T00:01Z,2,2025-04-08T00:01Z\na,2025-04-10T00:01Z,2,\n");
        table.section("Commands: wrong usage");
        WRONG_USAGE.forEach(line -> table.command(2, line));
        table.section("Commands: failures");
        FAILURES.forEach(line -> table.command(1, line));
    }
}
