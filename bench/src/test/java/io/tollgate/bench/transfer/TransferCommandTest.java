package io.tollgate.bench.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TransferCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        return new CommandLine(new TransferCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** The command fails if a load gives other points than those of the dump. */
    @Test
    void shouldMeasureEveryFormatAndFindTheSamePointsAfterTheLoad() {
        assertEquals(0, run("--rows", "200", "--series", "4", "--rounds", "2"), err::toString);
        final List<String> formats =
                out.toString().lines().map(line -> line.split(" ")[0]).toList();
        assertEquals(List.of("format", "csv", "jsonl", "arrow", "parquet", "image"), formats);
    }
}
